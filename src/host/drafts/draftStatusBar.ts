import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../common/lifecycle.ts';
import { estimateTokens } from '../../common/estimateTokens.ts';
import { draftIdOf } from './draftUri.ts';

/** Shows the length and estimated tokens of the draft in the active editor. */
export function registerDraftStatusBar(): Disposable {
	const disposables = new DisposableStore();
	const item = disposables.add(
		vscode.window.createStatusBarItem('promptWorkshop.length', vscode.StatusBarAlignment.Right, 90),
	);
	item.name = vscode.l10n.t('Prompt length');
	const update = () => {
		const document = vscode.window.activeTextEditor?.document;
		if (!document || draftIdOf(document.uri) === undefined) {
			item.hide();
			return;
		}
		const text = document.getText();
		item.text = vscode.l10n.t(
			'{0} chars · ~{1} tokens',
			text.length.toLocaleString(),
			estimateTokens(text).toLocaleString(),
		);
		item.tooltip = vscode.l10n.t('Length of this prompt. The token count is an estimate');
		item.show();
	};
	disposables.add(vscode.window.onDidChangeActiveTextEditor(update));
	disposables.add(
		vscode.workspace.onDidChangeTextDocument(({ document }) => {
			if (document === vscode.window.activeTextEditor?.document) {
				update();
			}
		}),
	);
	update();
	return disposables;
}
