import * as l10n from '@vscode/l10n';
import type { Env, Token } from 'markdown-it';
import type { Citation } from '../../common/model.ts';
import { shownLimit } from '../../common/shownTurn.ts';
import { visibleText } from '../../common/visibleText.ts';
import { markCitations } from './citationMarks.ts';
import { createCodeBlock, type CodeAction, type CodeBlock } from './codeBlock.ts';
import { cancelForFrame, queueForFrame } from './frameQueue.ts';
import { FenceEnd } from '../../common/fence.ts';
import { languageOf } from '../../common/markdown.ts';
import { createMarkdown } from './markdownParser.ts';
import { nextStretch, readFence, type FenceReading, type Split } from './markdownSplit.ts';
import { sanitise } from './sanitise.ts';

/** Blocks in one part of a long text. */
const blocksPerPart = 24;

/** Fired when a link is activated; bubbles. */
export type LinkEvent = CustomEvent<{ url: string }>;

const markdown = createMarkdown();
const copyOnly: readonly CodeAction[] = ['copy'];

/** A fence whose end is not known yet; its text is appended without parsing. Offsets count from the text's start. */
interface OpenFence extends FenceReading {
	block: CodeBlock;
	contentStart: number;
	shown: number;
}

/**
 * Shows Markdown that may grow. Finished blocks are rendered once and never touched again; only the unfinished tail is
 * parsed again, at most once a frame, and long texts are spread over several frames.
 */
export class MarkdownView extends HTMLElement {
	/** Must be set before the element is connected. */
	codeActions: readonly CodeAction[] = ['copy'];
	#citations: readonly Citation[] = [];
	#text = '';
	#final = false;
	/** Number of characters in finished blocks. */
	#frozen = 0;
	#fence: OpenFence | undefined;
	/** Link definitions, kept from stretch to stretch once the text is complete. */
	#references: NonNullable<Env['references']> = {};
	/** Whether a definition was found after blocks that may use it were rendered. */
	#stale = false;
	#notBefore = 0;
	#settled = false;
	readonly #tail = document.createElement('div');

	constructor() {
		super();
		this.#tail.className = 'markdown-tail';
	}

	connectedCallback(): void {
		this.addEventListener('click', this.#activate);
		this.addEventListener('keydown', this.#activate);
		this.append(this.#tail);
		this.#schedule();
	}

	disconnectedCallback(): void {
		this.removeEventListener('click', this.#activate);
		this.removeEventListener('keydown', this.#activate);
		cancelForFrame(this.#work);
	}

	set text(given: string) {
		// A carriage return at the end may be half of a line break.
		const text = given.includes('\r') ? given.replace(/\r$/, '').replace(/\r\n?/g, '\n') : given;
		if (text === this.#text) {
			return;
		}
		if (this.#final || !text.startsWith(this.#text)) {
			this.#restart();
		}
		this.#text = text;
		this.#schedule();
	}

	/** Whether no text will follow. */
	set final(final: boolean) {
		if (final === this.#final) {
			return;
		}
		this.#final = final;
		if (this.#frozen > 0 && /^ {0,3}\[[^\]\n]+\]:/m.test(this.#text)) {
			this.#restart();
		}
		this.#schedule();
	}

	set citations(citations: readonly Citation[]) {
		if (citations !== this.#citations) {
			this.#citations = citations;
			this.#mark(this);
		}
	}

	/** Whether all of the given text is shown. The event `markdown-settled` (bubbles) is fired when this becomes true. */
	get settled(): boolean {
		return this.#settled;
	}

	readonly #activate = (event: Event): void => {
		if (event instanceof KeyboardEvent && event.key !== 'Enter') {
			return;
		}
		const link = event.target instanceof Element ? event.target.closest('a[data-url]') : null;
		if (link) {
			event.preventDefault();
			const detail = { url: link.getAttribute('data-url') ?? '' };
			this.dispatchEvent(new CustomEvent('link-open', { bubbles: true, detail }));
		}
	};

	/** Whether nothing that arrives later will be shown. */
	get #complete(): boolean {
		return this.#final || this.#text.length >= shownLimit;
	}

	#restart(): void {
		// Holding the height keeps the page from jumping while the text is rendered again.
		this.style.minHeight = `${this.offsetHeight}px`;
		this.#tail.replaceChildren();
		this.replaceChildren(this.#tail);
		this.#frozen = 0;
		this.#fence = undefined;
		this.#stale = false;
	}

	#schedule(): void {
		if (this.isConnected) {
			this.#settled = false;
			queueForFrame(this.#work);
		}
	}

	readonly #work = (deadline: number): void => {
		const began = performance.now();
		if (began < this.#notBefore) {
			this.#schedule();
			return;
		}
		const limit = Math.min(this.#text.length, shownLimit);
		let more = this.#frozen < limit;
		do {
			more = more && (this.#fence ? this.#growFence(this.#fence, limit) : this.#parseStretch(limit));
		} while (more && performance.now() < deadline);
		// A costly tail is parsed less often, so that it takes at most a quarter of the time.
		const end = performance.now();
		this.#notBefore = more ? 0 : end + 3 * (end - began);
		if (more) {
			this.#schedule();
		} else if (this.#stale) {
			this.#restart();
			this.#schedule();
		} else {
			this.style.minHeight = '';
			this.#settled = true;
			this.dispatchEvent(new CustomEvent('markdown-settled', { bubbles: true }));
		}
	};

	/** Parses the next stretch; returns whether there is more to do now. */
	#parseStretch(limit: number): boolean {
		const known = Object.keys(this.#references).length;
		const references = { ...this.#references };
		const env: Env = { references };
		const complete = this.#complete;
		const split = nextStretch(markdown, this.#text, { from: this.#frozen, limit, complete, env });
		if (complete) {
			this.#references = references;
			this.#stale ||= this.#frozen > 0 && Object.keys(references).length > known;
		}
		this.#show(split, env);
		return this.#fence !== undefined || (split.frozenLength > 0 && split.tail.length === 0 && this.#frozen < limit);
	}

	#show(split: Split, env: Env): void {
		const frozen = this.#render(split.frozen, env);
		const start = this.#frozen;
		this.#frozen += split.frozenLength;
		if (split.fence) {
			const block = createCodeBlock('', split.fence.language, this.codeActions);
			const contentStart = start + split.fence.contentStart;
			this.#fence = {
				block,
				end: new FenceEnd(split.fence.marker),
				next: contentStart,
				contentStart,
				shown: contentStart,
			};
			this.#tail.replaceChildren(block.element);
		} else {
			this.#tail.replaceChildren(this.#render(split.tail, env));
		}
		this.#keep(frozen);
	}

	/** Puts finished blocks before the tail, in parts; a full part costs nothing while it is out of view (turn.css). */
	#keep(blocks: DocumentFragment | HTMLElement): void {
		for (const block of blocks instanceof DocumentFragment ? [...blocks.children] : [blocks]) {
			let part = this.#tail.previousElementSibling;
			if (!part || part.childElementCount >= blocksPerPart) {
				part?.classList.add('markdown-full');
				part = document.createElement('div');
				part.className = 'markdown-part';
				this.insertBefore(part, this.#tail);
			}
			part.append(block);
		}
	}

	#render(tokens: Token[], env: Env): DocumentFragment {
		const fragment = sanitise(markdown.renderer.render(tokens, markdown.options, env));
		for (const place of fragment.querySelectorAll('pre[data-code]')) {
			const token = tokens[Number(place.getAttribute('data-code'))];
			if (token) {
				// Only a fenced block can be a prompt for the draft.
				const actions = token.type === 'fence' ? this.codeActions : copyOnly;
				const block = createCodeBlock(token.content, languageOf(markdown, token), actions);
				block.finish(token.content);
				place.replaceWith(block.element);
			}
		}
		for (const link of fragment.querySelectorAll<HTMLElement>('a[data-url]')) {
			const url = link.dataset['url'] ?? '';
			// Shows where a link really leads before it is clicked.
			const host = URL.canParse(url) ? new URL(url).host : '';
			link.title = host === '' ? visibleText(url) : l10n.t('Leads to {0}', host);
		}
		this.#mark(fragment);
		return fragment;
	}

	/** Shows what was appended to an open fence, and closes the fence at its end; returns whether there is more to do now. */
	#growFence(fence: OpenFence, limit: number): boolean {
		const complete = this.#complete;
		const close = readFence(this.#text, fence, limit, complete);
		if (close !== undefined || complete) {
			fence.block.finish(this.#text.slice(fence.contentStart, close ?? limit));
			this.#keep(fence.block.element);
			this.#frozen = fence.next;
			this.#fence = undefined;
			return this.#frozen < limit;
		}
		// The last line may turn out to be the closing one, so it is held back until that is known.
		const mayClose = /^ {0,3}[`~]+[ \t]*$/.test(this.#text.slice(fence.next, limit));
		const shown = mayClose ? fence.next : limit;
		if (shown > fence.shown) {
			fence.block.append(this.#text.slice(fence.shown, shown));
			fence.shown = shown;
		}
		return false;
	}

	#mark(root: ParentNode): void {
		if (this.#citations.length > 0) {
			markCitations(root, this.#citations);
		}
	}
}

customElements.define('pw-markdown', MarkdownView);
