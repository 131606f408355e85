import * as vscode from 'vscode';
import { isAppError } from '../../common/errors.ts';
import { DisposableStore, type Disposable } from '../../common/lifecycle.ts';
import type { SuiteProblem } from '../../common/suiteModel.ts';
import { wordEnd } from '../../suites/editing/wordEnd.ts';
import { formatOf, type SuiteFiles } from './suiteFiles.ts';
import { yamlExtension } from './suiteLanguage.ts';
import { isSuiteFile, suiteOwnerOf } from './suiteUri.ts';
import { findSuiteFiles, watchSuiteFiles } from './suiteWatch.ts';

const typingPause = 300;
/** Files of the workspace that are checked while they are closed. */
const maxFiles = 1_000;

/** Shows what is wrong with suites at its line and column: in open ones after a pause in typing, in other files after a change. */
export class SuiteDiagnostics implements Disposable {
	readonly #disposables = new DisposableStore();
	readonly #collection = vscode.languages.createDiagnosticCollection('prompt-suite');
	readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
	/** The last check of each suite. */
	readonly #checks = new Map<string, number>();
	readonly #files: SuiteFiles;
	readonly #onFailed: (error: unknown) => void;

	constructor(files: SuiteFiles, onFailed: (error: unknown) => void) {
		this.#files = files;
		this.#onFailed = onFailed;
		const soon = ({ uri }: vscode.TextDocument) => this.#soon(uri);
		for (const item of [
			this.#collection,
			vscode.workspace.onDidOpenTextDocument(soon),
			vscode.workspace.onDidChangeTextDocument(({ document }) => soon(document)),
			vscode.workspace.onDidCloseTextDocument(soon),
			vscode.workspace.onDidChangeWorkspaceFolders(() => this.#checkAll()),
			vscode.workspace.onDidGrantWorkspaceTrust(() => this.#checkAll()),
			watchSuiteFiles((uri) => this.#soon(uri)),
		]) {
			this.#disposables.add(item);
		}
		this.#checkAll();
	}

	/** Soon, and not during activation. */
	#checkAll(): void {
		this.#later('', async () => {
			vscode.workspace.textDocuments.forEach(({ uri }) => this.#soon(uri));
			for (const uri of await findSuiteFiles(maxFiles)) {
				await this.#check(uri);
			}
		});
	}

	#soon(uri: vscode.Uri): void {
		if (suiteOwnerOf(uri) || (isSuiteFile(uri) && vscode.workspace.isTrusted)) {
			this.#later(uri.toString(), () => this.#check(uri));
		}
	}

	#later(key: string, work: () => Promise<void>): void {
		clearTimeout(this.#timers.get(key));
		this.#timers.set(
			key,
			setTimeout(() => {
				this.#timers.delete(key);
				work().catch(this.#onFailed);
			}, typingPause),
		);
	}

	async #check(uri: vscode.Uri): Promise<void> {
		const key = uri.toString();
		const check = (this.#checks.get(key) ?? 0) + 1;
		this.#checks.set(key, check);
		const text = await this.#textOf(uri);
		const found =
			text === undefined ? undefined : await this.#files.read({ uri: key, text, format: formatOf(uri) });
		if (this.#checks.get(key) !== check || this.#disposables.isDisposed) {
			return;
		}
		if (text === undefined || !found) {
			this.#checks.delete(key);
			this.#collection.delete(uri);
			return;
		}
		const lines = text.split('\n');
		const isShown = hasOtherSchemaCheck(uri) ? ({ bySchema }: SuiteProblem) => bySchema !== true : () => true;
		this.#collection.set(
			uri,
			found.problems.filter(isShown).map((problem) => diagnosticOf(uri, lines, problem)),
		);
	}

	/** Of the open document, else of the file; undefined if there is neither, and for closed suites of the store. */
	async #textOf(uri: vscode.Uri): Promise<string | undefined> {
		const key = uri.toString();
		const open = vscode.workspace.textDocuments.find((one) => !one.isClosed && one.uri.toString() === key);
		if (open || suiteOwnerOf(uri)) {
			return open?.getText();
		}
		try {
			return (await this.#files.source(uri)).text;
		} catch (error) {
			if (isAppError(error, 'access-denied') || isAppError(error, 'validation') || isNotFound(error)) {
				return undefined;
			}
			throw error;
		}
	}

	dispose(): void {
		this.#timers.forEach((timer) => clearTimeout(timer));
		this.#disposables.dispose();
	}
}

/** Whether VS Code's JSON service or the YAML extension checks an open file against the schema, and says it in its own words. */
function hasOtherSchemaCheck(uri: vscode.Uri): boolean {
	const isOpen = vscode.workspace.textDocuments.some((one) => !one.isClosed && one.uri.toString() === uri.toString());
	const checker = formatOf(uri) === 'json' ? 'vscode.json-language-features' : yamlExtension;
	return isOpen && uri.scheme === 'file' && vscode.extensions.getExtension(checker) !== undefined;
}

function isNotFound(error: unknown): boolean {
	return error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
}

/** From the place of the problem to the end of its word. One of a case file stands at the top and leads to its place. */
function diagnosticOf(suite: vscode.Uri, lines: readonly string[], problem: SuiteProblem): vscode.Diagnostic {
	const { line, column, file, message, severity = 'error' } = problem;
	const at = new vscode.Position(line - 1, column - 1);
	const text = lines[file === undefined ? line - 1 : 0] ?? '';
	const start = file === undefined ? at : new vscode.Position(0, 0);
	const range = new vscode.Range(start, start.with({ character: wordEnd(text, start.character) }));
	const diagnostic = new vscode.Diagnostic(
		range,
		file === undefined ? message : `${file}:${line}: ${message}`,
		severity === 'error' ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning,
	);
	diagnostic.source = 'Prompt Workshop';
	if (file !== undefined && suite.scheme === 'file') {
		const place = new vscode.Location(vscode.Uri.joinPath(suite, '..', file), at);
		diagnostic.relatedInformation = [new vscode.DiagnosticRelatedInformation(place, message)];
	}
	return diagnostic;
}
