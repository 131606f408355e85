import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import type { DraftDocuments } from '../../workshop/context.ts';
import { openDraftDocument } from './draftUri.ts';
import { openToolsDocument, toolsDraftOf } from './toolsUri.ts';
import type { SaveReasons } from './saveReasons.ts';

const saveAttempts = 3;
const editAttempts = 5;

/** Changes an open draft through the editor, so that undo works and nothing typed is lost. */
export function createDraftDocuments(saveReasons: SaveReasons): DraftDocuments {
	async function saveDocument(document: vscode.TextDocument): Promise<void> {
		// VS Code gives up a save if the user types meanwhile and only returns false, so it is tried again.
		for (let attempt = 0; document.isDirty && attempt < saveAttempts; attempt++) {
			if (await saveReasons.save(document)) {
				return;
			}
		}
		if (document.isDirty) {
			throw new AppError(
				'storage',
				toolsDraftOf(document.uri) === undefined
					? vscode.l10n.t(
							'The draft could not be saved, so nothing was started. Save the document, then try again',
						)
					: vscode.l10n.t(
							'The tools of the draft could not be saved, so nothing was started. Correct their problems, then try again',
						),
			);
		}
	}

	return {
		async save(draftId) {
			for (const document of [openDraftDocument(draftId), openToolsDocument(draftId)]) {
				if (document) {
					await saveDocument(document);
				}
			}
		},
		async replace(draftId, content, keep) {
			const document = openDraftDocument(draftId);
			if (!document) {
				return false;
			}
			await replaceText(document, content, keep);
			await saveDocument(document);
			return true;
		},
	};
}

/** VS Code refuses to edit a text that has changed meanwhile, so the edit is tried again on the new text. */
async function replaceText(
	document: vscode.TextDocument,
	content: string,
	keep: (current: string) => Promise<void>,
): Promise<void> {
	for (let attempt = 0; attempt < editAttempts; attempt++) {
		const { version } = document;
		await keep(document.getText());
		if (document.version !== version) {
			continue;
		}
		const edit = new vscode.WorkspaceEdit();
		const end = document.lineAt(document.lineCount - 1).range.end;
		edit.replace(document.uri, new vscode.Range(new vscode.Position(0, 0), end), content);
		if (await vscode.workspace.applyEdit(edit)) {
			return;
		}
	}
	throw new AppError('storage', vscode.l10n.t('The editor rejected the change to the draft. Try again in a moment'));
}
