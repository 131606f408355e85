import * as vscode from 'vscode';
import { slugOf } from '../kit/slugOf.ts';

export const toolsScheme = 'prompt-tools';

/** `prompt-tools://<store-id>/<draft-id>/<slug>.prompttools.json`. The slug is for the tab only: a rename of the draft leaves it. */
export function toolsUri(storeId: string, draft: { id: number; draftName: string | null }): vscode.Uri {
	return vscode.Uri.from({
		scheme: toolsScheme,
		authority: storeId,
		path: `/${draft.id}/${slugOf(draft.draftName, draft.id)}.prompttools.json`,
	});
}

/** The draft whose tools a document is, or undefined for any other URI, including folders. */
export function toolsDraftOf(uri: vscode.Uri): number | undefined {
	const match = uri.scheme === toolsScheme ? /^\/(\d+)\/[^/]+\.prompttools\.json$/.exec(uri.path) : null;
	return match ? Number(match[1]) : undefined;
}

export function openToolsDocument(draftId: number): vscode.TextDocument | undefined {
	return vscode.workspace.textDocuments.find(({ uri, isClosed }) => !isClosed && toolsDraftOf(uri) === draftId);
}
