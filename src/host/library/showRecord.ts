import * as vscode from 'vscode';
import type { RecordOwner } from '../../common/api.ts';
import { showDraft } from '../drafts/draftFileSystem.ts';
import { showReadOnly } from '../kit/readOnlyDocuments.ts';
import type { LibraryServices } from './libraryServices.ts';

/** Opens a draft in its workshop and a prompt in an editor; beside the active editor, both as text. */
export async function showRecord(services: LibraryServices, owner: RecordOwner, beside: boolean): Promise<void> {
	const options = beside ? { viewColumn: vscode.ViewColumn.Beside } : {};
	if ('promptName' in owner) {
		await showReadOnly({ kind: 'prompt', key: owner.promptName, title: owner.promptName }, options);
	} else if (beside) {
		const store = await services.openStore();
		await showDraft(store, await store.read(({ drafts }) => drafts.get(owner.draftId)), options);
	} else {
		await services.panels.open(owner.draftId);
	}
}
