import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../common/lifecycle.ts';
import { draftIdOf } from './draftUri.ts';

/**
 * Calls `onText` with each open document of a draft that `idOf` knows: now, when one opens, and `pause` milliseconds after
 * typing in it stops; and `onClosed` when one closes.
 */
export function watchDrafts(
	pause: number,
	onText: (document: vscode.TextDocument, draftId: number) => void,
	onClosed: (uri: vscode.Uri) => void = () => undefined,
	idOf: (uri: vscode.Uri) => number | undefined = draftIdOf,
): Disposable {
	const disposables = new DisposableStore();
	const timers = new Map<string, NodeJS.Timeout>();
	const forget = (key: string) => {
		clearTimeout(timers.get(key));
		timers.delete(key);
	};
	const read = (document: vscode.TextDocument) => {
		const id = idOf(document.uri);
		if (id !== undefined && !document.isClosed) {
			onText(document, id);
		}
	};
	vscode.workspace.textDocuments.forEach(read);
	disposables.add(vscode.workspace.onDidOpenTextDocument(read));
	disposables.add(
		vscode.workspace.onDidChangeTextDocument(({ document }) => {
			if (idOf(document.uri) !== undefined) {
				const key = document.uri.toString();
				forget(key);
				timers.set(
					key,
					setTimeout(() => {
						timers.delete(key);
						read(document);
					}, pause),
				);
			}
		}),
	);
	disposables.add(
		vscode.workspace.onDidCloseTextDocument(({ uri }) => {
			forget(uri.toString());
			onClosed(uri);
		}),
	);
	disposables.add({ dispose: () => [...timers.keys()].forEach(forget) });
	return disposables;
}
