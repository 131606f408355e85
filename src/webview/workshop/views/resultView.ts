import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { emptyTurn } from '../../../common/turn.ts';
import type { TestResult } from '../../../common/model.ts';
import type { ResultDetails } from '../../../common/workshopProtocol.ts';
import { questionText } from '../../../common/questionText.ts';
import { visibleText } from '../../../common/visibleText.ts';
import type { Place, WorkshopShown } from '../shown.ts';
import { endMark } from '../../shared/endMark.ts';
import { errorNote } from '../../shared/errorNote.ts';
import { inOneLine } from '../../shared/format.ts';
import { modelText } from '../../shared/turnEnding.ts';
import { keyHelp, providerOf } from './keyHelp.ts';
import { metricsView } from './metricsView.ts';
import { placedError } from './placedError.ts';
import { ratingView } from './ratingView.ts';
import { runAgain } from '../runTest.ts';
import { shownTest } from '../shownTest.ts';
import { turnEvents } from './turnEvents.ts';

/**
 * A test: live while it runs, with its figures and rating afterwards.
 * @param titled whether the question is already shown above it
 */
export function resultView(page: WorkshopShown, testId: string, titled: boolean): TemplateResult {
	const { state, format, intent } = page;
	const run = state.runs.get(testId);
	const live = run?.since !== undefined;
	const details = live ? undefined : state.details.get(testId);
	const turn = run?.turn ?? details?.turn ?? emptyTurn;
	const { query, topic, model, isModel } = shownTest(state, testId);
	const answeredModel = turn.answeredModel ?? details?.result.answeredModel;
	const source = [
		...(titled && !answeredModel ? [] : [modelText(model, answeredModel)]),
		...(titled ? [] : [topic]),
		...(details ? [inOneLine(format.dateTime(details.result.timestamp))] : []),
	];
	const end = details && !details.elsewhere && !run ? details.result.status : undefined;
	const events = turnEvents(page, testId, actionsOf(testId));
	const error = turn.error ?? details?.result.error ?? undefined;
	return html`<article
		class="result ${details && !details.elsewhere ? `result-${details.result.status}` : ''}"
		aria-label=${l10n.t('Answer')}
	>
		${placedError(page, `result:${testId}`)}
		${
			titled
				? nothing
				: html`<div class="message-head">
						<span class="author result-query">${visibleText(questionText(query))}</span>
					</div>`
		}
		<p class="muted">${visibleText(source.filter(Boolean).join(' · '))}${details ? stateOf(details) : nothing}</p>
		${page.busy.has(`result:${testId}`) && !details ? html`<p class="muted">${l10n.t('Loading…')}</p>` : nothing}
		${isModel ? nothing : html`<p class="note">${l10n.t('Not a model, did not read the prompt. This result is left out of averages and comparisons.')}</p>`}
		${details && !details.turn && !details.elsewhere && !run ? preview(details.result) : nothing}
		${keyed(
			testId,
			html`<pw-turn
				.turn=${turn}
				.liveSince=${run?.since}
				.end=${end}
				.format=${format}
				.codeActions=${copyOnly}
				.citations=${details?.result.citations ?? noCitations}
				.open=${intent.open[testId] ?? {}}
				@turn-toggle=${events.toggle}
				@code-action=${events.code}
				@link-open=${events.link}
				@text-open=${events.text}
			></pw-turn>`,
		)}
		${
			error && !intent.dismissed.includes(testId)
				? errorNote(error, {
						retry: details ? () => void runAgain(page, actionsOf(testId), details.result) : undefined,
						dismiss: () => page.setIntent({ dismissed: [...intent.dismissed, testId] }),
						help: keyHelp(page, actionsOf(testId), error.code, providerOf(model)),
					})
				: nothing
		}
		${details ? ending(page, details) : nothing}
		<div class="at-hand">${placedError(page, actionsOf(testId))}</div>
	</article>`;
}

/** Where the errors of a result's buttons and links are shown. */
function actionsOf(testId: string): Place {
	return `actions:${testId}`;
}

/** Characters of a value that are shown. */
const shownValue = 300;

const copyOnly = ['copy'] as const;
const noCitations = [] as const;

function preview(result: TestResult): TemplateResult {
	return html`<p class="note">${l10n.t('The full answer is not stored. This is its beginning:')}</p>
		<p class="message-text">${result.responsePreview}</p>`;
}

/** The state of a result in words; nothing if it is complete. */
function stateOf({ result, elsewhere }: ResultDetails): TemplateResult | typeof nothing {
	if (elsewhere) {
		return html` · <strong class="status-running">${l10n.t('running in another window')}</strong>`;
	}
	return result.status === 'complete' ? nothing : html` · ${endMark(result.status)}`;
}

/** The values of variables that a test was run with. */
function usedValues({ parameters }: TestResult): TemplateResult | typeof nothing {
	const vars = Object.entries((parameters['vars'] ?? {}) as Record<string, unknown>);
	return vars.length === 0
		? nothing
		: html`<ul class="muted used-values" aria-label=${l10n.t('Variables')}>
				${vars.map(([name, value]) => {
					const text = typeof value === 'string' ? value : JSON.stringify(value);
					return html`<li title=${visibleText(text.slice(0, shownValue))}>
						${visibleText(`${name}: ${inOneLine(text.slice(0, shownValue))}`)}
					</li>`;
				})}
			</ul>`;
}

function ending(page: WorkshopShown, details: ResultDetails): TemplateResult {
	const { result } = details;
	const version =
		details.version === null
			? undefined
			: details.versionIsCurrent
				? `${l10n.t('Prompt version {0}', details.version)} (${l10n.t('the current text')})`
				: l10n.t('Prompt version {0}, changed since', details.version);
	const { testId } = result;
	const place = actionsOf(testId);
	const busy = page.busy.has('test') || page.busy.has(place);
	const compare = () => {
		page.setIntent({ comparing: true });
		page.focus('.compare-close');
	};
	return html`<div class="ending">
		${metricsView(page, result)}
		${
			version === undefined
				? html`<p class="muted">${l10n.t('The tested version of the prompt was deleted')}</p>`
				: html`<p class="muted">
						${version}
						${
							details.versionIsCurrent
								? nothing
								: html`<button
										class="text-button"
										@click=${() => page.call(place, 'compareVersion', { testId })}
									>
										${l10n.t('Compare prompt with current')}
									</button>`
						}
					</p>`
		}
		${usedValues(result)}${ratingView(page, result)}
		<div class="row actions">
			<button class="button secondary" ?disabled=${busy} @click=${() => runAgain(page, place, result)}>
				${l10n.t('Run again')}
			</button>
			<button class="button secondary" ?disabled=${busy} @click=${() => runAgain(page, place, result, true)}>
				${l10n.t('Run on another model')}
			</button>
			${
				details.previousId === null
					? nothing
					: html`<button class="button secondary compare-previous" @click=${compare}>
							${l10n.t('Compare with previous')}
						</button>`
			}
			<button class="text-button" @click=${() => page.call(place, 'showRequest', { testId })}>
				${l10n.t('Show request')}
			</button>
			<button class="text-button" @click=${() => page.call(place, 'openResult', { testId })}>
				${l10n.t('Open in editor')}
			</button>
		</div>
	</div>`;
}
