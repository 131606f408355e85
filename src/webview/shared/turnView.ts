import * as l10n from '@vscode/l10n';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { TurnBlock } from '../../common/turn.ts';
import type { Citation } from '../../common/model.ts';
import { endIcons } from '../../common/endIcons.ts';
import { shownLimit, type ShownTurn } from '../../common/shownTurn.ts';
import { turnEnd, type TurnEnd } from '../../common/turnEnd.ts';
import { visibleText } from '../../common/visibleText.ts';
import { articleCount } from './articleCount.ts';
import type { CodeAction } from './codeBlock.ts';
import type { Formatter } from './format.ts';
import type { MarkdownView } from './markdownView.ts';
import './markdownView.ts';
import { describeToolInput } from './toolInput.ts';
import { turnEnding } from './turnEnding.ts';

type ThinkingBlock = Extract<TurnBlock, { type: 'thinking' }>;
type TextBlock = Extract<TurnBlock, { type: 'text' }>;
type ToolBlock = Extract<TurnBlock, { type: 'tool' }>;

/** Fired when a block is opened or closed by the user; bubbles. `index`: of the block in the turn. */
export type TurnToggleEvent = CustomEvent<{ index: number; open: boolean }>;
/** Fired when a capped text is to be opened in an editor; bubbles. */
export type TextOpenEvent = CustomEvent<{ index: number }>;

const noCitations: readonly Citation[] = [];

/**
 * An assistant turn: thinking above its answer, tool calls between, in the order of arrival. The same element shows it
 * live and finished, so nothing moves when a turn ends. It also fires `link-open` and `code-action` (from its parts).
 */
export class TurnView extends LitElement {
	static override properties = {
		turn: { attribute: false },
		liveSince: { attribute: false },
		end: { attribute: false },
		format: { attribute: false },
		citations: { attribute: false },
		codeActions: { attribute: false },
		open: { attribute: false },
	};

	declare turn: ShownTurn;
	/** `performance.now()` at which the run began; undefined once it has ended. */
	declare liveSince: number | undefined;
	/** How the turn ended, if the turn itself does not say: the process that ran it may have ended first. */
	declare end: TurnEnd | undefined;
	declare format: Formatter;
	declare citations: readonly Citation[];
	declare codeActions: readonly CodeAction[];
	/** Blocks that the user opened or closed, by index; others follow the stream. */
	declare open: Readonly<Record<number, boolean>>;

	#clock: ReturnType<typeof setInterval> | undefined;

	constructor() {
		super();
		this.citations = noCitations;
		this.codeActions = ['copy'];
		this.open = {};
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#stopClock();
	}

	protected override updated(): void {
		if (this.liveSince === undefined) {
			this.#stopClock();
		} else {
			this.#clock ??= setInterval(() => this.requestUpdate(), 1000);
		}
		const body = this.querySelector('.thinking-live');
		if (body) {
			body.scrollTop = body.scrollHeight;
		}
	}

	#stopClock(): void {
		clearInterval(this.#clock);
		this.#clock = undefined;
	}

	protected override render(): TemplateResult {
		const { blocks } = this.turn;
		return html`${repeat(
			blocks,
			(block, index) => `${index}:${block.type}`,
			(block, index) => {
				const last = index === blocks.length - 1;
				switch (block.type) {
					case 'thinking':
						return this.#thinking(block, index, last);
					case 'tool':
						return this.#tool(block, index);
					case 'text':
						return this.#text(block, index, last);
				}
			},
		)}${this.#ending()}`;
	}

	get #live(): boolean {
		return this.liveSince !== undefined;
	}

	#markdown(text: string, final: boolean, citations: readonly Citation[]): TemplateResult {
		return html`<pw-markdown
			.codeActions=${this.codeActions}
			.text=${text}
			.final=${final}
			.citations=${citations}
		></pw-markdown>`;
	}

	#capped(text: string, index: number): TemplateResult | typeof nothing {
		const length = text.length + (this.turn.omitted?.[index] ?? 0);
		if (length <= shownLimit) {
			return nothing;
		}
		const message = l10n.t(
			'Only the first {0} of {1} characters are shown here.',
			this.format.number(shownLimit),
			this.format.number(length),
		);
		return html`<div class="note">
			<span>${message}</span>
			<button class="button secondary" @click=${() => this.#fire('text-open', { index })}>
				${l10n.t('Open in editor')}
			</button>
		</div>`;
	}

	#fire(name: 'turn-toggle' | 'text-open', detail: { index: number; open?: boolean }): void {
		this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
	}

	#summary(index: number, open: boolean, content: TemplateResult): TemplateResult {
		const toggle = () => this.#fire('turn-toggle', { index, open: !open });
		return html`<button class="block-summary" aria-expanded=${open} @click=${toggle}>
			<span class="codicon codicon-chevron-${open ? 'down' : 'right'}" aria-hidden="true"></span>${content}
		</button>`;
	}

	#thinking(block: ThinkingBlock, index: number, last: boolean): TemplateResult {
		const growing = this.#live && last;
		if (block.text === '') {
			return html`<section class="thinking">
				<div class="block-summary block-hidden">${this.#thinkingLabel(block, growing)}</div>
			</section>`;
		}
		const open = this.open[index] ?? growing;
		return html`<section class="thinking">
			${this.#summary(index, open, html`<span>${this.#thinkingLabel(block, growing)}</span>`)}
			${
				open
					? html`<div
							class="thinking-body ${growing ? 'thinking-live' : ''}"
							role="region"
							aria-label=${l10n.t('Thinking')}
							tabindex="0"
						>
							${this.#markdown(block.text, !growing, noCitations)}${this.#capped(block.text, index)}
						</div>`
					: nothing
			}
		</section>`;
	}

	#thinkingLabel(block: ThinkingBlock, growing: boolean): string {
		const start = block.startedAt ?? 0;
		const parts = [block.text === '' ? l10n.t('Thinking (hidden by the provider)') : l10n.t('Thinking')];
		if (growing && this.liveSince !== undefined) {
			parts.push(this.format.seconds(performance.now() - this.liveSince - start));
		} else if (block.endedAt !== undefined) {
			parts.push(this.format.duration(block.endedAt - start));
		}
		const tokens = this.turn.usage?.thinkingTokens;
		const only = this.turn.blocks.filter(({ type }) => type === 'thinking').length === 1;
		if (tokens !== undefined && only && !growing) {
			parts.push(l10n.t('{0} tokens', this.format.tokens(tokens)));
		}
		return parts.join(' · ');
	}

	#tool(block: ToolBlock, index: number): TemplateResult {
		const { result } = block;
		const open = this.open[index] ?? false;
		const running = !result && this.#live;
		const icon = running ? 'loading codicon-modifier-spin' : result?.isError ? 'warning' : 'tools';
		const outcome = result
			? result.isError
				? l10n.t('failed')
				: result.articleCount === undefined
					? visibleText(result.summary)
					: articleCount(result.articleCount, this.format)
			: running
				? l10n.t('running')
				: '';
		const line = html`<span class="codicon codicon-${icon}" aria-hidden="true"></span>
			<span class="tool-name">${visibleText(block.name)}</span>
			<span class="tool-input">${describeToolInput(block.input)}</span>
			<span class="tool-outcome">${outcome}</span>`;
		return html`<section class="tool ${result?.isError ? 'tool-failed' : ''}">
			${this.#summary(index, open, line)}
			${
				open
					? html`<div class="tool-body">
							<pre tabindex="0" role="region" aria-label=${l10n.t('Tool input')}>
${visibleText(toJson(block.input))}</pre>
							<p>${visibleText(result?.summary ?? '')}</p>
						</div>`
					: nothing
			}
		</section>`;
	}

	#text(block: TextBlock, index: number, last: boolean): TemplateResult {
		const final = !(this.#live && last);
		return html`<section class="answer">
			${this.#markdown(block.text, final, this.citations)}${this.#capped(block.text, index)}
		</section>`;
	}

	/** While the turn runs, what it is waiting for; afterwards, why it ended, if that needs saying. */
	#ending(): TemplateResult | typeof nothing {
		if (this.liveSince !== undefined) {
			const text = this.#awaited(this.format.seconds(performance.now() - this.liveSince));
			return html`<p class="awaited">
				<span class="codicon codicon-loading codicon-modifier-spin" aria-hidden="true"></span> ${text}
			</p>`;
		}
		const end = this.end ?? (this.turn.stopReason === undefined ? undefined : turnEnd(this.turn));
		const text = end && turnEnding(this.turn, end);
		return end === undefined || text === undefined
			? nothing
			: html`<p class="note note-ended">
					<span class="codicon codicon-${endIcons[end]} status-${end}" aria-hidden="true"></span>
					<span>${visibleText(text)}</span>
				</p>`;
	}

	#awaited(time: string): string {
		const last = this.turn.blocks.at(-1);
		switch (last?.type) {
			case undefined:
				return l10n.t('Waiting for the first token · {0}', time);
			case 'tool':
				return last.result
					? l10n.t('Waiting for the answer · {0}', time)
					: l10n.t('Waiting for the tool · {0}', time);
			case 'thinking':
				return l10n.t('Waiting for the answer · {0}', time);
			case 'text':
				return l10n.t('Answering · {0}', time);
		}
	}
}

function toJson(value: unknown): string {
	return typeof value === 'string' ? value : JSON.stringify(value, undefined, 2);
}

customElements.define('pw-turn', TurnView);

declare global {
	interface HTMLElementTagNameMap {
		'pw-markdown': MarkdownView;
		'pw-turn': TurnView;
	}
}
