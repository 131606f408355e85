import { render } from 'lit';
import { toAppError, type ErrorCode } from '../../common/errors.ts';
import { createRpcClient, type RpcClient } from '../../common/rpc.ts';
import type { ShownTurn } from '../../common/shownTurn.ts';
import { turnEnd } from '../../common/turnEnd.ts';
import type { WorkshopProtocol, WorkshopSnapshot, WorkshopTab } from '../../common/workshopProtocol.ts';
import type { WorkshopStrings } from '../../common/workshopStrings.ts';
import type { ShownError } from '../shared/errorNote.ts';
import { createFormatter, type Formatter } from '../shared/format.ts';
import { frameBatch } from '../shared/frameBatch.ts';
import { endAnnouncement } from '../shared/turnEnding.ts';
import type { WebviewApi } from '../shared/vscodeApi.ts';
import { missingRows, withPage, type RowRange } from './historyRows.ts';
import { newestIntent, type Intent } from './intent.ts';
import {
	fromSnapshot,
	withEarlier,
	withMessages,
	withParts,
	withResults,
	withRun,
	type WorkshopState,
} from './state.ts';
import { appView } from './views/appView.ts';

type Requests = WorkshopProtocol['requests'];

/** Where an error is shown. `result:` and `turn:` are followed by an id. */
export type Place =
	| 'panel'
	| 'chat'
	| 'earlier'
	| 'test'
	| 'history'
	| 'rows'
	| 'name'
	| 'description'
	| 'status'
	| 'footer'
	| `result:${string}`
	| `rate:${string}`;

export interface PlacedError extends ShownError {
	code?: ErrorCode;
	/** Id of the provider that it came from. */
	provider?: string;
	retry?: () => void;
}

/** Milliseconds after the last change until intent is kept. */
const keepDelay = 300;

/** Where the focus goes from a button that is gone or off, such as Run, Stop or Retry: where one types, and Escape stops. */
const nextFocus = ['.composer .textarea', '.form .textarea', '.filter .input', '.tab[tabindex="0"]'];

/** Joins the host's state, the user's intent and the page. */
export class WorkshopApp {
	declare state: WorkshopState;
	declare intent: Intent;
	declare strings: WorkshopStrings;
	declare format: Formatter;
	readonly errors = new Map<Place, PlacedError>();
	/** Calls under way, by place. */
	readonly busy = new Set<Place>();

	/** What a screen reader is told: how a stream goes on, in steps and not in tokens. */
	announcement = '';

	readonly #api: WebviewApi;
	readonly #root: HTMLElement;
	readonly #rpc: RpcClient<WorkshopProtocol>;
	#keepTimer: ReturnType<typeof setTimeout> | undefined;
	#asking = false;
	/** Rows of the history that were last in view; where none were, the remembered place tells. */
	#inView: RowRange | undefined;
	readonly #draw = frameBatch(() => this.#render());

	constructor(api: WebviewApi, root: HTMLElement) {
		this.#api = api;
		this.#root = root;
		this.#rpc = createRpcClient<WorkshopProtocol>(api.port, () => void this.refresh());
		this.#listen();
		document.addEventListener('visibilitychange', () => this.#keepNow());
		window.addEventListener('pagehide', () => this.#keepNow());
	}

	get ready(): boolean {
		return this.state !== undefined;
	}

	/** Asks the host for everything; once at the start and after every gap. */
	async refresh(): Promise<void> {
		if (this.#asking) {
			return;
		}
		this.#asking = true;
		try {
			this.#take(await this.#rpc.call('snapshot', null));
		} catch (thrown) {
			const { message } = toAppError(thrown);
			this.errors.set('panel', { message, retry: () => void this.refresh() });
			this.#draw();
		} finally {
			this.#asking = false;
		}
	}

	/** Calls the host. An error is shown at `place`, with Retry where `retry` is given; the answer is then undefined. */
	async call<K extends keyof Requests>(
		place: Place,
		method: K,
		params: Requests[K]['params'],
		retry?: () => unknown,
	): Promise<{ result: Requests[K]['result'] } | undefined> {
		this.errors.delete(place);
		this.busy.add(place);
		this.#draw();
		try {
			return { result: await this.#rpc.call(method, params) };
		} catch (thrown) {
			const error = toAppError(thrown);
			if (error.code !== 'cancelled') {
				this.errors.set(place, {
					message: error.message,
					code: error.code,
					...(error.info.provider !== undefined && { provider: error.info.provider }),
					...(error.info.detail !== undefined && { detail: error.info.detail }),
					...(retry && { retry: () => void retry() }),
				});
			}
			return undefined;
		} finally {
			this.busy.delete(place);
			this.#draw();
		}
	}

	/** Changes what the user meant; it is kept soon after. */
	mean(patch: Partial<Intent>): void {
		this.remember(patch);
		this.#draw();
	}

	/** As `mean`, for what the page shows already. */
	remember(patch: Partial<Intent>): void {
		this.intent = { ...this.intent, ...patch, at: Date.now() };
		this.#keepTimer ??= setTimeout(() => this.#keepNow(), keepDelay);
	}

	/** Gives the focus to what is there once the page is drawn. */
	focus(selector: string): void {
		requestAnimationFrame(() => this.#root.querySelector<HTMLElement>(selector)?.focus());
	}

	change(state: WorkshopState): void {
		this.state = state;
		this.#draw();
	}

	showTab(tab: WorkshopTab): void {
		this.mean({ tab });
		if (tab === 'history') {
			void this.loadRows();
		}
	}

	dismiss(place: Place): void {
		this.errors.delete(place);
		this.#draw();
	}

	/** Fetches the rows of the history that are in view and are not here, or have changed. */
	async loadRows(inView?: RowRange): Promise<void> {
		this.#inView = inView ?? this.#inView;
		while (!this.busy.has('rows')) {
			const { filter, scroll } = this.intent;
			const place = Math.floor(scroll['history'] ?? 0);
			const params = missingRows(this.state.history, filter, this.#inView ?? { first: place, last: place });
			const answer = params && (await this.call('rows', 'history', { ...params, filter }, () => this.loadRows()));
			if (!answer) {
				return;
			}
			// What was typed meanwhile is asked for next.
			if (this.intent.filter === filter) {
				this.change({ ...this.state, history: withPage(this.state.history, filter, answer.result) });
			}
		}
	}

	/** Fetches a result's full answer unless it is there. */
	async loadResult(testId: string, again = false): Promise<void> {
		const place: Place = `result:${testId}`;
		if ((this.state.details.has(testId) && !again) || this.busy.has(place)) {
			return;
		}
		const answer = await this.call(place, 'result', { testId }, () => this.loadResult(testId, again));
		if (answer) {
			this.change({ ...this.state, details: new Map(this.state.details).set(testId, answer.result) });
		}
	}

	/** A rating or note was stored: shows it before the host's event comes. */
	noteStored(testId: string, patch: { userRating?: number | null; notes?: string | null }): void {
		const details = this.state.details.get(testId);
		if (details) {
			const result = { ...details.result, ...patch };
			this.change({ ...this.state, details: new Map(this.state.details).set(testId, { ...details, result }) });
		}
	}

	async loadEarlier(): Promise<void> {
		const first = this.state.messages[0];
		if (first && this.state.earlier > 0 && !this.busy.has('earlier')) {
			const answer = await this.call('earlier', 'earlier', { before: first.id }, () => this.loadEarlier());
			if (answer) {
				this.change(withEarlier(this.state, answer.result));
			}
		}
	}

	#listen(): void {
		const rpc = this.#rpc;
		const whenReady =
			<T>(work: (data: T) => void) =>
			(data: T) => {
				if (this.ready) {
					work(data);
				}
			};
		rpc.on(
			'tab',
			whenReady((tab) => this.showTab(tab)),
		);
		rpc.on(
			'draft',
			whenReady((draft) => this.change({ ...this.state, draft })),
		);
		rpc.on(
			'messages',
			whenReady((event) => this.change(withMessages(this.state, event))),
		);
		rpc.on(
			'runStarted',
			whenReady((run) => {
				this.change(withRun(this.state, run, performance.now()));
				if (run.kind === 'test') {
					this.mean({ shown: run.key, comparing: false });
				}
			}),
		);
		rpc.on(
			'parts',
			whenReady((event) => {
				const next = withParts(this.state, event);
				if (next) {
					this.change(next);
					this.#announce(next.runs.get(event.key)?.turn);
				} else {
					void this.refresh();
				}
			}),
		);
		rpc.on(
			'results',
			whenReady((event) => {
				this.change(withResults(this.state, event));
				if (this.intent.tab === 'history') {
					void this.loadRows();
				}
				for (const testId of event.changed) {
					if (this.state.details.has(testId) || testId === this.intent.shown) {
						void this.loadResult(testId, true);
					}
				}
			}),
		);
		rpc.on(
			'topics',
			whenReady((topics) => this.change({ ...this.state, snapshot: { ...this.state.snapshot, topics } })),
		);
		rpc.on(
			'models',
			whenReady((models) => this.change({ ...this.state, snapshot: { ...this.state.snapshot, models } })),
		);
	}

	#take(snapshot: WorkshopSnapshot): void {
		this.errors.delete('panel');
		const first = !this.ready;
		this.strings = snapshot.strings;
		this.format ??= createFormatter(snapshot.locale);
		const { id } = snapshot.draft;
		if (first) {
			this.intent = newestIntent([this.#api.savedState, snapshot.intent], id);
		}
		this.change(fromSnapshot(snapshot, performance.now(), this.state));
		if (snapshot.tab) {
			this.mean({ tab: snapshot.tab });
		}
		this.#api.saveState(this.intent);
		if (this.intent.tab === 'history') {
			void this.loadRows();
		}
	}

	#announce(turn: ShownTurn | undefined): void {
		const last = turn?.blocks.at(-1);
		if (turn?.stopReason !== undefined) {
			this.announcement = endAnnouncement(turn, turnEnd(turn), this.strings, this.format);
		} else if (last) {
			this.announcement = {
				thinking: this.strings.thinking,
				text: this.strings.answer,
				tool: this.strings.toolRunning,
			}[last.type];
		}
	}

	#keepNow(): void {
		clearTimeout(this.#keepTimer);
		this.#keepTimer = undefined;
		if (this.ready) {
			this.#api.saveState(this.intent);
			void this.#rpc.call('keepIntent', { intent: this.intent });
		}
	}

	#render(): void {
		const active = document.activeElement;
		const focused = this.#root.contains(active) ? active : null;
		render(appView(this), this.#root);
		if (focused) {
			// Parts draw themselves soon after; then it is known whether a button went away under the keyboard.
			requestAnimationFrame(() => {
				const gone = !focused.isConnected || focused.matches('[disabled]');
				if (gone && document.activeElement === document.body && document.hasFocus()) {
					const next = nextFocus.map((selector) => this.#root.querySelector<HTMLElement>(selector));
					next.find((element) => element !== null)?.focus();
				}
			});
		}
	}
}
