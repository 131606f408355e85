import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../common/lifecycle.ts';
import { isRunningTest, type TestResult } from '../../common/model.ts';
import { endIcons } from '../../common/endIcons.ts';
import type { Store } from '../../storage/contract.ts';
import { onDidChangeSettings, readSettings } from '../kit/settings.ts';
import { endWord } from '../../common/endWord.ts';
import { draftIdOf, draftScheme } from './draftUri.ts';

/** Shows Run test, Open workshop and the last result above a draft. */
export class DraftCodeLens implements vscode.CodeLensProvider, Disposable {
	readonly #changed = new vscode.EventEmitter<void>();
	readonly #disposables = new DisposableStore();
	readonly #openStore: () => Promise<Store>;

	readonly onDidChangeCodeLenses = this.#changed.event;

	constructor(openStore: () => Promise<Store>) {
		this.#openStore = openStore;
		this.#disposables.add(this.#changed);
		this.#disposables.add(onDidChangeSettings('codeLens', () => this.#changed.fire()));
		this.#disposables.add(vscode.languages.registerCodeLensProvider({ scheme: draftScheme }, this));
	}

	refresh(): void {
		this.#changed.fire();
	}

	async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
		const draftId = draftIdOf(document.uri);
		if (draftId === undefined || !readSettings().codeLens) {
			return [];
		}
		const store = await this.#openStore();
		const [last] = await store.read(({ results }) => results.list(draftId, 1));
		const top = new vscode.Range(0, 0, 0, 0);
		const lens = (title: string, command: string, argument: number | string) =>
			new vscode.CodeLens(top, { title, command: `promptWorkshop.${command}`, arguments: [argument] });
		return [
			lens(vscode.l10n.t('$(play) Run test'), 'runTest', draftId),
			lens(vscode.l10n.t('$(comment-discussion) Open workshop'), 'openWorkshop', draftId),
			...(last ? [lens(lastResult(last), 'openResult', last.testId)] : []),
		];
	}

	dispose(): void {
		this.#disposables.dispose();
	}
}

function lastResult(result: TestResult): string {
	if (isRunningTest(result)) {
		return vscode.l10n.t('Test running');
	}
	const facts = [
		`$(${endIcons[result.status]})${result.status === 'complete' ? '' : ` ${endWord(result.status)}`}`,
		result.userRating === null ? '' : `★${result.userRating}`,
		vscode.l10n.t('{0} s', (result.executionTimeMs / 1000).toFixed(1)),
		result.costUsd === null ? '' : `$${result.costUsd.toFixed(3)}`,
	];
	return vscode.l10n.t('Last test: {0}', facts.filter(Boolean).join(' · '));
}
