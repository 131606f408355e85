import * as path from 'node:path';
import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import { draftTitle } from '../../common/draftTitle.ts';
import type { ListedSuite, PromptReference } from '../../common/suiteModel.ts';
import type { Repositories, Store } from '../../storage/contract.ts';
import type { SuiteSource } from '../../suites/planRun.ts';
import type { SuiteReading } from '../../suites/suite.ts';
import { readTextFile } from '../kit/places.ts';
import { isInside } from '../../disk/realPath.ts';
import { uriWithin } from '../kit/uriWithin.ts';
import { openSuiteDocuments, suiteTab } from './suiteDocument.ts';
import {
	isSuiteFile,
	namedSuiteUri,
	suiteAddress,
	suiteOwnerOf,
	suiteScheme,
	suiteUri,
	type SuiteOwner,
} from './suiteUri.ts';
import { findSuiteFiles } from './suiteWatch.ts';

/** More are not listed. */
const maxFiles = 1_000;
const maxBytes = 64 * 1024 * 1024;

/** Where suites are kept: with drafts and prompts in the store, and in files of a trusted workspace. */
export class SuiteFiles {
	readonly #store: () => Promise<Store>;

	constructor(store: () => Promise<Store>) {
		this.#store = store;
	}

	/** The URIs of all suites: those of the store in the order in which they were added, then those of the workspace by path. */
	async uris(): Promise<vscode.Uri[]> {
		const store = await this.#store();
		const own = await store.read(({ suites }) => suites.list());
		return [...own.map((owner) => suiteUri(store.status.storeId, owner)), ...(await findSuiteFiles(maxFiles))];
	}

	/** The suites with their names and the URIs of their documents, in the order of `uris`; no file is read. */
	async names(): Promise<{ uri: vscode.Uri; name: string; document: vscode.Uri }[]> {
		const [uris, store] = await Promise.all([this.uris(), this.#store()]);
		return store.read((repositories) =>
			uris.map((uri) => {
				const owner = suiteOwnerOf(uri);
				const name = owner ? ownerOf(repositories, owner).name : vscode.workspace.asRelativePath(uri);
				const shown = () => suiteTab(uri) ?? openSuiteDocuments(uri)[0]?.uri;
				return { uri, name, document: owner ? (shown() ?? namedSuiteUri(uri.authority, owner, name)) : uri };
			}),
		);
	}

	/** Where a suite is to be opened: in the tab that it has, else under the name of its draft or prompt. */
	async documentUri(uri: vscode.Uri): Promise<vscode.Uri> {
		const owner = suiteOwnerOf(uri);
		if (!owner) {
			return uri;
		}
		const tab = suiteTab(uri);
		if (tab) {
			return tab;
		}
		const store = await this.#store();
		const { name } = await store.read((repositories) => ownerOf(repositories, owner));
		return namedSuiteUri(uri.authority, owner, name);
	}

	/** The saved text of a suite. Rejects with `not-found`, and with `access-denied` for a file of an untrusted workspace. */
	async source(uri: vscode.Uri): Promise<SuiteSource> {
		if (uri.scheme === suiteScheme) {
			const owner = suiteOwnerOf(uri);
			const store = await this.#store();
			const found = await store.read(
				(repositories) =>
					owner && {
						text: repositories.suites.get(owner.ownerKind, owner.ownerId),
						...ownerOf(repositories, owner),
					},
			);
			if (found?.text === undefined) {
				throw new AppError('not-found', vscode.l10n.t('The suite no longer exists'));
			}
			const { name, prompt, text } = found;
			return { uri: suiteAddress(uri).toString(), name, text, format: 'yaml', prompt };
		}
		if (!isSuiteFile(uri)) {
			throw new AppError('validation', vscode.l10n.t('{0} is not the URI of a suite', uri.toString()), {
				info: { field: 'suite' },
			});
		}
		const folder = vscode.workspace.getWorkspaceFolder(uri);
		const place = folder ? await uriWithin(uri, folder.uri) : uri;
		return {
			uri: uri.toString(),
			name: vscode.workspace.asRelativePath(uri),
			text: (await readTextFile(place, maxBytes)).replace(/^\uFEFF/, ''),
			format: formatOf(uri),
		};
	}

	/** Like `source`, after the open document of the suite was saved: what the user sees is what runs. */
	async savedSource(uri: vscode.Uri): Promise<SuiteSource> {
		for (const open of openSuiteDocuments(uri)) {
			if (open.isDirty && !(await open.save())) {
				throw new AppError(
					'storage',
					vscode.l10n.t(
						'The suite could not be saved, so nothing was started. Save its document, then try again',
					),
				);
			}
		}
		return this.source(uri);
	}

	/** Reads a suite with its case files. The graders and the reader are loaded on first use. */
	async read({ uri, text, format }: Pick<SuiteSource, 'uri' | 'text' | 'format'>): Promise<SuiteReading> {
		const [{ readSuite }, { graders }] = await Promise.all([
			import('../../suites/readSuite.ts'),
			import('../../suites/graders/all.ts'),
		]);
		return readSuite(text, { format, graders, readFile: (file) => readBeside(file, vscode.Uri.parse(uri)) });
	}

	/** All suites with what is wrong in them. One that cannot be read at all is listed with the reason. */
	async list(): Promise<ListedSuite[]> {
		return Promise.all((await this.uris()).map((uri) => this.#listed(uri)));
	}

	async #listed(uri: vscode.Uri): Promise<ListedSuite> {
		const id = uri.toString();
		try {
			const source = await this.source(uri);
			const { suite, problems } = await this.read(source);
			const { prompts = [], cases = [] } = suite ?? {};
			const [only] = prompts;
			const prompt = prompts.length > 1 ? prompts : (only ?? null);
			return { id, uri: id, name: source.name, prompt, cases: cases.length, problems };
		} catch (error) {
			const message = error instanceof Error ? error.message : String(error);
			const name = vscode.workspace.asRelativePath(uri);
			return { id, uri: id, name, prompt: null, cases: 0, problems: [{ line: 1, column: 1, message }] };
		}
	}
}

export function formatOf({ path: name }: vscode.Uri): 'yaml' | 'json' {
	return name.toLowerCase().endsWith('.json') ? 'json' : 'yaml';
}

/** The draft or prompt of a suite. Throws `not-found` if it was deleted. */
export function ownerOf(
	{ drafts, prompts }: Repositories,
	{ ownerKind, ownerId }: SuiteOwner,
): { name: string; prompt: PromptReference } {
	if (ownerKind === 'draft') {
		return { name: draftTitle(drafts.get(ownerId)), prompt: `draft:${ownerId}` };
	}
	const { title, name } = prompts.getById(ownerId);
	return { name: title, prompt: `library:${name}` };
}

/**
 * The text of a file that a suite names by a path relative to it. It stays in the workspace folder of the suite; the
 * suites of drafts and prompts begin at the first folder.
 */
export async function readBeside(file: string, suite: vscode.Uri): Promise<string> {
	return (await readTextFile(await fileBeside(file, suite), maxBytes)).replace(/^\uFEFF/, '');
}

/** Where such a file is. Rejects with `access-denied` if that is outside the workspace folder. */
export async function fileBeside(file: string, suite: vscode.Uri): Promise<vscode.Uri> {
	if (!vscode.workspace.isTrusted) {
		throw new AppError(
			'access-denied',
			vscode.l10n.t('This workspace is not trusted, so its files are not read for suites'),
		);
	}
	const folder =
		suite.scheme === suiteScheme
			? vscode.workspace.workspaceFolders?.[0]?.uri
			: vscode.workspace.getWorkspaceFolder(suite)?.uri;
	if (!folder) {
		throw new AppError(
			'not-found',
			vscode.l10n.t('The suite names the file {0}, but no folder is open that it could be in', file),
		);
	}
	const start = suite.scheme === suiteScheme ? folder : vscode.Uri.joinPath(suite, '..');
	const target = vscode.Uri.joinPath(start, file.replaceAll('\\', '/'));
	if (path.isAbsolute(file) || !isInside(target.fsPath, folder.fsPath)) {
		throw new AppError(
			'access-denied',
			vscode.l10n.t(
				'{0} is outside the workspace folder, so it is not read. Give a path relative to the suite',
				file,
			),
		);
	}
	return uriWithin(target, folder);
}
