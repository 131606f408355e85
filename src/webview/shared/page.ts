import { html, nothing, render, type TemplateResult } from 'lit';
import { toAppError, type AppError } from '../../common/errors.ts';
import { visibleText } from '../../common/visibleText.ts';
import { createRpcClient, type Protocol, type RpcClient } from '../../common/rpc.ts';
import type { PlacedError } from './errorNote.ts';
import { createFormatter, type Formatter } from './format.ts';
import { frameBatch } from './frameBatch.ts';
import type { WebviewApi } from './vscodeApi.ts';

/** Milliseconds after the last change until intent is kept. */
const keepDelay = 300;

/** What the user meant and the host does not know: kept by the page across hiding and reloads. */
export interface KeptIntent {
	/** When it was kept, by this machine's clock: the newer of two wins. */
	at: number;
}

/** An error or a call under way belongs to a place of the page; `panel` is all of it. */
type Placed<Place extends string> = Place | 'panel';
type Requests<P extends Protocol> = P['requests'];

/**
 * What the views of a page are given: what they show, and what their controls may do. They can neither change what the
 * host told nor fetch: of the requests there are only `Actions`.
 */
export interface Shown<
	P extends Protocol,
	State,
	Intent,
	Place extends string,
	Actions extends keyof P['requests'] & string,
> {
	readonly state: State;
	readonly intent: Intent;
	readonly format: Formatter;
	readonly errors: ReadonlyMap<Placed<Place>, PlacedError>;
	/** Calls under way. */
	readonly busy: ReadonlySet<Placed<Place>>;
	/** Asks the host to do something. An error is shown at `place`, with Retry where `retry` is given. */
	call<K extends Actions>(
		place: Placed<Place>,
		action: K,
		params: Requests<P>[K]['params'],
		retry?: () => unknown,
	): Promise<{ result: Requests<P>[K]['result'] } | undefined>;
	dismissError(place: Placed<Place>): void;
	/** Changes what the user meant. */
	setIntent(patch: Partial<Intent>): void;
	/** As `setIntent`, for what the page shows already. */
	rememberIntent(patch: Partial<Intent>): void;
	/** Gives the focus to what is there once the page is drawn. */
	focus(selector: string): void;
}

/**
 * The page of a panel: it joins the host's state and the user's intent, calls the host, shows errors at their place, and
 * draws at most once a frame. A panel adds what the user may do (its verbs) and its views.
 */
export abstract class Page<P extends Protocol, State, Intent extends KeptIntent, Place extends string = string> {
	/** These are there once `ready`: nothing is drawn, and no event handled, before the host's first answer. */
	declare state: State;
	declare intent: Intent;
	declare format: Formatter;
	readonly errors = new Map<Placed<Place>, PlacedError>();
	/** Calls under way, by place. */
	readonly busy = new Set<Placed<Place>>();

	protected readonly rpc: RpcClient<P>;
	protected readonly root: HTMLElement;
	/** Where the focus goes from a button that is gone or off, such as Run, Stop or Retry. */
	protected readonly nextFocus: readonly string[] = [];
	readonly #api: WebviewApi;
	#keepTimer: ReturnType<typeof setTimeout> | undefined;
	#asking = false;
	readonly #draw = frameBatch(() => this.#drawNow());

	constructor(api: WebviewApi, root: HTMLElement) {
		this.#api = api;
		this.root = root;
		this.rpc = createRpcClient<P>(api.port, () => void this.refresh());
		document.addEventListener('visibilitychange', () => this.#keepNow());
		window.addEventListener('pagehide', () => this.#keepNow());
	}

	/** Asks the host for the snapshot and gives it to `take`. */
	protected abstract load(): Promise<void>;

	/** What a page that is ready shows. Nothing is fetched there. */
	protected abstract view(): unknown;

	/** Called before a page that is ready is drawn: asks the host for what it is about to show and has not got. */
	protected fetchMissing(): void {}

	/** Called when the page was drawn. */
	protected onDrawn(): void {}

	/** Called when intent was kept. */
	protected onKept(): void {}

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
			await this.load();
			this.#api.saveState(this.intent);
		} catch (thrown) {
			const { message } = toAppError(thrown);
			this.errors.set('panel', { message, retry: () => void this.refresh() });
			this.draw();
		} finally {
			this.#asking = false;
		}
	}

	/** Calls the host. An error is shown at `place`, with Retry where `retry` is given; the answer is then undefined. */
	async call<K extends keyof P['requests'] & string>(
		place: Placed<Place>,
		method: K,
		params: Requests<P>[K]['params'],
		retry?: () => unknown,
	): Promise<{ result: Requests<P>[K]['result'] } | undefined> {
		this.errors.delete(place);
		this.busy.add(place);
		this.draw();
		try {
			return { result: await this.rpc.call(method, params) };
		} catch (thrown) {
			this.showError(place, toAppError(thrown), retry);
			return undefined;
		} finally {
			this.busy.delete(place);
			this.draw();
		}
	}

	dismissError(place: Placed<Place>): void {
		this.errors.delete(place);
		this.draw();
	}

	/** Changes what the user meant; it is kept soon after. */
	setIntent(patch: Partial<Intent>): void {
		this.rememberIntent(patch);
		this.draw();
	}

	/** As `setIntent`, for what the page shows already. */
	rememberIntent(patch: Partial<Intent>): void {
		this.intent = { ...this.intent, ...patch, at: Date.now() };
		this.#keepTimer ??= setTimeout(() => this.#keepNow(), keepDelay);
	}

	setState(state: State): void {
		this.state = state;
		this.draw();
	}

	/** Gives the focus to what is there once the page is drawn. */
	focus(selector: string): void {
		requestAnimationFrame(() => this.root.querySelector<HTMLElement>(selector)?.focus());
	}

	draw(): void {
		this.#draw();
	}

	/** Takes a new state; `intentFrom` reads the intent that was kept, when the page begins. */
	protected take(state: State, locale: string, intentFrom: (kept: unknown) => Intent): void {
		this.errors.delete('panel');
		this.format ??= createFormatter(locale);
		this.intent ??= intentFrom(this.#api.savedState);
		this.setState(state);
	}

	/** Handles an event of the host. What comes before the first snapshot is part of it. */
	protected on<K extends keyof P['events'] & string>(name: K, handle: (data: P['events'][K]) => void): void {
		this.rpc.on(name, (data) => {
			if (this.ready) {
				handle(data);
			}
		});
	}

	protected showError(place: Placed<Place>, error: AppError, retry?: () => unknown): void {
		const { code, message, info } = error;
		if (code !== 'cancelled') {
			this.errors.set(place, {
				message,
				code,
				...(info.provider !== undefined && { provider: info.provider }),
				...(info.detail !== undefined && { detail: info.detail }),
				...(retry && { retry: () => void retry() }),
			});
			this.draw();
		}
	}

	#keepNow(): void {
		clearTimeout(this.#keepTimer);
		this.#keepTimer = undefined;
		if (this.ready) {
			this.#api.saveState(this.intent);
			this.onKept();
		}
	}

	#drawNow(): void {
		if (this.ready) {
			this.fetchMissing();
		}
		const active = document.activeElement;
		const focused = this.root.contains(active) ? active : null;
		render(this.ready ? this.view() : this.#beforeState(), this.root);
		this.onDrawn();
		if (focused) {
			// Parts draw themselves soon after; then it is known whether a button went away under the keyboard.
			requestAnimationFrame(() => this.#moveFocusFrom(focused));
		}
	}

	/** Empty, or why there is nothing. */
	#beforeState(): TemplateResult {
		const error = this.errors.get('panel');
		return html`<main>${error ? html`<p role="alert">${visibleText(error.message)}</p>` : nothing}</main>`;
	}

	#moveFocusFrom(focused: Element): void {
		const gone = !focused.isConnected || focused.matches('[disabled]');
		const active = document.activeElement;
		// A browser takes the focus from a button that is off only some time later.
		if (gone && (active === document.body || active === focused) && document.hasFocus()) {
			const next = this.nextFocus.map((selector) => this.root.querySelector<HTMLElement>(selector));
			next.find((element) => element !== null)?.focus();
		}
	}
}
