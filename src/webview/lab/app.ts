import { render } from 'lit';
import { toAppError, type AppError } from '../../common/errors.ts';
import type { LabMatrixEstimate, LabPromptChoice, LabProtocol, LabSnapshot } from '../../common/labProtocol.ts';
import {
	promptTexts,
	reduceLab,
	type LabChange,
	type LabPromptField,
	type LabState,
	type LabTake,
	type ShownConversation,
	type ShownFixture,
} from '../../common/labState.ts';
import type { LabStrings } from '../../common/labStrings.ts';
import type { ThinkingLevel } from '../../common/model.ts';
import { createRpcClient, type RpcClient } from '../../common/rpc.ts';
import type { ShownError } from '../shared/errorNote.ts';
import { createFormatter, type Formatter } from '../shared/format.ts';
import { frameBatch } from '../shared/frameBatch.ts';
import type { WebviewApi } from '../shared/vscodeApi.ts';
import { ColumnElements } from './columnElements.ts';
import { newIntent, readIntent, type Intent } from './intent.ts';
import { listWindow, type ListWindow } from './listWindow.ts';
import { RecordedMessages } from './recordedMessages.ts';
import { appView } from './views/appView.ts';

type Requests = LabProtocol['requests'];

/** Milliseconds after the last change until intent is kept, or a typed text is sent. */
const keepDelay = 300;

/** What the matrix form holds until it is started. */
export interface MatrixForm {
	choices: LabPromptChoice[];
	/** Words that the prompts offered have in common. */
	filter: string;
	prompts: Set<string>;
	columns: Set<string>;
	turns: 'chosen' | 'all';
	thinking: Set<ThinkingLevel>;
	estimate: LabMatrixEstimate | undefined;
}

/** The key under which a field's typed text is kept. */
export function fieldKey(field: LabPromptField): string {
	return field.part === 'base' ? 'base' : `${field.part}/${field.section}`;
}

/** Joins the host's state, the user's intent and the page. */
export class LabApp {
	declare state: LabState<ShownFixture>;
	declare intent: Intent;
	declare strings: LabStrings;
	declare format: Formatter;
	restored = false;
	/** `performance.now()` at which each running step began, by `take/step`. */
	readonly since = new Map<string, number>();
	/** Errors in place, by what was tried. */
	readonly errors = new Map<string, ShownError>();
	/** Conversations that have come into view; others are laid out empty. */
	readonly seen = new Set<string>();
	matrixForm: MatrixForm | undefined;
	/** Grows when a call begins or ends, so that what shows errors is drawn again. */
	calls = 0;
	readonly messages = new RecordedMessages(
		(column, indices) =>
			this.#rpc.call('messages', { column, indices }).catch((thrown: unknown) => {
				this.#showError(`messages/${column}`, toAppError(thrown));
				return undefined;
			}),
		() => this.#draw(),
	);
	readonly columns = new ColumnElements({
		scrollOf: (column) => this.#scrollOf(column),
		onMove: (column, top) => this.#keepScroll(column, top),
		onSeen: (columns) => {
			for (const column of columns) {
				this.seen.add(column);
			}
			this.#draw();
		},
	});

	readonly #api: WebviewApi;
	readonly #root: HTMLElement;
	readonly #rpc: RpcClient<LabProtocol>;
	readonly #sending = new Map<string, ReturnType<typeof setTimeout>>();
	#keepTimer: ReturnType<typeof setTimeout> | undefined;
	#asking = false;
	readonly #draw = frameBatch(() => this.#render());
	/** The view that is drawn, and how far each view is scrolled. */
	#view = '';
	readonly #tops = new Map<string, number>();

	constructor(api: WebviewApi, root: HTMLElement) {
		this.#api = api;
		this.#root = root;
		this.#rpc = createRpcClient<LabProtocol>(api.port, () => void this.refresh());
		this.#rpc.on('changes', (changes) => this.#apply(changes));
		this.#rpc.on('replaced', (state) => {
			this.state = state;
			this.since.clear();
			this.restored = false;
			this.mean({ typed: {}, shown: {}, comparing: null });
		});
		this.#rpc.on('show', (show) => this.mean(show));
		document.addEventListener('visibilitychange', () => this.#keepNow());
		window.addEventListener('pagehide', () => this.#keepNow());
	}

	draw(): void {
		this.#draw();
	}

	/** Another view begins at its top, or where it was left. */
	#render(): void {
		const view = this.intent?.comparing ?? this.intent?.view ?? '';
		const changed = view !== this.#view;
		if (changed) {
			this.#tops.set(this.#view, this.#main?.scrollTop ?? 0);
		}
		render(appView(this), this.#root);
		if (changed) {
			this.#view = view;
			this.#scrollTo(view, this.#tops.get(view) ?? 0);
		}
	}

	/** Answers get their height in the frames after they were drawn: the place may not be there at once. */
	#scrollTo(view: string, top: number, frames = 30): void {
		const main = this.#main;
		if (main && view === this.#view) {
			main.scrollTo(0, top);
			if (main.scrollTop < Math.floor(top) && frames > 0) {
				requestAnimationFrame(() => this.#scrollTo(view, top, frames - 1));
			}
		}
	}

	get #main(): Element | null {
		return this.#root.querySelector('main');
	}

	/** Asks the host for everything; once at the start and after every gap. */
	async refresh(): Promise<void> {
		if (this.#asking) {
			return;
		}
		this.#asking = true;
		try {
			this.#take(await this.#rpc.call('ready', {}));
		} catch (thrown) {
			this.errors.set('panel', { message: toAppError(thrown).message });
			this.#draw();
		} finally {
			this.#asking = false;
		}
	}

	#take(snapshot: LabSnapshot): void {
		const { state, running, restored, strings, locale, show } = snapshot;
		const first = this.state === undefined;
		this.state = state;
		this.strings = strings;
		this.format ??= createFormatter(locale);
		this.restored = restored;
		this.since.clear();
		for (const [key, elapsed] of Object.entries(running)) {
			this.since.set(key, performance.now() - elapsed);
		}
		if (first) {
			this.intent =
				readIntent(this.#api.savedState, state.fixture.id) ??
				newIntent(state.fixture.id, state.fixture.baseSystemPrompt);
			for (const key of Object.keys(this.intent.typed)) {
				this.#sendTyped(key);
			}
		}
		this.messages.askAgain();
		if (show) {
			this.mean(show);
		}
		this.#api.saveState(this.intent);
		this.#draw();
	}

	#apply(changes: readonly LabChange[]): void {
		if (this.state === undefined) {
			return;
		}
		for (const change of changes) {
			this.state = reduceLab(this.state, change);
			if (change.type === 'status') {
				const key = `${change.take}/${change.step}`;
				if (change.status !== 'streaming') {
					this.since.delete(key);
				} else if (!this.since.has(key)) {
					this.since.set(key, performance.now());
				}
			} else if (change.type === 'dropStep') {
				// The answer is tried again: an error of the new one has not been seen yet.
				this.#showErrorsOf(change.take);
			} else if (change.type === 'take' && !change.take.matrix) {
				// A new regeneration is what the user wants to see next.
				this.#showNewest(change.take);
			}
		}
		this.#draw();
	}

	/** Calls the host. An error is shown at `place`; the answer is then undefined. */
	async call<K extends keyof Requests>(
		place: string,
		method: K,
		params: Requests[K]['params'],
	): Promise<{ result: Requests[K]['result'] } | undefined> {
		this.errors.delete(place);
		this.calls++;
		this.#draw();
		try {
			return { result: await this.#rpc.call(method, params) };
		} catch (thrown) {
			const error = toAppError(thrown);
			if (error.code !== 'cancelled') {
				this.#showError(place, error);
			}
			return undefined;
		} finally {
			this.calls++;
			this.#draw();
		}
	}

	#showError(place: string, { message, info: { detail } }: AppError): void {
		this.errors.set(place, { message, ...(detail !== undefined && { detail }) });
		this.calls++;
		this.#draw();
	}

	dismissError(place: string): void {
		this.errors.delete(place);
		this.calls++;
		this.#draw();
	}

	/** Hides the error of an answer; the answer, what follows it and the ways on stay. */
	hideError(answer: string): void {
		this.mean({ hiddenErrors: [...this.intent.hiddenErrors, answer] });
	}

	#showErrorsOf(take: string): void {
		this.mean({ hiddenErrors: this.intent.hiddenErrors.filter((answer) => !answer.startsWith(`${take}/`)) });
	}

	/** A conversation opens at its start, unless it was left elsewhere or has a regeneration to show. */
	#scrollOf(column: string): number | undefined {
		const kept = this.intent.scroll[column];
		const hasTake = this.state.takes.some((take) => take.column === column && !take.matrix);
		return kept ?? (hasTake ? undefined : 0);
	}

	#keepScroll(column: string, top: number | undefined): void {
		// Kept without drawing: nothing on the page depends on it.
		const { [column]: _old, ...scroll } = this.intent.scroll;
		this.intent = { ...this.intent, scroll: top === undefined ? scroll : { ...scroll, [column]: top } };
		this.#keepSoon();
	}

	/** Changes what the user meant; it is kept soon after. */
	mean(patch: Partial<Intent>): void {
		this.intent = { ...this.intent, ...patch };
		this.#keepSoon();
		this.#draw();
	}

	#keepSoon(): void {
		this.#keepTimer ??= setTimeout(() => this.#keepNow(), keepDelay);
	}

	#keepNow(): void {
		clearTimeout(this.#keepTimer);
		this.#keepTimer = undefined;
		if (this.intent !== undefined) {
			this.#api.saveState(this.intent);
		}
	}

	/** Back to the newest regeneration of a conversation, at its end, below the turn that it replaces. */
	#showNewest({ column, turn }: LabTake): void {
		const { [column]: _older, ...shown } = this.intent.shown;
		this.mean({ shown });
		const { from, to } = this.windowOf(column);
		if (turn < from || turn > to) {
			const { [column]: _elsewhere, ...first } = this.intent.first;
			this.mean({ first });
		}
		this.columns.toEnd(column);
	}

	/** A conversation by its column's key. */
	conversation(column: string): ShownConversation | undefined {
		const [section, position] = column.split('/').map(Number);
		return this.state.fixture.sections[section ?? -1]?.conversations[position ?? -1];
	}

	/** Which messages of a conversation are on the page. */
	windowOf(column: string): ListWindow {
		const count = this.conversation(column)?.count ?? 0;
		return listWindow(count, this.state.chosen[column], this.intent.first[column]);
	}

	/** Shows another part of a long list, from its entry `first` on. */
	goTo(list: string, first: number): void {
		this.mean({ first: { ...this.intent.first, [list]: first } });
	}

	/** Chooses the turn that Regenerate replaces; what is on the page stays there. */
	async choose(column: string, turn: number): Promise<void> {
		this.goTo(column, this.windowOf(column).from);
		await this.call(column, 'choose', { column, turn });
	}

	toggle(key: string): void {
		const { unfolded } = this.intent;
		this.mean({
			unfolded: unfolded.includes(key) ? unfolded.filter((other) => other !== key) : [...unfolded, key],
		});
	}

	/** A text of the prompt as it is on the screen: what is being typed, else the edited, else the recorded one. */
	promptText(field: LabPromptField): string {
		const edited = promptTexts(this.state, field.part === 'base' ? 0 : field.section)[field.part];
		return this.intent.typed[fieldKey(field)] ?? edited;
	}

	toggleBlock(turn: string, index: number, open: boolean): void {
		this.mean({ open: { ...this.intent.open, [turn]: { ...this.intent.open[turn], [index]: open } } });
	}

	/** A text that is being typed: shown as typed at once, kept, and a prompt field sent when the typing pauses. */
	type(key: string, text: string): void {
		this.mean({ typed: { ...this.intent.typed, [key]: text } });
		this.#sendTyped(key);
	}

	forgetTyped(key: string): void {
		clearTimeout(this.#sending.get(key));
		const { [key]: _text, ...typed } = this.intent.typed;
		this.mean({ typed });
	}

	#sendTyped(key: string): void {
		const field = fieldOf(key);
		if (!field) {
			return;
		}
		clearTimeout(this.#sending.get(key));
		this.#sending.set(
			key,
			setTimeout(() => void this.#sendEdit(key, field), keepDelay),
		);
	}

	async #sendEdit(key: string, field: LabPromptField): Promise<void> {
		const text = this.intent.typed[key];
		if (text === undefined) {
			return;
		}
		const answer = await this.call(key, 'edit', { field, text });
		// More may have been typed while it was under way.
		if (answer && this.intent.typed[key] === text) {
			this.forgetTyped(key);
		}
	}

	/** Sends what is typed now, so that a run starts with the prompt that is on the screen. */
	async settleEdits(): Promise<void> {
		const pending = Object.keys(this.intent.typed).flatMap((key) => {
			const field = fieldOf(key);
			clearTimeout(this.#sending.get(key));
			return field ? [this.#sendEdit(key, field)] : [];
		});
		await Promise.all(pending);
	}
}

function fieldOf(key: string): LabPromptField | undefined {
	const [part, section] = key.split('/');
	if (part === 'base') {
		return { part };
	}
	return part === 'instructions' || part === 'context' ? { part, section: Number(section) } : undefined;
}
