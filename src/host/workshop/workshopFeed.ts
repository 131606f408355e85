import * as vscode from 'vscode';
import { isAppError } from '../../common/errors.ts';
import { SerialQueue } from '../../common/serialQueue.ts';
import { DisposableStore, type Disposable } from '../../common/lifecycle.ts';
import type { RpcServer } from '../../common/rpc.ts';
import type { WorkshopProtocol, WorkshopSnapshot } from '../../common/workshopProtocol.ts';
import type { Message, TestResult } from '../../common/model.ts';
import { readPromptMetadata } from '../../prompts/promptMetadata.ts';
import type { Repositories, Store, StoreChange } from '../../storage/contract.ts';
import type { TopicIndex } from '../../topics/contract.ts';
import type { LiveRun } from '../../workshop/liveRuns.ts';
import type { NextStep } from '../../workshop/nextSteps.ts';
import { suggestedQuestion } from '../../workshop/suggestedQuestion.ts';
import type { Workshop } from '../../workshop/workshop.ts';
import { ResultHistory } from './resultHistory.ts';
import { feedRun } from './runFeed.ts';
import {
	draftView,
	type ChatFacts,
	messageFingerprint,
	messageView,
	maxRecentQueries,
	newestPage,
	recentQueries,
	runView,
} from './workshopViews.ts';

/** Store changes within this many milliseconds are sent together. */
const pushDelay = 40;

export interface WorkshopFeedOptions {
	draftId: number;
	workshop: Workshop;
	topics: TopicIndex;
	server: RpcServer<WorkshopProtocol>;
	/** Called when the draft was deleted. */
	onGone: () => void;
	onError: (error: unknown) => void;
	onName: (name: string | null) => void;
}

/**
 * Feeds a panel's page: the initial state, then what changes. Everything goes through one queue, so that snapshots and
 * changes stay in order.
 */
export class WorkshopFeed implements Disposable {
	readonly #options: WorkshopFeedOptions;
	readonly #store: Store;
	readonly #disposables = new DisposableStore();
	/** The results as the History tab lists them. */
	readonly history: ResultHistory;
	readonly #feeds = new Map<LiveRun, Disposable>();
	/** Messages that the page has, with their fingerprints. */
	readonly #sent = new Map<number, string>();
	#recent: string[] = [];
	readonly #queue = new SerialQueue();
	#pending: { chat: boolean; draft: boolean; allResults: boolean; results: Set<string> } | undefined;
	#chatId: number | null = null;

	constructor(store: Store, options: WorkshopFeedOptions) {
		this.#store = store;
		this.#options = options;
		const { workshop, topics, server, draftId } = options;
		this.history = new ResultHistory(store, draftId, () => workshop.runs.of(draftId, 'test').map(({ key }) => key));
		const add = this.#disposables.add.bind(this.#disposables);
		add(store.onDidChange((change) => this.#onChange(change)));
		add(
			workshop.runs.onDidStart((run) => {
				if (run.draftId === draftId) {
					server.send('runStarted', runView(run));
					this.#follow(run);
				}
			}),
		);
		add(
			workshop.runs.onDidEnd((run) => {
				this.#feeds.delete(run);
				if (run.draftId === draftId) {
					this.#plan({
						chat: run.kind === 'chat',
						draft: true,
						results: run.kind === 'test' ? [run.key] : [],
					});
				}
			}),
		);
		add(
			topics.onDidChange(() => {
				void this.#enqueue(async () => server.send('topics', await topicViews(topics)));
			}),
		);
		for (const run of workshop.runs.of(draftId)) {
			this.#follow(run);
		}
	}

	/** The page's initial state, except for what the panel adds. */
	async snapshot(): Promise<Omit<WorkshopSnapshot, 'locale' | 'show' | 'models' | 'suites' | 'limits' | 'kept'>> {
		const { draftId, workshop, topics } = this.#options;
		return this.#enqueue(async () => {
			const chat = await this.#chatFacts();
			const listed = await topicViews(topics);
			const state = await this.#store.read((repositories) => {
				const draft = repositories.drafts.get(draftId);
				this.#chatId = draft.workshopChatId;
				const messages = shownMessages(repositories, this.#chatId);
				const results = repositories.results.list(draftId);
				return { draft, messages, results, versions: repositories.versions.list('draft', draftId) };
			});
			// Nothing is awaited from here on, so runs and messages are from the same moment.
			const page = newestPage(state.messages);
			this.#sent.clear();
			this.#recent = recentQueries(state.results, readPromptMetadata(state.draft.metadata).questions);
			return {
				draft: draftView(state.draft, state.versions, chat),
				messages: page.map((message) => this.#view(message)),
				earlier: state.messages.length - page.length,
				runs: workshop.runs.of(draftId).map(runView),
				topics: listed,
				resultCount: state.results.length,
				latestId: state.results[0]?.testId ?? null,
				recentQueries: this.#recent,
			};
		});
	}

	async earlier(before: number): Promise<WorkshopProtocol['requests']['earlier']['result']> {
		return this.#enqueue(async () => {
			const messages = await this.#store.read((repositories) => shownMessages(repositories, this.#chatId));
			const older = messages.filter(({ id }) => id < before);
			const page = newestPage(older);
			return { messages: page.map((message) => this.#view(message)), earlier: older.length - page.length };
		});
	}

	dispose(): void {
		this.#disposables.dispose();
		for (const feed of this.#feeds.values()) {
			feed.dispose();
		}
		this.#feeds.clear();
	}

	#follow(run: LiveRun): void {
		const { server } = this.#options;
		this.#feeds.set(
			run,
			feedRun(run, (from, parts) => server.send('parts', { key: run.key, from, parts })),
		);
	}

	#isLive(message: Message): boolean {
		const { workshop, draftId } = this.#options;
		return workshop.runs.of(draftId, 'chat').some(({ key }) => key === String(message.id));
	}

	#view(message: Message) {
		const live = this.#isLive(message);
		this.#sent.set(message.id, messageFingerprint(message, live));
		return messageView(message, live);
	}

	async #chatFacts(): Promise<ChatFacts> {
		const { workshop, draftId } = this.#options;
		const steps = await workshop.nextSteps(draftId);
		const messages = await this.#store.read((repositories) =>
			shownMessages(repositories, repositories.drafts.get(draftId).workshopChatId),
		);
		return {
			lastBlock: await this.#lastBlock(),
			nextSteps: steps.map(stepMessage),
			suggestedQuestion: suggestedQuestion(messages),
		};
	}

	async #lastBlock(): Promise<string | undefined> {
		try {
			const { blocks, proposed } = await this.#options.workshop.extractable(this.#options.draftId);
			return blocks[proposed]?.content;
		} catch (thrown) {
			// No answer with a block, or one that is still arriving.
			if (isAppError(thrown, 'not-found') || isAppError(thrown, 'validation')) {
				return undefined;
			}
			throw thrown;
		}
	}

	#onChange(change: StoreChange): void {
		const { draftId, workshop } = this.#options;
		const chat = change.all || (this.#chatId !== null && change.chats.includes(this.#chatId));
		const draft = change.all || change.drafts.includes(draftId);
		if (draft) {
			this.history.forget();
		}
		// While an answer streams in this window, changes of the chat come from its run.
		const streaming = workshop.runs.of(draftId, 'chat').some(({ key }) => this.#sent.has(Number(key)));
		const results = [...change.results];
		if ((chat && !streaming) || draft || results.length > 0) {
			this.#plan({ chat: chat && !streaming, draft, results, allResults: change.all });
		}
	}

	#plan(work: { chat: boolean; draft: boolean; results: readonly string[]; allResults?: boolean }): void {
		if (!this.#pending) {
			this.#pending = { chat: false, draft: false, allResults: false, results: new Set() };
			setTimeout(() => void this.#enqueue(() => this.#push()), pushDelay);
		}
		this.#pending.chat ||= work.chat;
		this.#pending.draft ||= work.draft;
		this.#pending.allResults ||= work.allResults ?? false;
		for (const id of work.results) {
			this.#pending.results.add(id);
		}
	}

	async #push(): Promise<void> {
		const work = this.#pending;
		this.#pending = undefined;
		if (!work || this.#disposables.isDisposed) {
			return;
		}
		const { draftId, server, onGone, onName } = this.#options;
		try {
			if (work.chat) {
				this.#sendMessages(await this.#store.read((repositories) => shownMessages(repositories, this.#chatId)));
			}
			if (work.draft || work.chat) {
				const chat = await this.#chatFacts();
				const { draft, versions } = await this.#store.read((repositories) => ({
					draft: repositories.drafts.get(draftId),
					versions: repositories.versions.list('draft', draftId),
				}));
				onName(draft.draftName);
				server.send('draft', draftView(draft, versions, chat));
			}
			if (work.allResults || work.results.size > 0) {
				await this.#sendResults(work.allResults ? undefined : work.results);
			}
		} catch (thrown) {
			if (!isAppError(thrown, 'not-found')) {
				throw thrown;
			}
			onGone();
		}
	}

	#sendMessages(messages: readonly Message[]): void {
		const first = Math.min(...this.#sent.keys(), Infinity);
		const existing = new Set(messages.map(({ id }) => id));
		const removed = [...this.#sent.keys()].filter((id) => !existing.has(id));
		for (const id of removed) {
			this.#sent.delete(id);
		}
		const changed = messages
			.filter((message) => message.id >= first || first === Infinity)
			.filter((message) => this.#sent.get(message.id) !== messageFingerprint(message, this.#isLive(message)))
			.map((message) => this.#view(message));
		if (changed.length > 0 || removed.length > 0) {
			this.#options.server.send('messages', { changed, removed });
		}
	}

	/** `ids` are those that changed; absent for all. */
	async #sendResults(ids: ReadonlySet<string> | undefined): Promise<void> {
		const { draftId, server } = this.#options;
		const event = await this.#store.read(({ drafts, results }) => {
			const found = ids ? [...ids].flatMap((id) => findResult(results, id)) : results.list(draftId);
			const changed = found.filter((result) => result.draftId === draftId);
			const existing = new Set(found.map(({ testId }) => testId));
			this.#recent = [...new Set([...recentQueries(changed), ...this.#recent])].slice(0, maxRecentQueries);
			return {
				changed: changed.map(({ testId }) => testId),
				removed: [...(ids ?? [])].filter((id) => !existing.has(id)),
				total: drafts.get(draftId).testCount,
				recentQueries: this.#recent,
			};
		});
		server.send('results', event);
	}

	#enqueue<T>(work: () => Promise<T>): Promise<T> {
		const result = this.#queue.run(work);
		result.catch((error: unknown) => this.#options.onError(error));
		return result;
	}
}

function stepMessage(step: NextStep): string {
	switch (step) {
		case 'write':
			return vscode.l10n.t('Write the prompt now');
		case 'useResults':
			return vscode.l10n.t('Use the latest test results');
		default:
			return step.message;
	}
}

function findResult(results: Repositories['results'], testId: string): TestResult[] {
	try {
		return [results.get(testId)];
	} catch (thrown) {
		if (isAppError(thrown, 'not-found')) {
			return [];
		}
		throw thrown;
	}
}

function shownMessages({ chats }: Repositories, chatId: number | null): Message[] {
	return chatId === null ? [] : chats.messages(chatId).filter(({ role }) => role !== 'system');
}

async function topicViews(topics: TopicIndex): Promise<WorkshopSnapshot['topics']> {
	return (await topics.list()).map(({ name, articles }) => ({ name, articles }));
}
