import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../common/lifecycle.ts';
import type { SuiteProblem } from '../../common/suiteModel.ts';
import { wordEnd } from '../../suites/editing/wordEnd.ts';
import { readPromptTools } from '../../suites/readPromptTools.ts';
import { diagnosticSource } from './draftDiagnostics.ts';
import { toolsDraftOf, toolsScheme } from './toolsUri.ts';
import { watchDrafts } from './watchDrafts.ts';

const typingPause = 300;

/** Shows what is wrong with the tools in open documents, after a pause in typing. */
export function toolDiagnostics(onFailed: (error: unknown) => void): Disposable {
	const disposables = new DisposableStore();
	const collection = disposables.add(vscode.languages.createDiagnosticCollection(toolsScheme));
	const check = async (document: vscode.TextDocument) => {
		const { version } = document;
		const { problems } = await readPromptTools(document.getText());
		if (document.version === version && !document.isClosed && !disposables.isDisposed) {
			collection.set(
				document.uri,
				problems.map((problem) => diagnosticOf(document, problem)),
			);
		}
	};
	disposables.add(
		watchDrafts(
			typingPause,
			(document) => void check(document).catch(onFailed),
			(uri) => collection.delete(uri),
			toolsDraftOf,
		),
	);
	return disposables;
}

/** From the place of the problem to the end of its word. */
function diagnosticOf(
	document: vscode.TextDocument,
	{ line, column, message, severity }: SuiteProblem,
): vscode.Diagnostic {
	const start = document.validatePosition(new vscode.Position(line - 1, column - 1));
	const end = start.with({ character: wordEnd(document.lineAt(start.line).text, start.character) });
	const diagnostic = new vscode.Diagnostic(
		new vscode.Range(start, end),
		message,
		severity === 'warning' ? vscode.DiagnosticSeverity.Warning : vscode.DiagnosticSeverity.Error,
	);
	diagnostic.source = diagnosticSource;
	return diagnostic;
}
