import * as l10n from '@vscode/l10n';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { visibleText } from '../../common/visibleText.ts';
import type { MarkdownView } from './markdownView.ts';
import './markdownView.ts';
import { markRead, readText, unmark } from './readText.ts';
import { markTexts, type MarkedSide, type MarkedTexts } from './wordDiff.ts';

/** One of the texts that are compared. */
export interface ComparedText {
	/** Names its side. */
	label: string;
	text: string;
	/** Whether the text is still growing. */
	live?: boolean;
	/** A remark about the text. */
	note?: string | undefined;
	/** Shown below the text. */
	below?: TemplateResult | typeof nothing;
	/** Shown instead of an empty text. */
	empty?: string;
}

/**
 * Texts side by side, the first compared with each of the others, as rendered Markdown or as source. Differences are
 * marked once none of the texts is growing. The surrounding grid lays out the cells.
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
	/** What was compared, and the differences; ignored once something else is compared. */
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

	/** Identifies the current comparison; empty if there is nothing to mark. */
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
		// What stands below a text is not compared.
		const views = this.rendered ? [...this.querySelectorAll<MarkdownView>(':scope > .compared > pw-markdown')] : [];
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

/** The template has no white space, because it would be shown. */
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
