import { LitElement, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';

/** At least this many rows are drawn above and below those in view; the range moves in steps of this size. */
const margin = 8;

/** Looks up rows by their index in the list. */
export interface RowSource {
	count: number;
	/** The key of a row, which never changes; undefined while the row is not loaded. */
	keyOf(index: number): string | undefined;
	/** The index of a loaded row. */
	indexOf(key: string): number | undefined;
	/**
	 * An element with the row's `data-index` and, if the row is loaded, `data-key`. `tabIndex` is for its controls; the
	 * control that takes the focus for the row has the attribute `data-row-focus`.
	 */
	draw(index: number, tabIndex: 0 | -1): TemplateResult;
}

/**
 * A list of rows of equal height in a `.scroll`. Only the rows near the view and the focused row have elements. The style
 * sheet sets the height as `--row-height`. Arrow keys, Page Up, Page Down, Home and End move from row to row; the list is
 * a single tab stop. When the rows change, the row at the top of the view and the focused row keep their place; if the
 * focused row is removed, its neighbour takes the focus.
 */
export class RowList extends LitElement {
	static override properties = { source: { attribute: false } };

	declare source: RowSource;
	/** Where the list is scrolled to at first: the number of rows above the top edge, with a fraction. */
	from = 0;
	/** Key of the row that the Tab key reaches at first, if it is loaded. */
	start: string | undefined;
	/** Called when the reader has scrolled. */
	onPlace: (place: number) => void = () => undefined;
	/** Called with the indices of the first and last row that are drawn. */
	onRange: (first: number, last: number) => void = () => undefined;

	#scroller: HTMLElement | undefined;
	#place = 0;
	/** In pixels; 0 before the first layout. */
	#rowHeight = 0;
	#viewHeight = 0;
	#drawn = { first: 0, last: -1 };
	#current = 0;
	#currentKey: string | undefined;
	/** Whether the current row takes the focus once it is loaded. */
	#takesFocus = false;
	#topKey: string | undefined;
	readonly #sizes = new ResizeObserver(() => this.#measure());

	constructor() {
		super();
		this.addEventListener('keydown', (event) => this.#onKey(event));
		this.addEventListener('focusin', (event) => this.#onFocus(event));
		this.addEventListener('focusout', ({ relatedTarget }) => {
			if (relatedTarget instanceof Node && !this.contains(relatedTarget)) {
				this.#takesFocus = false;
			}
		});
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		this.#scroller = this.closest<HTMLElement>('.scroll') ?? undefined;
		if (this.#scroller) {
			this.#scroller.addEventListener('scroll', this.#onScroll, { passive: true });
			this.#sizes.observe(this.#scroller);
		}
		this.#sizes.observe(this);
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#scroller?.removeEventListener('scroll', this.#onScroll);
		this.#sizes.disconnect();
	}

	/** The only place where sizes are read: it runs after a layout. */
	#measure(): void {
		const { height } = this.getBoundingClientRect();
		const rowHeight = this.source.count > 0 ? height / this.source.count : 0;
		const resized = Math.abs(rowHeight - this.#rowHeight) > 0.01;
		this.#rowHeight = rowHeight;
		this.#viewHeight = this.#scroller?.clientHeight ?? 0;
		if (resized) {
			this.#scrollTo(this.#place);
		}
		this.#move();
	}

	readonly #onScroll = (): void => {
		if (this.#rowHeight > 0) {
			this.#place = (this.#scroller?.scrollTop ?? 0) / this.#rowHeight;
			this.onPlace(this.#place);
			this.#move();
		}
	};

	#scrollTo(place: number): void {
		this.#place = Math.max(0, place);
		if (this.#scroller) {
			this.#scroller.scrollTop = this.#place * this.#rowHeight;
		}
	}

	/** Draws other rows if those in view are no longer in the middle of the drawn ones. */
	#move(): void {
		if (this.#rowHeight === 0) {
			return;
		}
		const end = this.#place + this.#viewHeight / this.#rowHeight;
		const first = Math.max(0, (Math.floor(this.#place / margin) - 1) * margin);
		const last = Math.min(this.source.count, (Math.ceil(end / margin) + 1) * margin) - 1;
		this.#topKey = this.source.keyOf(Math.floor(this.#place));
		if (first !== this.#drawn.first || last !== this.#drawn.last) {
			this.#drawn = { first, last };
			this.requestUpdate();
			this.onRange(first, last);
		}
	}

	/** Key of the focused row. */
	get #focused(): string | undefined {
		const focused = document.activeElement;
		return this.contains(focused) ? focused?.closest<HTMLElement>('[data-key]')?.dataset['key'] : undefined;
	}

	#onFocus({ target }: FocusEvent): void {
		const row = target instanceof Element && target.closest<HTMLElement>('[data-index]');
		if (row) {
			this.#current = Number(row.dataset['index']);
			this.#currentKey = this.source.keyOf(this.#current);
			this.requestUpdate();
		}
	}

	#onKey(event: KeyboardEvent): void {
		if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) {
			return;
		}
		const page = Math.max(1, Math.floor(this.#viewHeight / this.#rowHeight) - 1);
		const next = {
			ArrowDown: this.#current + 1,
			ArrowUp: this.#current - 1,
			PageDown: this.#current + page,
			PageUp: this.#current - page,
			Home: 0,
			End: this.source.count - 1,
		}[event.key];
		if (next !== undefined) {
			event.preventDefault();
			this.#goTo(Math.min(this.source.count - 1, Math.max(0, next)));
		}
	}

	#goTo(index: number): void {
		this.#current = index;
		this.#currentKey = this.source.keyOf(index);
		this.#takesFocus = true;
		const rowsInView = this.#viewHeight / this.#rowHeight;
		if (index < this.#place || index + 1 > this.#place + rowsInView) {
			this.#scrollTo(index < this.#place ? index : index + 1 - rowsInView);
			this.onPlace(this.#place);
		}
		this.#move();
		this.requestUpdate();
	}

	protected override willUpdate(changed: Map<string, unknown>): void {
		if (!changed.has('source')) {
			return;
		}
		const { source } = this;
		this.style.setProperty('--row-count', String(source.count));
		if (!this.hasUpdated) {
			this.#place = this.from;
			this.#current = (this.start === undefined ? undefined : source.indexOf(this.start)) ?? 0;
		} else if (this.#currentKey !== undefined && source.keyOf(this.#current) !== this.#currentKey) {
			const index = source.indexOf(this.#currentKey);
			this.#takesFocus ||= index === undefined && this.#focused !== undefined;
			this.#current = index ?? this.#current;
		}
		this.#current = Math.min(this.#current, source.count - 1);
		this.#currentKey = source.keyOf(this.#current);
		// At the very top, new rows come into view; elsewhere, the rows in view stay in place.
		const top = Math.floor(this.#place);
		const before = this.#topKey;
		if (this.#place > 0 && before !== undefined && source.keyOf(top) !== before) {
			this.#scrollTo(this.#place + (source.indexOf(before) ?? top) - top);
		}
		this.#move();
	}

	/** The row that the Tab key reaches: the current one, or the first in view if the current one is not drawn. */
	get #tabStop(): number {
		const { first, last } = this.#drawn;
		const current = this.#current;
		const isDrawn = current >= first && current <= last && this.source.keyOf(current) !== undefined;
		return isDrawn || this.#takesFocus || this.#focused !== undefined ? current : Math.ceil(this.#place);
	}

	protected override render(): unknown {
		const { first, last } = this.#drawn;
		const indices = new Set(Array.from({ length: last - first + 1 }, (_, index) => first + index));
		const focused = this.#focused === undefined ? undefined : this.source.indexOf(this.#focused);
		if (focused !== undefined) {
			indices.add(focused);
		}
		const stop = this.#tabStop;
		return repeat(
			[...indices].sort((a, b) => a - b),
			(index) => this.source.keyOf(index) ?? index,
			(index) => this.source.draw(index, index === stop ? 0 : -1),
		);
	}

	protected override updated(): void {
		for (const row of this.children) {
			if (row instanceof HTMLElement) {
				row.style.setProperty('--row-index', row.dataset['index'] ?? '0');
			}
		}
		if (this.#takesFocus) {
			const row = this.querySelector<HTMLElement>(`[data-index="${this.#current}"] [data-row-focus]`);
			if (row) {
				this.#takesFocus = false;
				// The focus is not taken from another part of the window.
				if (document.hasFocus()) {
					row.focus({ preventScroll: true });
				}
			}
		}
	}
}

customElements.define('pw-row-list', RowList);

declare global {
	interface HTMLElementTagNameMap {
		'pw-row-list': RowList;
	}
}
