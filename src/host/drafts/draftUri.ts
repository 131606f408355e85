import * as vscode from 'vscode';
import { slugOf } from '../kit/slugOf.ts';

export const draftScheme = 'prompt-draft';

/** `prompt-draft://<store-id>/<id>/<slug>.md` */
export function draftUri(storeId: string, draft: { id: number; draftName: string | null }): vscode.Uri {
	return vscode.Uri.from({
		scheme: draftScheme,
		authority: storeId,
		path: `/${draft.id}/${slugOf(draft.draftName, draft.id)}.md`,
	});
}

/** The draft's id, or undefined for any other URI, including folders. */
export function draftIdOf(uri: vscode.Uri): number | undefined {
	const match = uri.scheme === draftScheme ? /^\/(\d+)\/[^/]+\.md$/.exec(uri.path) : null;
	return match ? Number(match[1]) : undefined;
}

/** The draft's text as the user sees it: from the open document, saved or not, or the stored one. */
export function currentText({ id, draftContent }: { id: number; draftContent: string }): string {
	return openDraftDocument(id)?.getText() ?? draftContent;
}

export function openDraftDocument(draftId: number): vscode.TextDocument | undefined {
	return vscode.workspace.textDocuments.find(({ uri, isClosed }) => !isClosed && draftIdOf(uri) === draftId);
}
