import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { isResumable, runStatusWord } from '../../../common/runStatus.ts';
import { runCounts } from '../../../statistics/runCounts.ts';
import type { SuiteStart, SuiteView } from '../../../common/suitePage.ts';
import type { SuiteRun } from '../../../common/suiteModel.ts';
import { visibleText } from '../../../common/visibleText.ts';
import { shownRun } from '../shownRun.ts';
import type { WorkshopShown } from '../shown.ts';
import type { SuiteState } from '../state.ts';

const repeats = [1, 2, 3, 5, 10, 20];

/** Starts, stops and resumes runs, and shows how the chosen one stands. */
export function suiteToolbar(page: WorkshopShown, view: SuiteView): TemplateResult {
	const run = shownRun(page);
	const { plan } = page.state.suite;
	return html`<div class="row suite-toolbar">
			${buttons(page, view, run)} ${modelMenu(page, view)} ${repeatMenu(page)}
			<span class="grow"></span>
			<button class="text-button" @click=${() => page.call('suite', 'openSuite', { line: null })}>
				${l10n.t('Open Suite')}
			</button>
		</div>
		${plan ? planNote(page, plan) : nothing} ${run ? runState(page, view, run) : nothing}`;
}

function buttons(page: WorkshopShown, view: SuiteView, run: SuiteRun | undefined): unknown {
	const running = view.runs.find(({ runId }) => view.here.includes(runId));
	if (running) {
		return html`<button
			class="button secondary stop"
			@click=${() => page.call('suite', 'stopSuite', { runId: running.runId })}
		>
			${l10n.t('Stop')}
		</button>`;
	}
	const ready = view.cases > 0 && !page.busy.has('suite');
	const failed = run !== undefined && run.variants.some(({ failed, errors }) => failed + errors > 0);
	return html`<button class="button run" ?disabled=${!ready} @click=${() => start(page, { failedFrom: null })}>
			<span class="codicon codicon-play" aria-hidden="true"></span>${l10n.t('Run')}
		</button>
		${
			failed
				? html`<button
						class="button secondary"
						?disabled=${!ready}
						@click=${() => start(page, { failedFrom: run.runId })}
					>
						${l10n.t('Run Failed')}
					</button>`
				: nothing
		}
		${
			view.hasBatch
				? html`<button
						class="button secondary"
						title=${l10n.t('About half the price, up to 24 hours')}
						?disabled=${!ready}
						@click=${() => start(page, { failedFrom: null, batch: true })}
					>
						${l10n.t('Run as Batch')}
					</button>`
				: nothing
		}
		<button
			class="button secondary"
			title=${l10n.t('Compare two prompts, versions, models or thinking levels, and stop as soon as it is clear which is better')}
			?disabled=${!ready}
			@click=${() => page.call('suite', 'runAb', null)}
		>
			${l10n.t('Run A/B Test')}
		</button>
		${
			run && isResumable(run)
				? html`<button
						class="button secondary"
						?disabled=${page.busy.has('suite')}
						@click=${() => page.call('suite', 'resumeSuite', { runId: run.runId })}
					>
						${l10n.t('Resume')}
					</button>`
				: nothing
		}`;
}

function start(page: WorkshopShown, given: { failedFrom: string | null; batch?: boolean }): void {
	const { intent, state } = page;
	const model = state.snapshot.models.testModel;
	const own = intent.suiteOwnModel && model !== null;
	const variant = own ? { model } : null;
	void run(page, { variant, repeat: intent.suiteRepeat, batch: false, ...given }, false);
}

async function run(page: WorkshopShown, given: SuiteStart, confirmed: boolean): Promise<void> {
	page.setPlan(undefined);
	const answer = await page.call('suite', 'runSuite', { ...given, confirmed }, () => run(page, given, confirmed));
	const started = answer?.result;
	if (started && 'plan' in started) {
		page.setPlan({ start: given, ...started });
		page.focus('.plan .button');
	} else if (started) {
		page.setIntent({ suiteRun: started.runId });
	}
}

/** Which models a run asks: those of the suite, or the test model. */
function modelMenu(page: WorkshopShown, { models }: SuiteView): TemplateResult {
	const { testModel } = page.state.snapshot.models;
	if (models.length === 0) {
		const label = l10n.t('Test model');
		return html`<button
			class="select as-button"
			title=${label}
			aria-label="${label}: ${testModel ?? ''}"
			@click=${() => page.call('suite', 'action', { action: 'chooseTestModel' })}
		>
			<span>${testModel === null ? l10n.t('Choose a model') : visibleText(testModel)}</span>
			<span class="codicon codicon-chevron-down" aria-hidden="true"></span>
		</button>`;
	}
	const label = l10n.t('Models');
	const own = page.intent.suiteOwnModel && testModel !== null;
	return html`<span class="select-box">
		<select
			class="select"
			aria-label=${label}
			title=${label}
			@change=${(event: Event) => page.setIntent({ suiteOwnModel: (event.target as HTMLSelectElement).selectedIndex === 1 })}
		>
			<option .selected=${!own}>${visibleText(l10n.t('Of the suite: {0}', models.join(', ')))}</option>
			${
				testModel === null
					? nothing
					: html`<option .selected=${own}>${visibleText(l10n.t('Test model: {0}', testModel))}</option>`
			}
		</select>
	</span>`;
}

function repeatMenu(page: WorkshopShown): TemplateResult {
	const label = l10n.t('How often each case is run');
	const { suiteRepeat } = page.intent;
	return html`<span class="select-box">
		<select
			class="select"
			aria-label=${label}
			title=${label}
			@change=${(event: Event) => page.setIntent({ suiteRepeat: Number((event.target as HTMLSelectElement).value) || null })}
		>
			<option value="" .selected=${suiteRepeat === null}>${l10n.t('Repeats of the suite')}</option>
			${repeats.map(
				(count) =>
					html`<option value=${count} .selected=${count === suiteRepeat}>
						${count === 1 ? l10n.t('Once') : l10n.t('{0} times', count)}
					</option>`,
			)}
		</select>
	</span>`;
}

/** What a run would take, before it starts. */
function planNote(page: WorkshopShown, waiting: NonNullable<SuiteState['plan']>): TemplateResult {
	return html`<div class="note plan" role="alertdialog" aria-label=${l10n.t('Plan of the run')}>
		${waiting.plan.split('\n').map((line) => html`<p>${visibleText(line)}</p>`)}
		<div class="row">
			<button class="button" @click=${() => run(page, waiting.start, true)}>${l10n.t('Start')}</button>
			${
				waiting.canBatch
					? html`<button
							class="button secondary"
							@click=${() => run(page, { ...waiting.start, batch: true }, false)}
						>
							${l10n.t('Run as Batch')}
						</button>`
					: nothing
			}
			<button class="button secondary" @click=${() => page.setPlan(undefined)}>${l10n.t('Cancel')}</button>
		</div>
	</div>`;
}

function runMenu(page: WorkshopShown, { runs }: SuiteView, shown: SuiteRun): TemplateResult {
	const label = l10n.t('Run');
	const number = (value: number) => page.format.number(value);
	const choose = (event: Event) => {
		const { suite: _top, ...scroll } = page.intent.scroll;
		page.setIntent({ suiteRun: (event.target as HTMLSelectElement).value, scroll });
		page.showRows({ first: 0, last: 0 });
	};
	return html`<span class="select-box run-menu">
		<select class="select" aria-label=${label} title=${label} @change=${choose}>
			${runs.map((run) => {
				const about = [page.format.dateTime(run.startedAt), runCounts(run, number), runStatusWord(run.status)];
				return html`<option value=${run.runId} .selected=${run.runId === shown.runId}>
					${about.join(' · ')}
				</option>`;
			})}
		</select>
	</span>`;
}

/** The chosen run and how it stands; its counts are in the menu. */
function runState(page: WorkshopShown, view: SuiteView, run: SuiteRun): TemplateResult {
	const { format } = page;
	const { done, trials, status, reason, costUsd, variants } = run;
	const number = (value: number) => format.number(value);
	const figures = [
		...(status === 'running' || done < trials ? [l10n.t('{0} of {1} answers', number(done), number(trials))] : []),
		...(costUsd === null || costUsd === 0 ? [] : [format.cost(costUsd)]),
		...variants.map(({ label }) => label),
	];
	return html`<div class="row">
			${runMenu(page, view, run)}
			<span class="muted" role="status">${visibleText(figures.join(' · '))}</span>
			<span class="grow"></span>
			<button
				class="text-button"
				?disabled=${done === 0}
				@click=${() => page.call('suite', 'openReport', { runId: run.runId })}
			>
				${l10n.t('Open Report')}
			</button>
		</div>
		${
			status === 'running'
				? html`<progress
						class="suite-progress"
						max=${trials}
						.value=${done}
						aria-label=${l10n.t('Progress')}
					></progress>`
				: nothing
		}
		${reason === undefined ? nothing : html`<p class="note">${visibleText(reason)}</p>`}
		${
			variants.some(({ isModel }) => !isModel)
				? html`<p class="note">
						${l10n.t('The built-in guide is no model and did not read the prompt: its answers are not counted in any rate.')}
					</p>`
				: nothing
		}`;
}
