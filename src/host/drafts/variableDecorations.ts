import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../common/lifecycle.ts';
import { parseTemplate } from '../../prompts/variables/parseTemplate.ts';
import { draftIdOf } from './draftUri.ts';
import { watchDrafts } from './watchDrafts.ts';

const typingPause = 100;
/** Tags that are coloured in one document; more would make typing slow. */
const maxColoured = 5_000;

/** Colours tags in drafts, dims comments, and tells the menus whether the active draft has tags. */
export function registerVariableDecorations(): Disposable {
	const disposables = new DisposableStore();
	const tags = disposables.add(
		vscode.window.createTextEditorDecorationType({ color: new vscode.ThemeColor('symbolIcon.variableForeground') }),
	);
	const comments = disposables.add(vscode.window.createTextEditorDecorationType({ opacity: '0.6' }));

	const decorate = (editor: vscode.TextEditor) => {
		const { document } = editor;
		const isDraft = draftIdOf(document.uri) !== undefined;
		const found = isDraft ? parseTemplate(document.getText()).tags.slice(0, maxColoured) : [];
		if (isDraft) {
			const range = ({ start, end }: { start: number; end: number }) =>
				new vscode.Range(document.positionAt(start), document.positionAt(end));
			editor.setDecorations(tags, found.filter(({ kind }) => kind !== 'comment').map(range));
			editor.setDecorations(comments, found.filter(({ kind }) => kind === 'comment').map(range));
		}
		if (editor === vscode.window.activeTextEditor) {
			void vscode.commands.executeCommand('setContext', 'promptWorkshop.draftHasTags', found.length > 0);
		}
	};
	const decorateAll = () => vscode.window.visibleTextEditors.forEach(decorate);

	disposables.add(watchDrafts(typingPause, decorateAll));
	disposables.add(vscode.window.onDidChangeVisibleTextEditors(decorateAll));
	disposables.add(vscode.window.onDidChangeActiveTextEditor((editor) => editor && decorate(editor)));
	decorateAll();
	return disposables;
}
