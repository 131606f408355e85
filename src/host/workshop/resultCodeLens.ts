import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../common/lifecycle.ts';
import type { Store } from '../../storage/contract.ts';
import { testIdOf } from '../kit/readOnlyDocuments.ts';
import { onDidChangeSettings, readSettings } from '../kit/settings.ts';

/** Leads from a test result to its version, the prompt as it was sent and the exact request. */
export class ResultCodeLens implements vscode.CodeLensProvider, Disposable {
	readonly #changed = new vscode.EventEmitter<void>();
	readonly #disposables = new DisposableStore();
	readonly #openStore: () => Promise<Store>;

	readonly onDidChangeCodeLenses = this.#changed.event;

	constructor(openStore: () => Promise<Store>) {
		this.#openStore = openStore;
		for (const item of [
			this.#changed,
			onDidChangeSettings('codeLens', () => this.#changed.fire()),
			vscode.languages.registerCodeLensProvider({ scheme: 'prompt-workshop', pattern: '**/*.md' }, this),
		]) {
			this.#disposables.add(item);
		}
	}

	async provideCodeLenses({ uri }: vscode.TextDocument): Promise<vscode.CodeLens[]> {
		const testId = testIdOf(uri);
		if (testId === undefined || !readSettings().codeLens) {
			return [];
		}
		const store = await this.#openStore();
		const { versionId, number, hasRequest } = await store.read(({ results, versions }) => {
			const result = results.get(testId);
			const { versionId: id } = result;
			return {
				versionId: id,
				number: id === null ? 0 : versions.listed(id).number,
				hasRequest: result.requestRef !== null,
			};
		});
		const lens = (title: string, command: string, argument: unknown) =>
			new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), {
				title,
				command: `promptWorkshop.${command}`,
				arguments: [argument],
			});
		return [
			...(versionId === null
				? []
				: [
						lens(vscode.l10n.t('$(history) Prompt version {0}', number), 'openVersion', { versionId }),
						lens(vscode.l10n.t('Compare with current'), 'compareVersions', { versionId }),
					]),
			lens(vscode.l10n.t('Prompt as sent'), 'openTestedPrompt', testId),
			...(hasRequest ? [lens(vscode.l10n.t('Exact request'), 'showRequest', testId)] : []),
		];
	}

	dispose(): void {
		this.#disposables.dispose();
	}
}
