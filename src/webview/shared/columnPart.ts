import { LitElement, nothing, type TemplateResult } from 'lit';

/** Pixels above and below what is seen in which parts are drawn. */
const margin = 1500;

/** By scrolled element, so that the parts of a column share one. */
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
 * A part of a long column in a `.scroll`. Its elements exist near what is seen; elsewhere the height that they had stands
 * for them (before that, one of the style sheet). They stay while the part is pinned, or has the focus or the selection.
 */
export class ColumnPart extends LitElement {
	static override properties = { content: { attribute: false }, pinned: { attribute: false } };

	/** A new function draws the part again. */
	declare content: () => TemplateResult;
	declare pinned: boolean;
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

	/** Where the part is, after a layout: draws it, takes it back, or lets it have its natural height again. */
	observed({ isIntersecting, boundingClientRect }: IntersectionObserverEntry): void {
		const wanted = isIntersecting || this.#inUse;
		const settled = [...this.querySelectorAll('pw-markdown')].every((view) => view.settled);
		if (wanted !== this.#drawn) {
			if (!wanted && settled) {
				// Kept until it is drawn completely again, so that nothing around it moves.
				this.style.minHeight = `${boundingClientRect.height}px`;
			}
			this.#drawn = wanted;
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

	/** A newly observed element reports where it is after the next layout. */
	readonly #measure = (): void => {
		this.#observer?.unobserve(this);
		this.#observer?.observe(this);
	};

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
