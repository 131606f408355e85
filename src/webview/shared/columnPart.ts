import { LitElement, nothing, type TemplateResult } from 'lit';

/** Parts are drawn up to this many pixels above and below the view. */
const margin = 1500;

/** One observer per scrolled element, so that the parts of a column share it. */
const observers = new WeakMap<Element, IntersectionObserver>();

function observerOf(scroller: Element): IntersectionObserver {
	let observer = observers.get(scroller);
	if (!observer) {
		observer = new IntersectionObserver(
			(entries) => {
				for (const entry of entries) {
					if (entry.target instanceof ColumnPart) {
						entry.target.observed(entry);
					}
				}
			},
			{ root: scroller, rootMargin: `${margin}px 0px` },
		);
		observers.set(scroller, observer);
	}
	return observer;
}

/**
 * A part of a long column in a `.scroll`. Its elements exist only near the view. Elsewhere the part is empty and keeps the
 * height that it had, or one from the style sheet if it was never drawn. The elements stay while the part is pinned or
 * holds the focus or the selection.
 */
export class ColumnPart extends LitElement {
	static override properties = { content: { attribute: false }, pinned: { attribute: false } };

	/** Set a new function to draw the part again. */
	declare content: () => TemplateResult;
	declare pinned: boolean;
	/** Called when the part comes near the view, just before it is drawn. */
	onNear: () => void = () => undefined;
	#drawn = false;
	#observer: IntersectionObserver | undefined;

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		const scroller = this.closest('.scroll');
		this.#observer = scroller ? observerOf(scroller) : undefined;
		this.addEventListener('markdown-settled', this.#measure);
		this.addEventListener('focusout', this.#measure);
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#observer?.unobserve(this);
		this.removeEventListener('markdown-settled', this.#measure);
		this.removeEventListener('focusout', this.#measure);
	}

	/** Takes the position of the part after a layout: draws it, empties it, or restores its natural height. */
	observed({ isIntersecting, boundingClientRect }: IntersectionObserverEntry): void {
		const wanted = isIntersecting || this.#inUse;
		const settled = [...this.querySelectorAll('pw-markdown')].every((view) => view.settled);
		if (wanted !== this.#drawn) {
			if (!wanted && settled) {
				// Kept until the part is completely drawn again, so that nothing around it moves.
				this.style.minHeight = `${boundingClientRect.height}px`;
			}
			this.#drawn = wanted;
			if (wanted) {
				this.onNear();
			}
			this.requestUpdate();
		} else if (wanted && settled) {
			this.style.minHeight = '';
		}
	}

	get #inUse(): boolean {
		const selection = getSelection();
		return (
			this.pinned ||
			this.contains(document.activeElement) ||
			(selection?.isCollapsed === false && selection.containsNode(this, true))
		);
	}

	/** Observes the part again, so that its position is reported after the next layout. */
	readonly #measure = (): void => {
		this.#observer?.unobserve(this);
		this.#observer?.observe(this);
	};

	/** Of the many parts of a column, those that are empty have nothing to draw again. */
	protected override shouldUpdate(changed: Map<string, unknown>): boolean {
		return this.#drawn || this.childElementCount > 0 || !this.hasUpdated || changed.has('pinned');
	}

	protected override updated(): void {
		this.#measure();
	}

	protected override render(): TemplateResult | typeof nothing {
		return this.#drawn ? this.content() : nothing;
	}
}

customElements.define('pw-column-part', ColumnPart);

declare global {
	interface HTMLElementTagNameMap {
		'pw-column-part': ColumnPart;
	}
}
