import * as vscode from 'vscode';
import type { LintFinding } from '../../common/api.ts';
import { isAppError } from '../../common/errors.ts';
import { DisposableStore, type Disposable } from '../../common/lifecycle.ts';
import type { Store } from '../../storage/contract.ts';
import type { Workshop } from '../../workshop/workshop.ts';
import { readOnlyUri } from '../kit/readOnlyDocuments.ts';
import { onDidChangeSettings } from '../kit/settings.ts';
import { draftIdOf, draftScheme } from './draftUri.ts';
import { lintDraft } from './lintDraft.ts';
import { watchDrafts } from './watchDrafts.ts';

const typingPause = 300;

const severities = {
	error: vscode.DiagnosticSeverity.Error,
	warning: vscode.DiagnosticSeverity.Warning,
	information: vscode.DiagnosticSeverity.Information,
} as const;

export const diagnosticSource = 'Prompt Workshop';

/** What the lint found in a version of a document. */
export interface LintedVersion {
	version: number;
	findings: readonly LintFinding[];
}

/**
 * Shows lint findings in open drafts: after a pause in typing, when the draft's kind, tools or variables change, and when
 * a setting does.
 */
export class DraftDiagnostics implements Disposable {
	readonly #disposables = new DisposableStore();
	readonly #collection = vscode.languages.createDiagnosticCollection(draftScheme);
	/** The last check of each document. */
	readonly #checks = new Map<string, number>();
	readonly #linted = new Map<string, LintedVersion>();
	readonly #openStore: () => Promise<Store>;
	readonly #workshop: Pick<Workshop, 'modelsOf' | 'contextTokens'>;
	readonly #onFailed: (error: unknown) => void;

	constructor(parts: {
		openStore: () => Promise<Store>;
		workshop: Pick<Workshop, 'modelsOf' | 'contextTokens'>;
		onFailed: (error: unknown) => void;
	}) {
		const { openStore, workshop, onFailed } = parts;
		this.#openStore = openStore;
		this.#workshop = workshop;
		this.#onFailed = onFailed;
		for (const item of [
			this.#collection,
			watchDrafts(
				typingPause,
				(document, draftId) => this.#checkNow(document, draftId),
				(uri) => this.#forget(uri),
			),
			...['lint', 'testModel'].map((key) => onDidChangeSettings(key, () => this.#checkAll())),
		]) {
			this.#disposables.add(item);
		}
	}

	/** Follows a newly opened store: drafts may have changed their kind, tools or variables. */
	follow(store: Store): void {
		const follow = store.onDidChange(({ drafts, all }) =>
			this.#checkAll((draftId) => all || drafts.includes(draftId)),
		);
		this.#disposables.add(follow);
	}

	/** What was found last; undefined if the document has changed since. */
	findingsOf(document: vscode.TextDocument): readonly LintFinding[] | undefined {
		const linted = this.#linted.get(document.uri.toString());
		return linted?.version === document.version ? linted.findings : undefined;
	}

	#checkAll(isAffected: (draftId: number) => boolean = () => true): void {
		for (const document of vscode.workspace.textDocuments) {
			const draftId = draftIdOf(document.uri);
			if (draftId !== undefined && isAffected(draftId)) {
				this.#checkNow(document, draftId);
			}
		}
	}

	#checkNow(document: vscode.TextDocument, draftId: number): void {
		void this.#check(document, draftId).catch((error: unknown) => {
			// The document of a deleted draft may stay open.
			if (!isAppError(error, 'not-found')) {
				this.#onFailed(error);
			}
		});
	}

	async #check(document: vscode.TextDocument, draftId: number): Promise<void> {
		const key = document.uri.toString();
		const check = (this.#checks.get(key) ?? 0) + 1;
		this.#checks.set(key, check);
		const store = await this.#openStore();
		const draft = await store.read(({ drafts }) => drafts.get(draftId));
		const { version } = document;
		const findings = await lintDraft(this.#workshop, draft, document.getText(), document.uri);
		// A later check may know another kind, tools or settings, even of the same text.
		const isLatest = this.#checks.get(key) === check && document.version === version;
		if (!isLatest || document.isClosed || this.#disposables.isDisposed) {
			return;
		}
		this.#linted.set(key, { version, findings });
		this.#collection.set(
			document.uri,
			findings.map((finding) => diagnosticOf(document, finding)),
		);
	}

	#forget(uri: vscode.Uri): void {
		this.#checks.delete(uri.toString());
		this.#linted.delete(uri.toString());
		this.#collection.delete(uri);
	}

	dispose(): void {
		this.#disposables.dispose();
	}
}

function diagnosticOf(document: vscode.TextDocument, { code, message, start, end, severity }: LintFinding) {
	const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
	const diagnostic = new vscode.Diagnostic(range, message, severities[severity]);
	diagnostic.source = diagnosticSource;
	// The link of the problem opens the page of its rule.
	diagnostic.code = { value: code, target: readOnlyUri({ kind: 'lint', key: code, title: code }) };
	return diagnostic;
}
