import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../common/lifecycle.ts';
import type { ModelChoice, WorkshopProtocol } from '../../common/workshopProtocol.ts';
import type { Store } from '../../storage/contract.ts';
import { limits } from '../../workshop/rules.ts';
import { PagePanel } from '../kit/pagePanel.ts';
import { AppError } from '../../common/errors.ts';
import type { SuiteTab } from './suiteTab.ts';
import { WorkshopFeed } from './workshopFeed.ts';
import { workshopHandlers } from './workshopHandlers.ts';
import type { WorkshopIntents } from './workshopIntents.ts';
import type { WorkshopPanelServices } from './workshopPanelServices.ts';
import { workshopTitle } from './workshopTitle.ts';

export interface WorkshopSessionOptions {
	store: Store;
	draftId: number;
	panel: vscode.WebviewPanel;
	/** Outlives the panel. */
	intents: WorkshopIntents;
	/** Whether the panel was there before a reload or restart. */
	restored: boolean;
}

/** Serves the page of one panel and sends it changes. */
export class WorkshopSession implements Disposable {
	readonly #services: WorkshopPanelServices;
	readonly #options: WorkshopSessionOptions;
	readonly #disposables = new DisposableStore();
	readonly page: PagePanel<WorkshopProtocol>;
	readonly #feed: WorkshopFeed;
	#suite: Promise<SuiteTab> | undefined;

	constructor(services: WorkshopPanelServices, options: WorkshopSessionOptions) {
		this.#services = services;
		this.#options = options;
		const { log, workshop, topics } = services;
		const { store, draftId, panel, intents } = options;
		const handlers = workshopHandlers(services, store, draftId, {
			snapshot: () => this.#snapshot(),
			earlier: (before) => this.#feed.earlier(before),
			history: (params) => this.#feed.history.page(params),
			keepIntent: (intent) => intents.set(draftId, intent),
			suite: () => (this.#suite ??= this.#openSuite()),
		});
		const page = new PagePanel<WorkshopProtocol>(panel, handlers, (method, error) => {
			if (error.code !== 'cancelled') {
				log.warn(`workshop panel, ${method}: ${error.code}: ${error.message}`);
			}
		});
		this.page = this.#disposables.add(page);
		this.#feed = new WorkshopFeed(store, {
			draftId,
			workshop,
			topics,
			server: page.server,
			onGone: () => {
				intents.forget(draftId);
				panel.dispose();
			},
			onError: (error) => log.error(error instanceof Error ? error : String(error), 'workshop panel'),
			onName: (name) => page.setTitle(workshopTitle(name)),
		});
		this.#disposables.add(this.#feed);
		this.#disposables.add(
			services.modelChoice.onDidChange(() => {
				this.#models().then(
					(models) => page.server.send('models', models),
					(error: unknown) => log.warn(`workshop panel, models: ${String(error)}`),
				);
			}),
		);
	}

	dispose(): void {
		this.#disposables.dispose();
	}

	async #openSuite(): Promise<SuiteTab> {
		const tabs = this.#services.suiteTabs();
		if (!tabs) {
			throw new AppError('internal', 'The feature of suites is not registered');
		}
		const { draftId, store } = this.#options;
		return this.#disposables.add(await tabs.open(draftId, store, (view) => this.page.server.send('suite', view)));
	}

	async #models(): Promise<ModelChoice> {
		const { workshop, settings } = this.#services;
		const { chat, test } = await workshop.modelsOf(this.#options.draftId);
		return { chatModel: chat ?? null, testModel: test ?? null, thinking: settings().thinking };
	}

	async #snapshot(): Promise<WorkshopProtocol['requests']['snapshot']['result']> {
		const { intents, draftId, restored } = this.#options;
		const kept = await intents.get(draftId);
		const models = await this.#models();
		const state = await this.#feed.snapshot();
		const { testQuery, articles, notes } = limits;
		return {
			...state,
			locale: vscode.env.language,
			show: this.page.begin(),
			models,
			suites: this.#services.suiteTabs() !== undefined,
			limits: {
				query: [testQuery.minimum, testQuery.maximum],
				articles: [articles.minimum, articles.maximum, articles.default],
				notes: notes.maximum,
			},
			kept: { ...kept, restored },
		};
	}
}
