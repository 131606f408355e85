import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import { linkedPart, maxLinkedLength, type LinkedPart } from '../../formats/linked/linkedPart.ts';
import { trustedUri } from '../kit/places.ts';
import { uriInWorkspace, uriWithin } from '../kit/uriWithin.ts';

/** Milliseconds. */
const freshWithinMs = 5_000;

/** A file of the workspace with the prompt in it. */
export interface LinkedFile {
	/** With the links below its folder resolved. */
	uri: vscode.Uri;
	document: vscode.TextDocument;
	/** The text of the document with line feeds. */
	text: string;
	part: LinkedPart;
}

/** Where a linked file is. Rejects with `access-denied` in an untrusted workspace and for links that lead out of their folder. */
export async function linkedPlace(given: vscode.Uri): Promise<vscode.Uri> {
	const uri = await uriInWorkspace(given);
	const folder = vscode.workspace.getWorkspaceFolder(uri);
	if (!folder) {
		throw new AppError(
			'not-found',
			vscode.l10n.t('{0} is in no folder of this window. Link a file of the workspace', uri.fsPath),
			{ info: { field: 'uri' } },
		);
	}
	await trustedUri(uri);
	return uriInWorkspace(await uriWithin(uri, folder.uri));
}

/**
 * Reads a linked file and finds its prompt. Rejects with `not-found` if it is gone, and with `validation` if it has no
 * prompt that can be written back.
 */
export async function readLinkedFile(given: vscode.Uri): Promise<LinkedFile> {
	const uri = await linkedPlace(given);
	const { size } = await vscode.workspace.fs.stat(uri);
	if (size > maxLinkedLength) {
		throw new AppError('validation', vscode.l10n.t('{0} is too long to be linked', uri.fsPath), {
			info: { field: 'uri' },
		});
	}
	const document = await vscode.workspace.openTextDocument(uri);
	await untilFresh(document);
	const text = withLineFeeds(document.getText());
	const path = uri.path.split('/').slice(-3).join('/');
	return { uri, document, text, part: await linkedPart(path, text) };
}

/** Waits until a document without unsaved changes has the text of its file: VS Code follows the disk a moment later. */
async function untilFresh(document: vscode.TextDocument): Promise<void> {
	const bytes = await vscode.workspace.fs.readFile(document.uri);
	const saved = withLineFeeds(new TextDecoder().decode(bytes));
	const isFresh = () => document.isDirty || withLineFeeds(document.getText()) === saved;
	if (isFresh()) {
		return;
	}
	let changes: vscode.Disposable | undefined;
	let timer: ReturnType<typeof setTimeout> | undefined;
	try {
		await new Promise<void>((resolve, reject) => {
			changes = vscode.workspace.onDidChangeTextDocument((event) => {
				if (event.document === document && isFresh()) {
					resolve();
				}
			});
			timer = setTimeout(reject, freshWithinMs, notFresh(document.uri));
		});
	} finally {
		changes?.dispose();
		clearTimeout(timer);
	}
}

function notFresh(uri: vscode.Uri): AppError {
	return new AppError(
		'validation',
		vscode.l10n.t(
			'The editor has another text of {0} than the disk, or it is not UTF-8. Open it, then try again',
			uri.fsPath,
		),
	);
}

function withLineFeeds(text: string): string {
	return text.replaceAll('\r\n', '\n');
}

/** Whether a text has line breaks of two kinds, which an editor would make one of. */
export function hasMixedBreaks(text: string): boolean {
	const breaks = new Set(text.match(/\r\n|\n|\r/g));
	return breaks.size > 1;
}
