import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../common/lifecycle.ts';
import type { WorkshopShow } from '../../common/workshopProtocol.ts';
import { RestoredPanels } from '../kit/restoredPanels.ts';
import type { SuiteTabs } from './suiteTab.ts';
import { WorkshopIntents } from './workshopIntents.ts';
import type { WorkshopPanelServices } from './workshopPanelServices.ts';
import type { WorkshopSession, WorkshopSessionOptions } from './workshopSession.ts';
import { workshopTitle } from './workshopTitle.ts';

const viewType = 'promptWorkshop.workshop';

/** The Workshop panels of this window, one per draft, restored after a reload. */
export class WorkshopPanels implements Disposable {
	readonly #services: WorkshopPanelServices;
	readonly #disposables = new DisposableStore();
	readonly #open = new Map<number, WorkshopPanel>();
	readonly #intents: WorkshopIntents;
	readonly #panels: RestoredPanels<number>;
	readonly #activated = new vscode.EventEmitter<number>();
	/** Serves the Suite tabs, which the feature of suites registers. */
	suiteTabs: SuiteTabs | undefined;

	/** A panel became active; its draft. */
	readonly onDidActivate = this.#activated.event;

	constructor(services: Omit<WorkshopPanelServices, 'suiteTabs'>) {
		this.#services = { ...services, suiteTabs: () => this.suiteTabs };
		const { log, storage, dataFolder } = services;
		const onFailed = (error: unknown) => log.warn(`workshop panel: ${String(error)}`);
		this.#disposables.add(this.#activated);
		this.#intents = new WorkshopIntents(storage, dataFolder, onFailed);
		this.#panels = this.#disposables.add(
			new RestoredPanels({
				viewType,
				extension: services,
				idOf: draftIdOf,
				onFailed,
				revive: async (panel, draftId) => {
					if (draftId === undefined || this.#open.has(draftId)) {
						panel.dispose();
					} else {
						this.#adopt(draftId, panel, true);
					}
				},
			}),
		);
	}

	/** Shows the panel of a draft, and optionally a part of it. Rejects with `not-found` for an unknown draft. */
	async open(draftId: number, options: { column?: vscode.ViewColumn; show?: WorkshopShow } = {}): Promise<void> {
		const store = await this.#services.store();
		const { draftName } = await store.read(({ drafts }) => drafts.get(draftId));
		let opened = this.#open.get(draftId);
		if (opened) {
			opened.panel.reveal(opened.panel.viewColumn ?? options.column, false);
		} else {
			const column = options.column ?? vscode.ViewColumn.Beside;
			opened = this.#adopt(draftId, this.#panels.create(draftId, workshopTitle(draftName), column), false);
		}
		if (options.show) {
			await opened.show(options.show);
		}
	}

	/** The draft whose panel is active. */
	get activeDraftId(): number | undefined {
		return [...this.#open].find(([, { panel }]) => panel.active)?.[0];
	}

	/** Writes what pages have kept last. */
	keep(): Promise<void> {
		return this.#intents.flush();
	}

	/** Keeps the tabs: the window is about to remember them, or the next host restores them. */
	dispose(): void {
		this.#disposables.dispose();
		for (const opened of this.#open.values()) {
			opened.dispose();
		}
	}

	#adopt(draftId: number, panel: vscode.WebviewPanel, restored: boolean): WorkshopPanel {
		const opened = new WorkshopPanel(this.#services, { draftId, panel, restored, intents: this.#intents });
		this.#open.set(draftId, opened);
		const announce = () => panel.active && this.#activated.fire(draftId);
		panel.onDidChangeViewState(announce);
		announce();
		panel.onDidDispose(() => {
			this.#open.delete(draftId);
			opened.dispose();
		});
		return opened;
	}
}

/** One panel. The code that serves its page is loaded when the first panel opens. */
class WorkshopPanel implements Disposable {
	readonly panel: vscode.WebviewPanel;
	readonly #disposables = new DisposableStore();
	readonly #session: Promise<WorkshopSession | undefined>;

	constructor(services: WorkshopPanelServices, options: Omit<WorkshopSessionOptions, 'store'>) {
		const { panel } = options;
		this.panel = panel;
		this.#session = this.#start(services, options).catch((error: unknown) => {
			services.log.error(error instanceof Error ? error : String(error), 'workshop panel');
			panel.dispose();
			return undefined;
		});
	}

	async show(show: WorkshopShow): Promise<void> {
		(await this.#session)?.page.show(show);
	}

	dispose(): void {
		this.#disposables.dispose();
	}

	async #start(
		services: WorkshopPanelServices,
		options: Omit<WorkshopSessionOptions, 'store'>,
	): Promise<WorkshopSession | undefined> {
		const { WorkshopSession } = await import('./workshopSession.ts');
		const store = await services.store();
		const { draftName } = await store.read(({ drafts }) => drafts.get(options.draftId));
		if (this.#disposables.isDisposed) {
			return undefined;
		}
		const session = this.#disposables.add(new WorkshopSession(services, { ...options, store }));
		session.page.load(services.extensionUri, 'workshop', workshopTitle(draftName));
		return session;
	}
}

function draftIdOf(state: unknown): number | undefined {
	const id = typeof state === 'object' && state !== null && 'draftId' in state ? state.draftId : undefined;
	return typeof id === 'number' && Number.isSafeInteger(id) ? id : undefined;
}
