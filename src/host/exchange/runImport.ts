import * as path from 'node:path';
import * as vscode from 'vscode';
import type { ImportResult } from '../../common/api.ts';
import { AppError, toAppError } from '../../common/errors.ts';
import type { ImportPlan } from '../../common/importPlan.ts';
import type { ReportEntry } from '../../common/reportEntry.ts';
import { realPath } from '../../disk/realPath.ts';
import { cancelled } from '../kit/arguments.ts';
import { showError } from '../kit/command.ts';
import { runWithProgress, showInformation } from '../kit/notify.ts';
import { plural } from '../kit/plural.ts';
import { trustedUri } from '../kit/places.ts';
import { showReadOnly } from '../kit/readOnlyDocuments.ts';
import { showDraft } from '../drafts/draftFileSystem.ts';
import type { ExchangeServices } from './exchangeServices.ts';
import { readLinkedFile } from './linkedFile.ts';
import { linkDraftFile } from './linkFile.ts';
import { showImportPage } from './importPage.ts';
import { draftNames } from './importRecords.ts';
import type { ImportSource, ReadImport, ReadProgress } from './readImports.ts';
import { importMarkdown } from './reportMarkdown.ts';
import { readInWorker } from './startImportWorker.ts';
import { importFolder, storeImport, type StoredImport } from './storeImport.ts';

/** What to import: files and folders, and texts without a file. */
export interface ImportChoice {
	places: readonly vscode.Uri[];
	texts?: ImportSource['texts'];
}

interface ReadFiles {
	/** As it is shown. */
	source: string;
	files: ReadImport[];
	/** Of the drafts. */
	folder: string;
}

/** Stores everything that a file or folder holds. Rejects with the reason if nothing can be stored. */
export async function importAtOnce(
	services: ExchangeServices,
	uri: vscode.Uri,
	signal: AbortSignal | undefined,
): Promise<ImportResult> {
	const { files, folder } = await readFiles({ places: [uri] }, { signal });
	const everything = new Set(files.flatMap(({ items }) => items.map(({ id }) => id)));
	return resultOf(files, await storeImport(services, files, everything, folder));
}

/** Shows what the files would become, and stores what the user chooses, with Undo. Rejects with `cancelled`. */
export async function importWithPage(
	services: ExchangeServices,
	choice: ImportChoice,
	{ link = false }: { link?: boolean } = {},
): Promise<ImportResult> {
	const { source, files, folder } = await readShowingProgress(choice);
	let result: ImportResult | undefined;
	const isStored = await showImportPage({
		extensionUri: services.extension.extensionUri,
		plan: { ...(await planOf(services, source, files)), link: (await isLinkable(files)) ? link : null },
		store: async (chosen, isLinked) => {
			const stored = await storeImport(services, files, chosen, folder);
			result = resultOf(files, stored);
			const [draftId] = stored.drafts;
			const file = files[0]?.file;
			if (isLinked && draftId !== undefined && file !== undefined) {
				await linkDraftFile(services, draftId, vscode.Uri.file(file));
			}
			void announce(services, importMarkdown(source, files, chosen), stored);
		},
		openLine: async (index, line) => {
			const file = files[index]?.file;
			if (file !== undefined) {
				const at = new vscode.Position(Math.max(0, line - 1), 0);
				await vscode.window.showTextDocument(await trustedUri(vscode.Uri.file(file)), {
					selection: new vscode.Range(at, at),
					viewColumn: vscode.ViewColumn.Beside,
					preview: true,
				});
			}
		},
		onRejected: (method, error) => services.log.warn(`[import] ${method}: ${error.message}`),
	});
	if (!isStored || !result) {
		throw cancelled();
	}
	const [first, ...others] = result.drafts;
	if (first !== undefined && others.length === 0) {
		const store = await services.openStore();
		await showDraft(store, await store.read(({ drafts }) => drafts.get(first)));
	}
	return result;
}

/** Whether the files are one of the workspace with one prompt that can be written back to it. */
async function isLinkable(files: readonly ReadImport[]): Promise<boolean> {
	const [only, another] = files;
	const drafts = only?.imported?.drafts ?? [];
	if (only?.file === undefined || another || drafts.length !== 1) {
		return false;
	}
	try {
		const { part } = await readLinkedFile(vscode.Uri.file(only.file));
		return part.text === drafts[0]?.text.trim();
	} catch (thrown) {
		if (thrown instanceof AppError) {
			return false;
		}
		throw thrown;
	}
}

async function readFiles(
	{ places, texts = [] }: ImportChoice,
	options: { signal?: AbortSignal | undefined; onProgress?: (progress: ReadProgress) => void },
): Promise<ReadFiles> {
	const resolved = await Promise.all(places.map((place) => trustedUri(place)));
	const source: ImportSource = {
		places: resolved.map(({ fsPath }) => fsPath),
		texts,
		forbidden: await untrustedFolders(),
	};
	const files = await readInWorker({ source, texts: vscode.l10n.bundle }, options);
	if (!files.some(({ items }) => items.length > 0)) {
		throw nothingIn(files);
	}
	const names = [...resolved.map(({ fsPath }) => path.basename(fsPath)), ...texts.map(({ name }) => name)];
	const [only = ''] = names;
	const isFolder = resolved.length === 1 && files.some(({ file }) => file !== resolved[0]?.fsPath);
	return {
		source: names.length === 1 ? only : vscode.l10n.t('{0} and {1} more', only, names.length - 1),
		files,
		folder: isFolder ? only.slice(0, 60) : '',
	};
}

async function untrustedFolders(): Promise<string[]> {
	const folders = vscode.workspace.isTrusted ? [] : (vscode.workspace.workspaceFolders ?? []);
	return Promise.all(folders.filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => realPath(uri.fsPath)));
}

function nothingIn(files: readonly ReadImport[]): AppError {
	const [first] = files;
	if (!first) {
		return new AppError('validation', vscode.l10n.t('The folder has no files that may hold prompts'));
	}
	const reason = first.problem ?? '';
	return new AppError(
		'validation',
		files.length === 1
			? reason
			: vscode.l10n.t('Nothing in these {0} files can be imported. The first: {1}', files.length, reason),
	);
}

/** Progress names the file that is read; cancelling ends its thread. */
async function readShowingProgress(choice: ImportChoice): Promise<ReadFiles> {
	const title = vscode.l10n.t('Reading prompts');
	return runWithProgress(
		{ location: vscode.ProgressLocation.Notification, title, cancellable: true },
		(progress, token) => {
			const controller = new AbortController();
			token.onCancellationRequested(() => controller.abort());
			let shown = 0;
			return readFiles(choice, {
				signal: controller.signal,
				onProgress: ({ done, total, path: file }) => {
					const percent = total > 0 ? Math.floor((done / total) * 100) : 0;
					if (percent > shown) {
						progress.report({
							message: `${done.toLocaleString()} / ${total.toLocaleString()} ${file}`,
							increment: percent - shown,
						});
						shown = percent;
					}
				},
			});
		},
	);
}

async function planOf(
	services: ExchangeServices,
	source: string,
	files: readonly ReadImport[],
): Promise<Omit<ImportPlan, 'link'>> {
	const store = await services.openStore();
	const taken = await store.read(({ drafts }) => new Set(drafts.list().flatMap(({ draftName }) => draftName ?? [])));
	const names = draftNames(files, taken);
	const root = importFolder();
	return {
		source,
		folder: root ? vscode.workspace.asRelativePath(vscode.Uri.joinPath(root, '.promptworkshop'), true) : '',
		files: files.map(({ path: shown, format, items, report, problem, file }) => ({
			path: shown,
			format,
			hasLines: file !== undefined,
			items: items.map((item) => {
				const name = names.get(item.id) ?? item.name;
				const renamed =
					name === item.name ? [] : [vscode.l10n.t('the file calls it "{0}"', item.name.slice(0, 100))];
				return { ...item, name, facts: [...item.facts, ...renamed] };
			}),
			report,
			...(problem !== undefined && { problem }),
		})),
	};
}

function resultOf(files: readonly ReadImport[], { drafts, suites, fixtures }: StoredImport): ImportResult {
	const ids = [...new Set(files.flatMap(({ formatId }) => (formatId === '' ? [] : [formatId])))];
	const [only = ''] = ids;
	return {
		format: ids.length === 1 ? only : 'folder',
		drafts,
		suites,
		fixtures,
		report: files.flatMap((file) => reportOf(file, files.length > 1)),
	};
}

function reportOf({ path: shown, report, problem }: ReadImport, isNamed: boolean): ReportEntry[] {
	const entries: ReportEntry[] =
		problem === undefined ? report : [{ what: vscode.l10n.t('the file'), outcome: 'dropped', note: problem }];
	return isNamed ? entries.map((entry) => ({ ...entry, what: `${shown}: ${entry.what}` })) : entries;
}

async function announce(services: ExchangeServices, markdown: string, stored: StoredImport): Promise<void> {
	try {
		const key = await services.importReports.add(markdown);
		const undo = vscode.l10n.t('Undo');
		const show = vscode.l10n.t('Show Report');
		const answer = await showInformation(countsOf(stored), {}, undo, show);
		if (answer === undo) {
			await stored.undo();
		} else if (answer === show) {
			await showReadOnly({ kind: 'import', key, title: vscode.l10n.t('Import report') });
		}
	} catch (thrown) {
		await showError(toAppError(thrown));
	}
}

function countsOf({ drafts, suites, fixtures, runs }: StoredImport): string {
	const counted = [
		[drafts.length, plural(drafts.length, vscode.l10n.t('1 draft'), vscode.l10n.t('{0} drafts', drafts.length))],
		[suites.length, plural(suites.length, vscode.l10n.t('1 suite'), vscode.l10n.t('{0} suites', suites.length))],
		[
			fixtures.length,
			plural(fixtures.length, vscode.l10n.t('1 fixture'), vscode.l10n.t('{0} fixtures', fixtures.length)),
		],
		[runs.length, plural(runs.length, vscode.l10n.t('1 run'), vscode.l10n.t('{0} runs', runs.length))],
	] as const;
	const parts = counted.filter(([count]) => count > 0).map(([, words]) => words);
	return vscode.l10n.t('Imported: {0}', parts.join(', '));
}
