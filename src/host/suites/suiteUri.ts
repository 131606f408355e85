import * as vscode from 'vscode';

export const suiteScheme = 'prompt-suite';

/** The draft or prompt whose suite is in the store. */
export interface SuiteOwner {
	ownerKind: 'draft' | 'prompt';
	ownerId: number;
}

/** `prompt-suite://<store-id>/<draft or prompt>/<id>/suite.prompttest.yaml`. Runs are filed under it, so a rename does not change it. */
export function suiteUri(storeId: string, { ownerKind, ownerId }: SuiteOwner): vscode.Uri {
	return vscode.Uri.from({
		scheme: suiteScheme,
		authority: storeId,
		path: `/${ownerKind}/${ownerId}/suite.prompttest.yaml`,
	});
}

/** The owner of a suite in the store, or undefined for any other URI, including folders. */
export function suiteOwnerOf(uri: vscode.Uri): SuiteOwner | undefined {
	const match =
		uri.scheme === suiteScheme ? /^\/(draft|prompt)\/(\d+)\/suite\.prompttest\.yaml$/.exec(uri.path) : null;
	return match ? { ownerKind: match[1] as SuiteOwner['ownerKind'], ownerId: Number(match[2]) } : undefined;
}

/** Whether a file of the workspace is a suite, by its name. */
export function isSuiteFile({ path }: vscode.Uri): boolean {
	return /\.prompttest\.(ya?ml|json)$/i.test(path);
}
