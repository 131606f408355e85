import * as vscode from 'vscode';
import { suiteFileName } from './suiteFileName.ts';

export const suiteScheme = 'prompt-suite';

/** The draft or prompt whose suite is in the store. */
export interface SuiteOwner {
	ownerKind: 'draft' | 'prompt';
	ownerId: number;
}

/**
 * The address of a suite: `prompt-suite://<store-id>/<draft or prompt>/<id>/suite.prompttest.yaml`. Runs, tests and marks are
 * filed under it, so a rename does not change it. Its document has a name of its own, see `namedSuiteUri`.
 */
export function suiteUri(storeId: string, owner: SuiteOwner): vscode.Uri {
	return namedSuiteUri(storeId, owner, 'suite');
}

/** The document of a suite, with the name of its draft or prompt for tabs and lists. */
export function namedSuiteUri(storeId: string, { ownerKind, ownerId }: SuiteOwner, name: string): vscode.Uri {
	return vscode.Uri.from({
		scheme: suiteScheme,
		authority: storeId,
		path: `/${ownerKind}/${ownerId}/${suiteFileName(name)}`,
	});
}

/** The owner of a suite in the store, whatever its document is called, or undefined for any other URI, including folders. */
export function suiteOwnerOf(uri: vscode.Uri): SuiteOwner | undefined {
	const match =
		uri.scheme === suiteScheme ? /^\/(draft|prompt)\/(\d+)\/[^/]+\.prompttest\.yaml$/.exec(uri.path) : null;
	return match ? { ownerKind: match[1] as SuiteOwner['ownerKind'], ownerId: Number(match[2]) } : undefined;
}

/** The address that everything about a suite is filed under, of the URI of its document. That of a file is the file's. */
export function suiteAddress(document: vscode.Uri): vscode.Uri {
	const owner = suiteOwnerOf(document);
	return owner ? suiteUri(document.authority, owner) : document;
}

/** Whether a file of the workspace is a suite, by its name. */
export function isSuiteFile({ path }: vscode.Uri): boolean {
	return /\.prompttest\.(ya?ml|json)$/i.test(path);
}
