import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../common/lifecycle.ts';
import type { SuiteProblem } from '../../common/suiteModel.ts';
import type { SuiteFiles } from './suiteFiles.ts';
import { isSuiteFile, suiteOwnerOf } from './suiteUri.ts';

const typingPause = 300;

/** Shows what is wrong with open suites, at its line and column, after a pause in typing. */
export class SuiteDiagnostics implements Disposable {
	readonly #disposables = new DisposableStore();
	readonly #collection = vscode.languages.createDiagnosticCollection('prompt-suite');
	readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
	readonly #files: SuiteFiles;
	readonly #onFailed: (error: unknown) => void;

	constructor(files: SuiteFiles, onFailed: (error: unknown) => void) {
		this.#files = files;
		this.#onFailed = onFailed;
		const soon = (document: vscode.TextDocument) => this.#soon(document);
		for (const item of [
			this.#collection,
			vscode.workspace.onDidOpenTextDocument(soon),
			vscode.workspace.onDidChangeTextDocument(({ document }) => soon(document)),
			vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#forget(uri)),
			vscode.workspace.onDidGrantWorkspaceTrust(() => vscode.workspace.textDocuments.forEach(soon)),
		]) {
			this.#disposables.add(item);
		}
		vscode.workspace.textDocuments.forEach(soon);
	}

	#soon(document: vscode.TextDocument): void {
		const { uri } = document;
		const own = suiteOwnerOf(uri) !== undefined;
		if (!own && !(isSuiteFile(uri) && vscode.workspace.isTrusted)) {
			return;
		}
		const key = uri.toString();
		clearTimeout(this.#timers.get(key));
		this.#timers.set(
			key,
			setTimeout(() => {
				this.#timers.delete(key);
				this.#check(document).catch(this.#onFailed);
			}, typingPause),
		);
	}

	async #check(document: vscode.TextDocument): Promise<void> {
		const { uri, version } = document;
		const format = uri.path.toLowerCase().endsWith('.json') ? 'json' : 'yaml';
		const { problems } = await this.#files.read({
			uri: uri.toString(),
			name: '',
			text: document.getText(),
			format,
		});
		if (document.version === version && !document.isClosed) {
			this.#collection.set(
				uri,
				problems.map((problem) => diagnosticOf(document, problem)),
			);
		}
	}

	#forget(uri: vscode.Uri): void {
		const key = uri.toString();
		clearTimeout(this.#timers.get(key));
		this.#timers.delete(key);
		this.#collection.delete(uri);
	}

	dispose(): void {
		this.#timers.forEach((timer) => clearTimeout(timer));
		this.#disposables.dispose();
	}
}

/** From the place of the problem to the end of its word. One of a case file stands at the top and names its place. */
function diagnosticOf(document: vscode.TextDocument, problem: SuiteProblem): vscode.Diagnostic {
	const { line, column, file, severity = 'error' } = problem;
	const at = file === undefined ? new vscode.Position(line - 1, column - 1) : new vscode.Position(0, 0);
	const range = document.getWordRangeAtPosition(at) ?? document.lineAt(document.validatePosition(at)).range;
	const message = file === undefined ? problem.message : `${file}:${line}: ${problem.message}`;
	const diagnostic = new vscode.Diagnostic(
		range,
		message,
		severity === 'error' ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning,
	);
	diagnostic.source = 'Prompt Workshop';
	return diagnostic;
}
