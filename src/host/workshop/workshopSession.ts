import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../common/lifecycle.ts';
import { createRpcServer, type RpcServer } from '../../common/rpc.ts';
import type { ModelChoice, WorkshopProtocol, WorkshopTab } from '../../common/workshopProtocol.ts';
import type { Store } from '../../storage/contract.ts';
import { limits } from '../../workshop/rules.ts';
import { webviewPort } from '../kit/webviewHost.ts';
import { WorkshopFeed } from './workshopFeed.ts';
import { workshopHandlers } from './workshopHandlers.ts';
import type { WorkshopIntents } from './workshopIntents.ts';
import type { WorkshopPanelServices } from './workshopPanelServices.ts';
import { workshopStrings } from './workshopStrings.ts';

export interface WorkshopSessionOptions {
	store: Store;
	draftId: number;
	panel: vscode.WebviewPanel;
	/** Outlives the panel. */
	intents: WorkshopIntents;
	onName: (name: string | null) => void;
}

/** Answers the page of one panel, and tells it what changes. */
export class WorkshopSession implements Disposable {
	readonly #services: WorkshopPanelServices;
	readonly #options: WorkshopSessionOptions;
	readonly #disposables = new DisposableStore();
	readonly #server: RpcServer<WorkshopProtocol>;
	readonly #feed: WorkshopFeed;
	/** Whether a page is there that has its state. */
	#pageReady = false;
	/** Asked for while no page was there. */
	#tab: WorkshopTab | null = null;

	constructor(services: WorkshopPanelServices, options: WorkshopSessionOptions) {
		this.#services = services;
		this.#options = options;
		const { log, workshop, topics } = services;
		const { store, draftId, panel, intents, onName } = options;
		const handlers = workshopHandlers(services, store, draftId, {
			snapshot: () => this.#snapshot(),
			earlier: (before) => this.#feed.earlier(before),
			history: (params) => this.#feed.history.page(params),
			keepIntent: (intent) => intents.set(draftId, intent),
		});
		this.#server = createRpcServer<WorkshopProtocol>(webviewPort(panel), handlers, (method, error) => {
			if (error.code !== 'cancelled') {
				log.warn(`workshop panel, ${method}: ${error.code}: ${error.message}`);
			}
		});
		this.#feed = new WorkshopFeed(store, {
			draftId,
			workshop,
			topics,
			server: this.#server,
			onGone: () => {
				intents.forget(draftId);
				panel.dispose();
			},
			onError: (error) => log.error(error instanceof Error ? error : String(error), 'workshop panel'),
			onName,
		});
		this.#disposables.add(this.#server);
		this.#disposables.add(this.#feed);
		this.#disposables.add(
			services.modelChoice.onDidChange(() => {
				this.#models().then(
					(models) => this.#server.send('models', models),
					(error: unknown) => log.warn(`workshop panel, models: ${String(error)}`),
				);
			}),
		);
		this.#disposables.add(
			panel.onDidChangeViewState(() => {
				// A hidden page is thrown away; a new one asks for its state.
				this.#pageReady &&= panel.visible;
			}),
		);
	}

	showTab(tab: WorkshopTab): void {
		if (this.#pageReady) {
			this.#server.send('tab', tab);
		} else {
			this.#tab = tab;
		}
	}

	dispose(): void {
		this.#disposables.dispose();
	}

	async #models(): Promise<ModelChoice> {
		const { modelChoice, chatModels, settings } = this.#services;
		const { store, draftId } = this.#options;
		const { workshopChatId: chat } = await store.read(({ drafts }) => drafts.get(draftId));
		const begun = chat === null ? undefined : chatModels.of(store.status.storeId, chat);
		return {
			chatModel: begun ?? modelChoice.chosen('chat') ?? null,
			testModel: modelChoice.chosen('test') ?? null,
			thinking: settings().thinking,
		};
	}

	async #snapshot(): Promise<WorkshopProtocol['requests']['snapshot']['result']> {
		const { intents, draftId } = this.#options;
		const intent = await intents.get(draftId);
		const models = await this.#models();
		const state = await this.#feed.snapshot();
		const tab = this.#tab;
		this.#tab = null;
		this.#pageReady = true;
		const { testQuery, articles, notes } = limits;
		return {
			...state,
			strings: workshopStrings(vscode.l10n),
			locale: vscode.env.language,
			tab,
			models,
			limits: {
				query: [testQuery.minimum, testQuery.maximum],
				articles: [articles.minimum, articles.maximum, articles.default],
				notes: notes.maximum,
			},
			intent: intent ?? null,
		};
	}
}
