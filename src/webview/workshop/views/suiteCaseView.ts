import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { ShownTrial } from '../../../common/suitePage.ts';
import { verdictIcons, verdictWord } from '../../../common/verdictWord.ts';
import { visibleText } from '../../../common/visibleText.ts';
import { assertionList } from '../../shared/assertionList.ts';
import { canBisect } from '../../shared/canBisect.ts';
import { shownRun } from '../shownRun.ts';
import type { WorkshopShown } from '../shown.ts';
import { placedError } from './placedError.ts';
import { turnEvents } from './turnEvents.ts';

/** One case: what it asks, and each answer with what the graders found. */
export function suiteCaseView(page: WorkshopShown): TemplateResult {
	const { shown } = page.state.suite;
	const { suiteCase } = page.intent;
	const back = () => {
		page.setIntent({ suiteCase: null });
		page.focus('.cases [data-row-focus][tabindex="0"]');
	};
	const onKey = (event: KeyboardEvent) => {
		if (event.key === 'Escape') {
			event.preventDefault();
			back();
		}
	};
	const current = shown?.index === suiteCase ? shown : undefined;
	return html`<div class="column" @keydown=${onKey}>
		<div class="scroll">
			<div class="case">
				<div class="row case-head">
					<button class="text-button case-back" @click=${back}>
						<span class="codicon codicon-arrow-left" aria-hidden="true"></span>${l10n.t('All cases')}
					</button>
					<h2>${visibleText(current?.name ?? '')}</h2>
				</div>
				${placedError(page, 'case')}
				${
					current
						? html`${labelledText(l10n.t('Question'), current.query)}
							${labelledText(l10n.t('Expected'), current.expected)}
							${
								current.trials.length === 0
									? html`<p class="muted">
											${l10n.t('This case has not been answered in this run.')}
										</p>`
									: current.trials.map((trial) => trialView(page, trial))
							}`
						: html`<p class="muted">${l10n.t('Loading…')}</p>`
				}
			</div>
		</div>
	</div>`;
}

function labelledText(label: string, text: string | null): TemplateResult | typeof nothing {
	return text === null
		? nothing
		: html`<p class="case-label muted">${label}</p>
				<p class="message-text">${visibleText(text)}</p>`;
}

function trialView(page: WorkshopShown, trial: ShownTrial): TemplateResult {
	const { format, intent } = page;
	const { trialId, variant, verdict, repeat, turn, output, error } = trial;
	const run = shownRun(page);
	const events = turnEvents(page, trialId, 'case');
	const figures = [
		...(repeat > 1 ? [l10n.t('repeat {0}', repeat)] : []),
		...(trial.latencyMs === null ? [l10n.t('recorded answer')] : [format.duration(trial.latencyMs)]),
		...(trial.usage?.outputTokens === undefined
			? []
			: [l10n.t('{0} tokens', format.tokens(trial.usage.outputTokens))]),
		...(trial.costUsd === null || trial.costUsd === 0 ? [] : [format.cost(trial.costUsd)]),
		...(trial.reused ? [l10n.t('answer of an earlier run')] : []),
	];
	const showRequest = () => run && page.call('case', 'showTrialRequest', { runId: run.runId, trialId });
	const bisect = () => run && page.call('case', 'bisect', { runId: run.runId, trialId });
	return html`<article class="trial" aria-label="${visibleText(variant)}: ${verdictWord(verdict)}">
		<p class="trial-head">
			<span class="verdict-${verdict}">
				<span class="codicon codicon-${verdictIcons[verdict]}" aria-hidden="true"></span>
				${verdictWord(verdict)}
			</span>
			<strong>${visibleText(variant)}</strong>
			<span class="muted">${figures.join(' · ')}</span>
		</p>
		${error ? html`<p class="note">${visibleText(error.message)}</p>` : nothing}
		${assertionList(trial.assertions, format, (index) => humanButtons(page, trial, index))}
		${trial.earlier.map(
			(one, index) =>
				html`<p class="message-text muted">${visibleText(one.query)}</p>
					<pw-turn
						.turn=${one.turn}
						.format=${format}
						.codeActions=${copyOnly}
						.open=${intent.open[`${trialId}-${index}`] ?? {}}
						@turn-toggle=${turnEvents(page, `${trialId}-${index}`, 'case').toggle}
						@link-open=${events.link}
					></pw-turn>`,
		)}
		${trial.earlier.length > 0 ? html`<p class="message-text muted">${visibleText(trial.query)}</p>` : nothing}
		${
			turn
				? keyed(
						trialId,
						html`<pw-turn
							.turn=${turn}
							.format=${format}
							.codeActions=${copyOnly}
							.citations=${trial.citations}
							.open=${intent.open[trialId] ?? {}}
							@turn-toggle=${events.toggle}
							@code-action=${events.code}
							@link-open=${events.link}
						></pw-turn>`,
					)
				: html`<p class="message-text">${output === '' ? l10n.t('(empty answer)') : visibleText(output)}</p>`
		}
		${
			trial.hasRequest
				? html`<button class="text-button" @click=${showRequest}>${l10n.t('Show Request')}</button>`
				: nothing
		}
		${
			canBisect(
				trial,
				run?.variants.find(({ label }) => label === variant),
			)
				? html`<button class="text-button" @click=${bisect}>${l10n.t('Bisect Failing Case')}</button>`
				: nothing
		}
	</article>`;
}

const copyOnly = ['copy'] as const;

/** Answers of the user to a question of the suite. */
function humanButtons(page: WorkshopShown, { trialId }: ShownTrial, assertion: number): TemplateResult {
	const run = shownRun(page);
	const answer = (pass: boolean) => () =>
		run && page.call('case', 'answerHuman', { runId: run.runId, trialId, assertion, pass });
	return html`<span class="row">
		<button class="button secondary" @click=${answer(true)}>${l10n.t('Yes')}</button>
		<button class="button secondary" @click=${answer(false)}>${l10n.t('No')}</button>
	</span>`;
}
