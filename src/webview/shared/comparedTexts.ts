import * as l10n from '@vscode/l10n';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { visibleText } from '../../common/visibleText.ts';
import './markdownView.ts';
import { markRead, readText, unmark } from './readText.ts';
import { markTexts, type MarkedSide, type MarkedTexts } from './wordDiff.ts';

/** One of the texts that are compared. */
export interface ComparedText {
	/** Names its side. */
	label: string;
	text: string;
	/** It still grows. */
	live?: boolean;
	/** What is to be known of the text. */
	note?: string | undefined;
	/** Shown below it. */
	below?: TemplateResult | typeof nothing;
	/** Shown in place of a text that is empty. */
	empty?: string;
}

/**
 * Texts side by side, the first compared with each of the others: rendered as Markdown or as their source, with marks at
 * what differs once none of them grows. Its cells are laid out by the grid around it.
 */
export class ComparedTexts extends LitElement {
	static override properties = {
		texts: { attribute: false },
		rendered: { attribute: false },
		marks: { attribute: false },
		found: { state: true },
	};

	declare texts: readonly ComparedText[];
	declare rendered: boolean;
	declare marks: boolean;
	/** What was compared and what differs; another comparison makes it void. */
	declare found: { of: string; marked: MarkedTexts } | undefined;
	#marked = '';

	constructor() {
		super();
		this.addEventListener('markdown-settled', () => void this.#mark());
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	protected override updated(): void {
		void this.#mark();
	}

	/** Names what is compared now. */
	get #comparison(): string {
		return this.marks && this.texts.length > 1 && !this.texts.some(({ live }) => live)
			? [this.rendered, ...this.texts.map(({ text }) => text)].join('\0')
			: '';
	}

	async #mark(): Promise<void> {
		const comparison = this.#comparison;
		if (comparison === this.#marked) {
			return;
		}
		const views = this.rendered ? [...this.querySelectorAll('pw-markdown')] : [];
		for (const view of views) {
			unmark(view);
		}
		if (comparison === '' || !views.every((view) => view.settled)) {
			this.#marked = '';
			return;
		}
		this.#marked = comparison;
		const read = views.map(readText);
		const [base = '', ...others] = this.rendered
			? read.map(({ text }) => text)
			: this.texts.map(({ text }) => visibleText(text));
		const marked = await markTexts(base, others);
		if (comparison !== this.#comparison || comparison !== this.#marked || !this.isConnected) {
			return;
		}
		this.found = { of: comparison, marked };
		for (const [index, one] of read.entries()) {
			const side = index === 0 ? marked.base : marked.others[index - 1];
			if (side) {
				markRead(one, side, index === 0 ? 'del' : 'ins');
			}
		}
	}

	protected override render(): TemplateResult[] {
		const marked = this.found?.of === this.#comparison ? this.found.marked : undefined;
		return this.texts.map((one, index) => {
			const side = index === 0 ? marked?.base : marked?.others[index - 1];
			const unmarked =
				marked !== undefined && index > 0 && !side && one.text !== '' && this.texts[0]?.text !== '';
			return html`<div class="compared" role="group" aria-label=${one.label}>
				${
					one.text === '' && one.empty !== undefined && !one.live
						? html`<p class="muted">${one.empty}</p>`
						: this.rendered
							? this.#markdown(one)
							: source(visibleText(one.text), side)
				}
				${unmarked ? html`<p class="compared-note">${l10n.t('Most words differ, so the differences are not marked.')}</p>` : nothing}
				${one.note === undefined ? nothing : html`<p class="compared-note">${one.note}</p>`}
				${one.below ?? nothing}
			</div>`;
		});
	}

	#markdown({ text, live }: ComparedText): TemplateResult {
		return html`<pw-markdown .text=${text} .final=${!live}></pw-markdown>`;
	}
}

/** White space of a template would be shown here, so it has none. */
function source(text: string, side: MarkedSide | undefined): TemplateResult {
	const pieces = side?.map(({ text: words, mark }) =>
		mark === 'same' ? words : mark === 'added' ? html`<ins>${words}</ins>` : html`<del>${words}</del>`,
	);
	return html`<div class="compared-source">${pieces ?? text}</div>`;
}

customElements.define('pw-compared', ComparedTexts);

declare global {
	interface HTMLElementTagNameMap {
		'pw-compared': ComparedTexts;
	}
}
