import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Fixture } from '../../common/api.ts';
import { toAppError, type AppError } from '../../common/errors.ts';
import type { LabSettings } from '../../common/labState.ts';
import { DisposableStore } from '../../common/lifecycle.ts';
import type { ThinkingLevel } from '../../common/model.ts';
import type { Lab } from '../../lab/lab.ts';
import type { LabSession } from '../../lab/session.ts';
import type { Store } from '../../storage/contract.ts';
import { LabDocuments } from './labDocuments.ts';
import { LabRuns } from './labRuns.ts';
import { showWarning } from '../kit/notify.ts';
import type { LabPage } from './labPage.ts';
import { LabPrompts } from './labPrompts.ts';
import { RestoredPanels } from '../kit/restoredPanels.ts';

const viewType = 'promptWorkshop.lab';

/** What Lab panels need. The store is used only if it is already open, and only for reading. */
export interface LabPanelServices {
	extension: Pick<vscode.ExtensionContext, 'extensionUri' | 'globalStorageUri' | 'workspaceState'>;
	lab: Lab;
	openedStore: () => Promise<Store> | undefined;
	settings: () => { thinking: ThinkingLevel; maxTokens: number };
	/** The model chosen for tests, or undefined; does not ask the user. */
	chosenModel: () => string | undefined;
	/** Lets the user pick a model. */
	pickModel: () => Promise<string>;
	/** US dollars per million input tokens, if the price is known. */
	inputPrice: (model: string) => number | undefined;
	runCommand: (id: string, ...parameters: unknown[]) => Promise<unknown>;
	log: vscode.LogOutputChannel;
}

/** The Lab's panels, one for each open fixture. */
export class LabPanels implements vscode.Disposable {
	readonly #services: LabPanelServices;
	readonly #disposables = new DisposableStore();
	readonly documents: LabDocuments;
	readonly #runs: LabRuns;
	readonly #prompts: LabPrompts;
	/** By fixture. Includes pages that are being opened, so that two calls open only one. */
	readonly #pages = new Map<string, Promise<LabPage>>();
	/** In order of last use; the most recent page is last. */
	readonly #open = new Set<LabPage>();
	readonly #panels: RestoredPanels<string>;

	constructor(services: LabPanelServices) {
		this.#services = services;
		this.documents = this.#disposables.add(new LabDocuments());
		this.#runs = new LabRuns(vscode.Uri.joinPath(services.extension.globalStorageUri, 'lab-runs').fsPath);
		this.#prompts = new LabPrompts(services.openedStore);
		this.#panels = this.#disposables.add(
			new RestoredPanels({
				viewType,
				extension: services.extension,
				idOf: fixtureIdOf,
				revive: (panel, fixtureId) => this.#revive(panel, fixtureId),
				onFailed: (error) => this.#log('reopen', toAppError(error)),
			}),
		);
	}

	/** Shows a fixture after checking access, letting the user sign in. Resolves to its session. */
	async open(fixtureNameOrId: string): Promise<LabSession> {
		await this.#services.lab.requireFacilitator({ interactive: true });
		const fixture = await this.#services.lab.loadFixture(fixtureNameOrId);
		const open = await this.#pages.get(fixture.id);
		if (open) {
			open.panel.reveal();
			this.#markLastUsed(open);
			return open.session;
		}
		const panel = this.#panels.create(fixture.id, fixture.name, vscode.ViewColumn.Active);
		return (await this.#show(panel, fixture)).session;
	}

	/** The page that was last active. */
	get active(): LabPage | undefined {
		return [...this.#open].at(-1);
	}

	#markLastUsed(page: LabPage): void {
		this.#open.delete(page);
		this.#open.add(page);
	}

	/** Stops the runs of all panels. */
	stop(): void {
		for (const { session } of this.#open) {
			session.stop();
		}
	}

	async #revive(panel: vscode.WebviewPanel, fixtureId = ''): Promise<void> {
		try {
			const fixture = await this.#services.lab.loadFixture(fixtureId);
			await this.#show(panel, fixture);
		} catch (thrown) {
			const error = toAppError(thrown);
			this.#log('restore', error);
			panel.dispose();
			void showWarning(vscode.l10n.t('Could not restore a Prompt Lab panel: {0}', error.message));
		}
	}

	#show(panel: vscode.WebviewPanel, fixture: Fixture): Promise<LabPage> {
		const opening = this.#createPage(panel, fixture);
		this.#pages.set(fixture.id, opening);
		opening.catch(() => {
			this.#pages.delete(fixture.id);
			panel.dispose();
		});
		return opening;
	}

	async #createPage(panel: vscode.WebviewPanel, fixture: Fixture): Promise<LabPage> {
		const kept = await this.#runs.load(fixture).catch((error: unknown) => {
			this.#log('load', toAppError(error));
			return undefined;
		});
		const { LabPage } = await import('./labPage.ts');
		const page = await LabPage.create(panel, fixture, kept, {
			...this.#services,
			runs: this.#runs,
			prompts: this.#prompts,
			defaults: () => this.#defaults(),
			newId: randomUUID,
			showDocument: (text, name) => this.documents.show(text, name),
			onRejected: (method, error) => this.#log(method, error),
		});
		this.#open.add(page);
		panel.onDidChangeViewState(() => {
			if (panel.active) {
				this.#markLastUsed(page);
			}
		});
		panel.onDidDispose(() => {
			this.#pages.delete(fixture.id);
			this.#open.delete(page);
			page.dispose();
		});
		this.#services.log.debug(`[lab] opened ${fixture.id}`);
		return page;
	}

	#defaults(): LabSettings {
		return {
			...this.#services.settings(),
			model: this.#services.chosenModel() ?? null,
			replay: 'turn',
			tools: 'recorded',
		};
	}

	#log(what: string, error: AppError): void {
		if (error.code !== 'cancelled') {
			this.#services.log.warn(`[lab] ${what}: ${error.code}: ${error.message}`);
		}
	}

	dispose(): void {
		for (const page of this.#open) {
			page.dispose();
		}
		this.#disposables.dispose();
	}
}

function fixtureIdOf(state: unknown): string | undefined {
	const id = typeof state === 'object' && state !== null && 'fixtureId' in state ? state.fixtureId : undefined;
	return typeof id === 'string' ? id : undefined;
}
