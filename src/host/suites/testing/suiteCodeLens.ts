import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../../common/lifecycle.ts';
import { draftIdOf, draftScheme } from '../../drafts/draftUri.ts';
import { onDidChangeSettings, readSettings } from '../../kit/settings.ts';
import { formatOf, type SuiteFiles } from '../suiteFiles.ts';
import type { SuiteServices } from '../suiteServices.ts';
import { suiteAddress, suiteScheme, suiteUri } from '../suiteUri.ts';
import { caseLensTitle, suiteLensTitles } from './lensTitles.ts';

const selector: vscode.DocumentSelector = [
	{ scheme: draftScheme },
	{ scheme: suiteScheme },
	{ scheme: 'file', pattern: '**/*.prompttest.{yaml,yml,json}' },
];

/** Longer suites are not read at each key, and VS Code would draw too many lines. */
const maxCharacters = 1_000_000;
const maxCases = 2_000;

type Services = Pick<SuiteServices, 'openStore' | 'openTests'> & { suiteFiles: Pick<SuiteFiles, 'read'> };

/** Shows above a draft what its suite found, and above each case of a suite its last verdict, with a way to run them. */
export class SuiteCodeLens implements vscode.CodeLensProvider, Disposable {
	readonly #changed = new vscode.EventEmitter<void>();
	readonly #disposables = new DisposableStore();
	readonly #services: Services;
	#isFollowing = false;

	readonly onDidChangeCodeLenses = this.#changed.event;

	constructor(services: Services) {
		this.#services = services;
		for (const item of [
			this.#changed,
			onDidChangeSettings('codeLens', () => this.#changed.fire()),
			vscode.languages.registerCodeLensProvider(selector, this),
		]) {
			this.#disposables.add(item);
		}
	}

	async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
		if (!readSettings().codeLens || (document.uri.scheme === 'file' && !vscode.workspace.isTrusted)) {
			return [];
		}
		const draftId = draftIdOf(document.uri);
		return draftId === undefined ? this.#ofCases(document) : this.#ofDraft(draftId);
	}

	async #tree() {
		const { explorer } = await this.#services.openTests();
		if (!this.#isFollowing) {
			this.#isFollowing = true;
			this.#disposables.add(explorer.onDidChange(() => this.#changed.fire()));
		}
		return explorer.tree;
	}

	async #ofDraft(draftId: number): Promise<vscode.CodeLens[]> {
		const store = await this.#services.openStore();
		const owner = { ownerKind: 'draft', ownerId: draftId } as const;
		const tree = await this.#tree();
		const uri = suiteUri(store.status.storeId, owner).toString();
		const suite = await tree.load(uri);
		if (!suite?.cases) {
			return [];
		}
		const { run, results } = suiteLensTitles(suite);
		return [
			lens(0, `$(run-all) ${run}`, 'runSuite', { suite: uri }),
			...results.map((title) => lens(0, title, 'openReport', suite.latest?.runId)),
		];
	}

	/** Places are those of the text as it is typed; VS Code asks again after each change. */
	async #ofCases(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
		const uri = suiteAddress(document.uri).toString();
		const text = document.getText();
		if (text.length > maxCharacters) {
			return [];
		}
		const { suite: read } = await this.#services.suiteFiles.read({ uri, text, format: formatOf(document.uri) });
		const suite = await (await this.#tree()).load(uri);
		const cases = read?.cases.filter(({ file }) => file === undefined) ?? [];
		return cases.slice(0, maxCases).flatMap(({ name, line }) => {
			const outcome = suite?.outcomes.get(name);
			return [
				lens(line - 1, vscode.l10n.t('$(play) Run'), 'runCase', { suite: uri, name }),
				...(outcome ? [lens(line - 1, caseLensTitle(outcome), 'openReport', outcome.runId)] : []),
			];
		});
	}

	dispose(): void {
		this.#disposables.dispose();
	}
}

function lens(line: number, title: string, command: string, argument: unknown): vscode.CodeLens {
	return new vscode.CodeLens(new vscode.Range(line, 0, line, 0), {
		title,
		command: `promptWorkshop.${command}`,
		arguments: [argument],
	});
}
