import * as path from 'node:path';
import * as vscode from 'vscode';
import { questionText } from '../../common/questionText.ts';
import { AppError } from '../../common/errors.ts';
import { draftArgument } from '../drafts/draftArguments.ts';
import { draftIdOf, draftUri } from '../drafts/draftUri.ts';
import { property } from '../kit/arguments.ts';
import { toFileUri, trustedUri } from '../kit/places.ts';
import { promptNameOf, readOnlyUri, versionIdOf, versionUri } from '../kit/readOnlyDocuments.ts';
import { draftTitle } from '../../common/draftTitle.ts';
import type { LibraryServices } from '../library/libraryServices.ts';
import { ownerTitle, type VersionOwner } from '../library/versionArguments.ts';

type Services = Pick<LibraryServices, 'openStore' | 'panels' | 'workshop'>;

/** One text of a comparison. */
export interface Side {
	uri: vscode.Uri;
	/** Names it in the title. */
	name: string;
	/** The draft or prompt that has or had this text. */
	owner?: VersionOwner;
	/** Sorts the texts of one owner from old to new: the current one comes last. */
	order: number;
	/** Kind, variables and tools; a file has none. */
	metadata?: Record<string, unknown>;
	isEditable: boolean;
}

/**
 * The text that a program, a tree item or a document names: of a draft, version, prompt or file, or that a test ran. Without an argument, the
 * text of the active editor, or of a draft that the user chooses.
 */
export async function sideOf(services: Services, argument: unknown): Promise<Side> {
	if (argument instanceof vscode.Uri) {
		return sideOfUri(services, argument);
	}
	const versionId = property(argument, 'versionId');
	if (typeof versionId === 'number') {
		return versionSide(services, versionId);
	}
	const promptName = typeof argument === 'string' ? argument : property(argument, 'promptName');
	if (typeof promptName === 'string') {
		return promptSide(services, promptName);
	}
	const testId = property(argument, 'testId');
	if (typeof testId === 'string') {
		return testedSide(services, testId);
	}
	const uri = property(argument, 'uri');
	if (uri !== undefined) {
		return sideOfUri(services, uri instanceof vscode.Uri ? uri : toFileUri(uri));
	}
	const active = vscode.window.activeTextEditor?.document.uri;
	return argument === undefined && active
		? sideOfUri(services, active)
		: draftSide(services, await draftArgument(services, argument));
}

/** The current text of the owner of a version. */
export function currentSide(services: Services, { ownerKind, ownerId }: VersionOwner): Promise<Side> {
	return ownerKind === 'draft' ? draftSide(services, ownerId) : promptSide(services, ownerId);
}

async function sideOfUri(services: Services, uri: vscode.Uri): Promise<Side> {
	const draftId = draftIdOf(uri);
	if (draftId !== undefined) {
		return draftSide(services, draftId);
	}
	const promptName = promptNameOf(uri);
	if (promptName !== undefined) {
		return promptSide(services, promptName);
	}
	const versionId = versionIdOf(uri);
	return versionId === undefined ? fileSide(uri) : versionSide(services, versionId);
}

async function draftSide({ openStore }: Services, draftId: number): Promise<Side> {
	const store = await openStore();
	const draft = await store.read(({ drafts }) => drafts.get(draftId));
	const title = draftTitle(draft);
	return {
		uri: draftUri(store.status.storeId, draft),
		name: vscode.l10n.t('{0} (draft)', title),
		owner: { ownerKind: 'draft', ownerId: draftId, title },
		order: Infinity,
		metadata: draft.metadata,
		isEditable: true,
	};
}

async function promptSide({ openStore }: Services, nameOrId: string | number): Promise<Side> {
	const store = await openStore();
	const { id, name, title, metadata } = await store.read(({ prompts }) =>
		typeof nameOrId === 'number' ? prompts.getById(nameOrId) : prompts.get(nameOrId),
	);
	return {
		uri: readOnlyUri({ kind: 'prompt', key: name, title: name }),
		name: vscode.l10n.t('{0} (prompt)', title),
		owner: { ownerKind: 'prompt', ownerId: id, title },
		order: Infinity,
		metadata,
		isEditable: false,
	};
}

async function versionSide({ openStore }: Services, versionId: number): Promise<Side> {
	const store = await openStore();
	return store.read((repositories) => {
		const { ownerKind, ownerId, number, label, metadata } = repositories.versions.listed(versionId);
		const title = ownerTitle(repositories, ownerKind, ownerId);
		return {
			uri: versionUri(title, versionId, number),
			name:
				label === null
					? vscode.l10n.t('{0} v{1}', title, number)
					: vscode.l10n.t('{0} v{1} “{2}”', title, number, label),
			owner: { ownerKind, ownerId, title },
			order: versionId,
			metadata,
			isEditable: false,
		};
	});
}

/** The prompt that a test was run with. */
async function testedSide({ openStore, workshop }: Services, testId: string): Promise<Side> {
	// Throws if it is no longer kept, instead of showing an editor that cannot load it.
	await workshop.testedPrompt(testId);
	const store = await openStore();
	const { query } = await store.read(({ results }) => results.get(testId));
	return {
		uri: readOnlyUri({ kind: 'tested-prompt', key: testId, title: vscode.l10n.t('Prompt as sent') }),
		name: vscode.l10n.t('Prompt of “{0}”', questionText(query)),
		order: 0,
		isEditable: false,
	};
}

/** A file, or any other text that is open in an editor. */
async function fileSide(given: vscode.Uri): Promise<Side> {
	const uri = await trustedUri(given);
	const isOpen = vscode.workspace.textDocuments.some(
		(document) => !document.isClosed && document.uri.toString() === uri.toString(),
	);
	if (!isOpen && !(await isFile(uri))) {
		throw new AppError('not-found', vscode.l10n.t('{0} is not a file that can be read', given.fsPath), {
			info: { field: 'uri' },
		});
	}
	const isEditable = vscode.workspace.fs.isWritableFileSystem(uri.scheme) !== false;
	return { uri, name: path.posix.basename(given.path), order: 0, isEditable };
}

async function isFile(uri: vscode.Uri): Promise<boolean> {
	if (uri.scheme !== 'file' && !vscode.workspace.getWorkspaceFolder(uri)) {
		return false;
	}
	try {
		return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.File) !== 0;
	} catch {
		return false;
	}
}
