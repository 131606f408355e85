import type { LabProtocol } from '../../common/labProtocol.ts';
import {
	conversationAt,
	promptTexts,
	reduceLab,
	type LabChange,
	type LabPromptField,
	type LabState,
	type LabTake,
	type ShownFixture,
} from '../../common/labState.ts';
import { toAppError } from '../../common/errors.ts';
import { Page } from '../shared/page.ts';
import type { WebviewApi } from '../shared/vscodeApi.ts';
import { ColumnElements } from './columnElements.ts';
import { newIntent, readIntent, type Intent } from './intent.ts';
import { RecordedMessages } from './recordedMessages.ts';
import { MatrixForm } from './matrixForm.ts';
import { fieldKey, type LabShown } from './shown.ts';
import { appView } from './views/appView.ts';
import { wantedMessages } from './wantedMessages.ts';

/** Milliseconds after the last keystroke until typed text is sent. */
const sendDelay = 300;
/** A conversation with more messages opens at the chosen turn. */
const longConversation = 100;
/** The place at the top of a list, with all that stands above its first entry. */
const aboveFirst = -0.49;

/** The page of a Lab panel. */
export class LabApp extends Page<LabProtocol, LabState<ShownFixture>, Intent> implements LabShown {
	restored = false;
	readonly since = new Map<string, number>();
	readonly seen = new Set<string>();
	matrixForm: MatrixForm | undefined;
	readonly messages = new RecordedMessages(
		(column, indices) =>
			this.rpc.call('messages', { column, indices }).catch((thrown: unknown) => {
				this.showError(`messages/${column}`, toAppError(thrown));
				return undefined;
			}),
		() => this.draw(),
	);
	readonly columns = new ColumnElements({
		placeOf: (column) => this.#placeOf(column),
		isAwaited: (column, entry) => this.#isAwaited(column, entry),
		onMove: (column, place) => {
			const { [column]: _old, ...places } = this.intent.places;
			this.rememberIntent({ places: place === undefined ? places : { ...places, [column]: place } });
		},
		onSeen: (columns) => {
			for (const column of columns) {
				this.seen.add(column);
			}
			this.draw();
		},
	});

	readonly #sending = new Map<string, ReturnType<typeof setTimeout>>();
	/** The current view, and the scroll position of each view. */
	#view = '';
	readonly #tops = new Map<string, number>();

	constructor(api: WebviewApi, root: HTMLElement) {
		super(api, root);
		this.on('changes', (changes) => this.#apply(changes));
		this.on('replaced', (state) => {
			this.since.clear();
			this.restored = false;
			this.setState(state);
			this.setIntent({ typed: {}, shown: {}, comparing: null });
		});
		this.on('show', (show) => this.setIntent(show));
	}

	protected override async load(): Promise<void> {
		const first = !this.ready;
		const { state, running, restored, locale, show } = await this.rpc.call('snapshot', null);
		const { id, baseSystemPrompt } = state.fixture;
		this.restored = restored;
		this.since.clear();
		for (const [key, elapsed] of Object.entries(running)) {
			this.since.set(key, performance.now() - elapsed);
		}
		this.messages.askAgain();
		this.take(state, locale, (kept) => readIntent(kept, id) ?? newIntent(id, baseSystemPrompt));
		if (first) {
			for (const key of Object.keys(this.intent.typed)) {
				this.#sendTyped(key);
			}
		}
		if (show) {
			this.setIntent(show);
		}
	}

	protected override fetchMissing(): void {
		for (const [column, indices] of wantedMessages(this.state, this.intent, this.seen)) {
			this.messages.want(column, indices);
		}
		const { view, comparing } = this.intent;
		const choosing = view === 'matrix' && comparing === null && !this.state.matrix;
		if (choosing) {
			this.matrixForm ??= new MatrixForm(this);
		} else if (this.state.matrix) {
			this.matrixForm = undefined;
		}
	}

	protected override view(): unknown {
		if (this.#shownView !== this.#view) {
			this.#tops.set(this.#view, this.#scroller?.scrollTop ?? 0);
		}
		return appView(this);
	}

	/** A view opens at its top or where the user left it. */
	protected override onDrawn(): void {
		const view = this.#shownView;
		if (view !== this.#view) {
			this.#view = view;
			this.#scrollTo(view, this.#tops.get(view) ?? 0);
		}
	}

	get #shownView(): string {
		return this.ready ? (this.intent.comparing ?? this.intent.view) : '';
	}

	/**
	 * Repeats scrolling for some frames, because elements get their height only after they are drawn: the position may
	 * not exist yet, or may not be kept in the first frames.
	 */
	#scrollTo(view: string, top: number, frames = 30, reached = 0): void {
		const scroller = this.#scroller;
		if (scroller && view === this.#view) {
			scroller.scrollTo(0, top);
			const there = scroller.scrollTop >= Math.floor(top) ? reached + 1 : 0;
			if (there < 3 && frames > 0) {
				requestAnimationFrame(() => this.#scrollTo(view, top, frames - 1, there));
			}
		}
	}

	get #scroller(): Element | null {
		return this.root.querySelector('.lab');
	}

	#apply(changes: readonly LabChange[]): void {
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
				// The answer is retried, and the user has not seen its new error yet.
				this.#showErrorsOf(change.take);
			} else if (change.type === 'take' && !change.take.matrix) {
				// The user wants to see a new regeneration next.
				this.#showNewest(change.take);
			}
		}
		this.draw();
	}

	hideError(answer: string): void {
		this.setIntent({ hiddenErrors: [...this.intent.hiddenErrors, answer] });
	}

	#showErrorsOf(take: string): void {
		this.setIntent({ hiddenErrors: this.intent.hiddenErrors.filter((answer) => !answer.startsWith(`${take}/`)) });
	}

	/**
	 * A list opens where the user left it, or at its top. A conversation that was never scrolled opens at the end of its
	 * newest regeneration; without one, a long conversation opens at the question of the chosen turn.
	 */
	#placeOf(column: string): number | undefined {
		const { [column]: kept } = this.intent.places;
		if (kept !== undefined) {
			return kept ?? undefined;
		}
		if (this.state.takes.some((take) => take.column === column && !take.matrix)) {
			return undefined;
		}
		const { count = 0 } = conversationAt(this.state, column) ?? {};
		const chosen = this.state.chosen[column] ?? 0;
		return count > longConversation && chosen > 1 ? chosen - 1 : aboveFirst;
	}

	#isAwaited(column: string, entry: number): boolean {
		const conversation = conversationAt(this.state, column);
		if (!conversation) {
			return false;
		}
		const isRecorded = entry < conversation.count;
		return !this.seen.has(column) || (isRecorded && !this.messages.get(column, entry));
	}

	/** Returns to the end of the newest regeneration of a conversation. */
	#showNewest({ column }: LabTake): void {
		const { [column]: _older, ...shown } = this.intent.shown;
		this.setIntent({ shown });
		this.columns.toEnd(column);
	}

	onNear(column: string, first: number, end: number): void {
		// Whether a turn can be replaced is seen from the message before it.
		const from = Math.max(0, first - 1);
		const { count = 0 } = conversationAt(this.state, column) ?? {};
		this.messages.want(
			column,
			Array.from({ length: Math.min(end, count) - from }, (_, offset) => from + offset),
		);
	}

	toggle(key: string): void {
		const { unfolded } = this.intent;
		this.setIntent({
			unfolded: unfolded.includes(key) ? unfolded.filter((other) => other !== key) : [...unfolded, key],
		});
	}

	promptText(field: LabPromptField): string {
		const edited = promptTexts(this.state, field.part === 'base' ? 0 : field.section)[field.part];
		return this.intent.typed[fieldKey(field)] ?? edited;
	}

	toggleBlock(turn: string, index: number, open: boolean): void {
		this.setIntent({ open: { ...this.intent.open, [turn]: { ...this.intent.open[turn], [index]: open } } });
	}

	type(key: string, text: string): void {
		this.setIntent({ typed: { ...this.intent.typed, [key]: text } });
		this.#sendTyped(key);
	}

	forgetTyped(key: string): void {
		clearTimeout(this.#sending.get(key));
		const { [key]: _text, ...typed } = this.intent.typed;
		this.setIntent({ typed });
	}

	#sendTyped(key: string): void {
		const field = fieldOf(key);
		if (!field) {
			return;
		}
		clearTimeout(this.#sending.get(key));
		this.#sending.set(
			key,
			setTimeout(() => void this.#sendEdit(key, field), sendDelay),
		);
	}

	async #sendEdit(key: string, field: LabPromptField): Promise<void> {
		const text = this.intent.typed[key];
		if (text === undefined) {
			return;
		}
		const answer = await this.call(key, 'edit', { field, text });
		// The user may have typed more meanwhile.
		if (answer && this.intent.typed[key] === text) {
			this.forgetTyped(key);
		}
	}

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
