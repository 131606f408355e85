import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../common/lifecycle.ts';
import { draftIdOf, draftScheme } from './draftUri.ts';

const typingPause = 300;

const severities = {
	error: vscode.DiagnosticSeverity.Error,
	warning: vscode.DiagnosticSeverity.Warning,
	information: vscode.DiagnosticSeverity.Information,
} as const;

/** Shows lint findings in open drafts, after a pause in typing. */
export function registerDraftDiagnostics(onFailed: (error: unknown) => void): Disposable {
	const disposables = new DisposableStore();
	const collection = disposables.add(vscode.languages.createDiagnosticCollection(draftScheme));
	const timers = new Map<string, NodeJS.Timeout>();

	const check = async (document: vscode.TextDocument) => {
		if (draftIdOf(document.uri) === undefined) {
			return;
		}
		// The lint needs the Markdown parser, so it is loaded only when a draft is open.
		const { lintPrompt } = await import('../../prompts/lint/lintPrompt.ts');
		if (document.isClosed) {
			return;
		}
		const findings = lintPrompt(document.getText());
		collection.set(
			document.uri,
			findings.map(({ message, start, end, severity }) => {
				const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
				const diagnostic = new vscode.Diagnostic(range, message, severities[severity]);
				diagnostic.source = 'Prompt Workshop';
				return diagnostic;
			}),
		);
	};

	const checkSoon = (document: vscode.TextDocument) => void check(document).catch(onFailed);

	vscode.workspace.textDocuments.forEach(checkSoon);
	disposables.add(vscode.workspace.onDidOpenTextDocument(checkSoon));
	disposables.add(
		vscode.workspace.onDidChangeTextDocument(({ document }) => {
			const key = document.uri.toString();
			clearTimeout(timers.get(key));
			timers.set(
				key,
				setTimeout(() => checkSoon(document), typingPause),
			);
		}),
	);
	disposables.add(
		vscode.workspace.onDidCloseTextDocument(({ uri }) => {
			clearTimeout(timers.get(uri.toString()));
			timers.delete(uri.toString());
			collection.delete(uri);
		}),
	);
	return disposables;
}
