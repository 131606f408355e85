import * as vscode from 'vscode';
import type { Command } from '../kit/command.ts';
import { textColumn } from '../kit/textColumn.ts';
import { draftArgument } from './draftArguments.ts';
import type { DraftServices } from './draftServices.ts';
import { openToolsDocument, toolsUri } from './toolsUri.ts';

/** Opens the tools of a draft as JSON. Saving the document changes them; an empty list removes them all. */
export const editTools: Command<DraftServices> = {
	id: 'editTools',
	async run(services, argument) {
		const draftId = await draftArgument(services, argument);
		const store = await services.openStore();
		const draft = await store.read(({ drafts }) => drafts.get(draftId));
		const document =
			openToolsDocument(draftId) ??
			(await vscode.workspace.openTextDocument(toolsUri(store.status.storeId, draft)));
		await vscode.window.showTextDocument(document, { preview: false, viewColumn: textColumn() });
		return { uri: document.uri.toString() };
	},
};
