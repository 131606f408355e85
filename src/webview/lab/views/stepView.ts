import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { LabStep, LabTake } from '../../../common/labState.ts';
import type { ShownTurn } from '../../../common/shownTurn.ts';
import type { TurnEnd } from '../../../common/turnEnd.ts';
import { visibleText } from '../../../common/visibleText.ts';
import { turnFigures, type Figures } from '../../shared/figures.ts';
import { errorNote } from '../../shared/errorNote.ts';
import type { CodeActionEvent } from '../../shared/codeBlock.ts';
import type { LinkEvent } from '../../shared/markdownView.ts';
import type { TextOpenEvent, TurnToggleEvent } from '../../shared/turnView.ts';
import type { LabShown } from '../shown.ts';
import { statusWord } from '../labWords.ts';

const noneOpen: Readonly<Record<number, boolean>> = {};

/** Step `index` of a take, or recorded message `index` of a column. */
export interface TurnPlace {
	of: string;
	index: number;
}

/** Where what could not be done with a take is shown: in its cell of the matrix, or under its conversation. */
export function errorPlace({ id, column, matrix }: LabTake): string {
	return matrix ? `cell/${id}` : column;
}

/** A turn with its events wired to the host; what they could not do is shown at the place `errors`. */
export function turnElement(
	page: LabShown,
	turn: ShownTurn,
	place: TurnPlace,
	errors: string,
	since?: number,
	end?: TurnEnd,
): TemplateResult {
	const key = `${place.of}/${place.index}`;
	return html`<pw-turn
		.turn=${turn}
		.liveSince=${since}
		.end=${end}
		.format=${page.format}
		.open=${page.intent.open[key] ?? noneOpen}
		@turn-toggle=${({ detail }: TurnToggleEvent) => page.toggleBlock(key, detail.index, detail.open)}
		@text-open=${({ detail }: TextOpenEvent) =>
			void page.call(errors, 'openText', { ...place, block: detail.index })}
		@link-open=${({ detail }: LinkEvent) => void page.call(errors, 'openLink', { url: detail.url })}
		@code-action=${({ detail }: CodeActionEvent) => void page.call(errors, 'copy', { text: detail.text })}
	></pw-turn>`;
}

/** Time and tokens of the thinking, as far as they are known. */
function thinkingFacts({ format }: LabShown, { blocks, usage }: ShownTurn): string {
	const facts: string[] = [];
	const times = blocks.flatMap((block) =>
		block.type === 'thinking' && block.endedAt !== undefined ? [block.endedAt - (block.startedAt ?? 0)] : [],
	);
	if (times.length > 0) {
		facts.push(format.duration(times.reduce((sum, time) => sum + time, 0)));
	}
	if (usage?.thinkingTokens !== undefined) {
		facts.push(l10n.t('{0} tokens', format.tokens(usage.thinkingTokens)));
	}
	return facts.join(', ');
}

/** What of one answer can be counted. */
export function stepFigures({ turn, durationMs, firstPartMs }: LabStep): Figures {
	return { ...turnFigures(turn), milliseconds: durationMs, firstTokenMs: firstPartMs };
}

/** How an answer stands, and what its figures do not say. */
export function stepWords(page: LabShown, { status, turn }: LabStep): string {
	const words = [statusWord(status)];
	if (turn.answeredModel !== undefined) {
		words.push(l10n.t('answered by {0}', visibleText(turn.answeredModel)));
	}
	const thinking = thinkingFacts(page, turn);
	return (thinking === '' ? words : [...words, `${l10n.t('Thinking')}: ${thinking}`]).join(' · ');
}

/** Tokens, times and cost of one answer, as far as they are known. */
function stepFacts(page: LabShown, step: LabStep): string {
	const { format } = page;
	const { usage } = step.turn;
	const facts: string[] = [];
	if (step.turn.answeredModel !== undefined) {
		facts.push(l10n.t('answered by {0}', visibleText(step.turn.answeredModel)));
	}
	if (step.durationMs !== undefined) {
		facts.push(l10n.t('{0} in all', format.duration(step.durationMs)));
	}
	if (step.firstPartMs !== undefined) {
		facts.push(l10n.t('first token after {0}', format.duration(step.firstPartMs)));
	}
	if (usage?.inputTokens !== undefined && usage.outputTokens !== undefined) {
		facts.push(
			l10n.t('{0} tokens in, {1} out', format.tokens(usage.inputTokens), format.tokens(usage.outputTokens)),
		);
	}
	const thinking = thinkingFacts(page, step.turn);
	if (thinking !== '') {
		facts.push(`${l10n.t('Thinking')}: ${thinking}`);
	}
	if (usage?.costUsd !== undefined) {
		facts.push(format.cost(usage.costUsd));
	}
	return facts.join(' · ');
}

/** One answer of a take: what it streams or has streamed, how it ended, and what it took. */
export function stepView(page: LabShown, take: LabTake, index: number): TemplateResult | typeof nothing {
	const step = take.steps[index];
	if (!step) {
		return nothing;
	}
	const answer = `${take.id}/${index}`;
	const errors = errorPlace(take);
	const since = step.status === 'streaming' ? page.since.get(answer) : undefined;
	const error = page.intent.hiddenErrors.includes(answer) ? undefined : step.turn.error;
	const facts = stepFacts(page, step);
	const end = step.status === 'waiting' || step.status === 'streaming' ? undefined : step.status;
	const canRetry = end !== undefined && end !== 'complete' && index === take.steps.length - 1;
	const retry = canRetry ? () => void page.call(errors, 'retry', { take: take.id }) : undefined;
	return html`<div class="step step-${step.status}">
		${
			step.status === 'waiting'
				? html`<p class="muted">${l10n.t('Waiting for its turn: ten run at a time')}</p>`
				: turnElement(page, step.turn, { of: take.id, index }, errors, since, end)
		}
		${error ? errorNote(error, { retry, dismiss: () => page.hideError(answer) }) : nothing}
		${
			end
				? html`<p class="facts">
						${facts}
						${retry && !error ? html`<button class="text-button" @click=${retry}>${l10n.t('Retry')}</button>` : nothing}
						<button
							class="text-button"
							@click=${() => void page.call(errors, 'showRequest', { take: take.id, step: index })}
						>
							${l10n.t('Show request')}
						</button>
					</p>`
				: nothing
		}
	</div>`;
}
