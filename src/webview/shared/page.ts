import { html, nothing, render, type TemplateResult } from 'lit';
import { toAppError, type AppError } from '../../common/errors.ts';
import { visibleText } from '../../common/visibleText.ts';
import { createRpcClient, type Protocol, type RpcClient } from '../../common/rpc.ts';
import type { PlacedError } from './errorNote.ts';
import { createFormatter, type Formatter } from './format.ts';
import { frameBatch } from './frameBatch.ts';
import type { WebviewApi } from './vscodeApi.ts';

/** Milliseconds until a changed intent is saved. */
const keepDelay = 300;

/** What the user has entered or arranged and the host does not know. It survives hiding and reloading the page. */
export interface KeptIntent {
	/** When it last changed, by this machine's clock; the newer of two wins. */
	at: number;
}

/** Where on the page an error or a pending call is shown; `panel` is the page as a whole. */
type Placed<Place extends string> = Place | 'panel';
type Requests<P extends Protocol> = P['requests'];

/**
 * What a page gives its views: what they show, and what their controls may do. Views can neither change the host's state
 * nor fetch data; of the requests, they have only `Actions`.
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
	/** Where calls are pending. */
	readonly busy: ReadonlySet<Placed<Place>>;
	/** Asks the host to do something. An error is shown at `place`, with Retry if `retry` is given. */
	call<K extends Actions>(
		place: Placed<Place>,
		action: K,
		params: Requests<P>[K]['params'],
		retry?: () => unknown,
	): Promise<{ result: Requests<P>[K]['result'] } | undefined>;
	dismissError(place: Placed<Place>): void;
	/** Changes the intent and draws the page. */
	setIntent(patch: Partial<Intent>): void;
	/** Like `setIntent`, for changes that the page already shows. */
	rememberIntent(patch: Partial<Intent>): void;
	/** Focuses an element once the page is drawn. */
	focus(selector: string): void;
}

/**
 * The page of a panel: it combines the host's state with the user's intent, calls the host, shows errors where they
 * occurred, and draws at most once per frame. Each panel adds what the user can do, and its views.
 */
export abstract class Page<P extends Protocol, State, Intent extends KeptIntent, Place extends string = string> {
	/** These three are set once `ready`: before the host's first answer, no view is drawn and no event is handled. */
	declare state: State;
	declare intent: Intent;
	declare format: Formatter;
	readonly errors = new Map<Placed<Place>, PlacedError>();
	/** Where calls are pending. */
	readonly busy = new Set<Placed<Place>>();

	protected readonly rpc: RpcClient<P>;
	protected readonly root: HTMLElement;
	/** Where the focus goes when the focused button is removed or disabled, such as Run, Stop or Retry. */
	protected readonly nextFocus: readonly string[] = [];
	readonly #api: WebviewApi;
	#keepTimer: ReturnType<typeof setTimeout> | undefined;
	#loading = false;
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

	/** What a ready page shows. Must not fetch anything. */
	protected abstract view(): unknown;

	/** Called before a ready page is drawn. Asks the host for what the page is about to show but does not have. */
	protected fetchMissing(): void {}

	/** Called after the page is drawn. */
	protected onDrawn(): void {}

	/** Called after the intent is saved. */
	protected onKept(): void {}

	get ready(): boolean {
		return this.state !== undefined;
	}

	/** Loads everything from the host: at the start, and whenever messages were missed. */
	async refresh(): Promise<void> {
		if (this.#loading) {
			return;
		}
		this.#loading = true;
		try {
			await this.load();
			this.#api.saveState(this.intent);
		} catch (thrown) {
			const { message } = toAppError(thrown);
			this.errors.set('panel', { message, retry: () => void this.refresh() });
			this.draw();
		} finally {
			this.#loading = false;
		}
	}

	/** Calls the host. An error is shown at `place`, with Retry if `retry` is given, and the result is undefined. */
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

	/** Changes the intent and draws the page. The intent is saved soon after. */
	setIntent(patch: Partial<Intent>): void {
		this.rememberIntent(patch);
		this.draw();
	}

	/** Like `setIntent`, for changes that the page already shows. */
	rememberIntent(patch: Partial<Intent>): void {
		this.intent = { ...this.intent, ...patch, at: Date.now() };
		this.#keepTimer ??= setTimeout(() => this.#keepNow(), keepDelay);
	}

	setState(state: State): void {
		this.state = state;
		this.draw();
	}

	/** Focuses an element once the page is drawn. */
	focus(selector: string): void {
		requestAnimationFrame(() => this.root.querySelector<HTMLElement>(selector)?.focus());
	}

	draw(): void {
		this.#draw();
	}

	/** Takes over a new state. The first time, `intentFrom` reads the saved intent. */
	protected take(state: State, locale: string, intentFrom: (kept: unknown) => Intent): void {
		this.errors.delete('panel');
		this.format ??= createFormatter(locale);
		this.intent ??= intentFrom(this.#api.savedState);
		this.setState(state);
	}

	/** Handles an event of the host. Events before the first snapshot are ignored, because the snapshot includes them. */
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
			// Custom elements draw themselves a moment later; only then is it known whether the focused button is gone.
			requestAnimationFrame(() => this.#moveFocusFrom(focused));
		}
	}

	/** An empty page, or the error that kept the state from loading. */
	#beforeState(): TemplateResult {
		const error = this.errors.get('panel');
		return html`<main>${error ? html`<p role="alert">${visibleText(error.message)}</p>` : nothing}</main>`;
	}

	#moveFocusFrom(focused: Element): void {
		const gone = !focused.isConnected || focused.matches('[disabled]');
		const active = document.activeElement;
		// Browsers take the focus from a disabled button only after some time.
		if (gone && (active === document.body || active === focused) && document.hasFocus()) {
			const next = this.nextFocus.map((selector) => this.root.querySelector<HTMLElement>(selector));
			next.find((element) => element !== null)?.focus();
		}
	}
}
