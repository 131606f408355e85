import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { ReportCase, ReportSide } from '../../../common/reportPage.ts';
import type { ShownTrial } from '../../../common/suitePage.ts';
import { verdictIcons, verdictWord } from '../../../common/verdictWord.ts';
import { visibleText } from '../../../common/visibleText.ts';
import { assertionList } from '../../shared/assertionList.ts';
import { canBisect } from '../../shared/canBisect.ts';
import { caseResult } from '../../shared/caseResult.ts';
import { comparedText } from '../../shared/comparedText.ts';
import type { ComparedText } from '../../shared/comparedTexts.ts';
import { comparisonView } from '../../shared/comparisonView.ts';
import { figureTexts, turnFigures, type Figures } from '../../shared/figures.ts';
import type { TextOpenEvent, TurnToggleEvent } from '../../shared/turnView.ts';
import type { ReportShown } from '../shown.ts';
import { placedError } from './placedError.ts';

/** One case: the answers side by side with their words compared, and below each what the graders found. */
export function caseView(page: ReportShown, index: number): TemplateResult {
	const { state, intent } = page;
	const current = state.shown?.index === index ? state.shown : undefined;
	const [first] = current?.sides ?? [];
	// As it was sent, its variables filled in.
	const question = current?.sides.find(({ trial }) => trial)?.trial?.query ?? current?.query;
	const base = first?.trial ? trialFigures(first.trial) : undefined;
	return html`${placedError(page, 'case')}
	${comparisonView({
		title: current?.name ?? '',
		back: { label: l10n.t('All cases'), run: () => page.leaveCase() },
		sides: (current?.sides ?? []).map((side) => ({
			label: sideLabel(page, side),
			about: sideAbout(page, side),
			figures: side.trial
				? figureTexts(trialFigures(side.trial), side === first ? undefined : base, page.format)
				: [],
		})),
		rows: current
			? [
					{
						key: `${index} ${current.repeat}`,
						...(question && { question }),
						texts: current.sides.map((side) => sideText(page, side)),
					},
				]
			: [],
		notice: current ? aboutCase(page, current) : html`<p class="muted">${l10n.t('Loading…')}</p>`,
		openLink: (url) => void page.call('case', 'openLink', { url }),
		copy: (text) => void page.call('case', 'copy', { text }),
		show: intent.compare,
		change: (compare) => page.setIntent({ compare }),
	})}`;
}

/** What was expected, and which of several answers is shown. */
function aboutCase(page: ReportShown, { expected, repeat, repeats, tags }: ReportCase): TemplateResult {
	const label = l10n.t('Which answer');
	const choose = (event: Event) => {
		page.dismissError('case');
		page.setIntent({ repeat: (event.target as HTMLSelectElement).selectedIndex + 1 });
	};
	return html`<div class="row about-case">
		${
			repeats === 1
				? nothing
				: html`<span class="select-box">
						<select class="select" aria-label=${label} title=${label} @change=${choose}>
							${Array.from(
								{ length: repeats },
								(_, at) =>
									html`<option .selected=${at + 1 === repeat}>
										${l10n.t('Answer {0} of {1}', at + 1, repeats)}
									</option>`,
							)}
						</select>
					</span>`
		}
		${tags.length === 0 ? nothing : html`<span class="muted">${visibleText(tags.map((tag) => `#${tag}`).join(' '))}</span>`}
		${
			expected === null
				? nothing
				: html`<p class="expected" tabindex="0" role="group" aria-label=${l10n.t('Expected')}>
						<span class="muted">${l10n.t('Expected:')}</span>
						<span class="message-text">${visibleText(expected)}</span>
					</p>`
		}
	</div>`;
}

function sideLabel({ state }: ReportShown, { variant, isOther }: ReportSide): string {
	const other = state.view?.other;
	if (!other) {
		return variant;
	}
	return isOther
		? other.isBaseline
			? l10n.t('Baseline: {0}', variant)
			: l10n.t('Other run: {0}', variant)
		: l10n.t('This run: {0}', variant);
}

function sideAbout({ format, state }: ReportShown, { trial, result }: ReportSide): TemplateResult {
	const isRunning = state.view?.run.status === 'running';
	const all = result.planned > 1 ? caseResult(format, result, { isNamed: false, isRunning }) : nothing;
	if (!trial) {
		return html`${all}`;
	}
	const { verdict, reused, latencyMs } = trial;
	return html`<span class="verdict-${verdict}">
			<span class="codicon codicon-${verdictIcons[verdict]} verdict-${verdict}" aria-hidden="true"></span>
			${verdictWord(verdict)}</span
		>${all === nothing ? nothing : html` · ${all}`}${latencyMs === null ? ` · ${l10n.t('recorded answer')}` : nothing}${
			reused ? ` · ${l10n.t('answer of an earlier run')}` : nothing
		}`;
}

function trialFigures({ turn, output, latencyMs, timeToFirstTokenMs, usage, costUsd }: ShownTrial): Figures {
	return {
		...(turn && turnFigures(turn)),
		characters: output.length,
		milliseconds: latencyMs ?? undefined,
		firstTokenMs: timeToFirstTokenMs ?? undefined,
		inputTokens: usage?.inputTokens,
		outputTokens: usage?.outputTokens,
		// Of a recorded answer it is what its judges cost, if anything.
		costUsd: costUsd === null || (costUsd === 0 && latencyMs === null) ? undefined : costUsd,
	};
}

function sideText(page: ReportShown, side: ReportSide): ComparedText {
	const { trial } = side;
	const { compare } = page.intent;
	const text = comparedText(trial?.turn ?? undefined, sideLabel(page, side), compare, page.format);
	// A recorded answer has no turn.
	const recorded = trial && !trial.turn && !compare.thinking ? { text: trial.output } : {};
	return { ...text, ...recorded, below: trial ? belowAnswer(page, side, trial) : nothing };
}

function belowAnswer(page: ReportShown, { isOther }: ReportSide, trial: ShownTrial): TemplateResult {
	const { trialId, error, assertions, turn, hasRequest } = trial;
	const variant = page.state.view?.run.variants.find(({ label }) => label === trial.variant);
	const isOpen = page.intent.open[trialId]?.['answer'] === true;
	const toggle = (patch: Record<string, boolean>) => {
		const { open } = page.intent;
		page.setIntent({ open: { ...open, [trialId]: { ...open[trialId], ...patch } } });
	};
	return html`<div class="below-answer">
		${error ? html`<p class="note">${visibleText(error.message)}</p>` : nothing}
		${assertionList(assertions, page.format)}
		${
			turn
				? html`<button
						class="block-summary"
						aria-expanded=${isOpen}
						@click=${() => toggle({ answer: !isOpen })}
					>
						<span class="codicon codicon-chevron-${isOpen ? 'down' : 'right'}" aria-hidden="true"></span
						>${l10n.t('Complete answer with thinking and tools')}
					</button>`
				: nothing
		}
		${turn && isOpen ? completeAnswer(page, isOther, trial) : nothing}
		${
			hasRequest
				? html`<button
						class="text-button"
						@click=${() => page.call('case', 'showTrialRequest', { trialId, isOther })}
					>
						${l10n.t('Show Request')}
					</button>`
				: nothing
		}
		${
			!isOther && page.state.snapshot.isStored && canBisect(trial, variant)
				? html`<button class="text-button" @click=${() => page.call('case', 'bisect', { trialId })}>
						${l10n.t('Bisect Failing Case')}
					</button>`
				: nothing
		}
	</div>`;
}

function completeAnswer(page: ReportShown, isOther: boolean, trial: ShownTrial): TemplateResult {
	const { trialId, turn, earlier, query, citations } = trial;
	const all = [...earlier, ...(turn ? [{ query, turn }] : [])];
	return html`${all.map((one, index) => {
		const key = `${trialId} ${index}`;
		const toggle = ({ detail }: TurnToggleEvent) => {
			const { open } = page.intent;
			page.setIntent({ open: { ...open, [key]: { ...open[key], [detail.index]: detail.open } } });
		};
		const isLast = index === all.length - 1;
		const openText = ({ detail }: TextOpenEvent) =>
			void page.call('case', 'openText', { trialId, isOther, index: detail.index });
		return html`<p class="muted sent-question">${visibleText(one.query)}</p>
			${keyed(
				key,
				html`<pw-turn
					.turn=${one.turn}
					.format=${page.format}
					.codeActions=${copyOnly}
					.citations=${isLast ? citations : []}
					.open=${page.intent.open[key] ?? {}}
					@turn-toggle=${toggle}
					@text-open=${isLast ? openText : nothing}
				></pw-turn>`,
			)}`;
	})}`;
}

const copyOnly = ['copy'] as const;
