import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { generalTopic, thinkingLevels, type ThinkingLevel } from '../../../common/model.ts';
import { turnEnd } from '../../../common/turnEnd.ts';
import { visibleText } from '../../../common/visibleText.ts';
import { articleCount } from '../../shared/articleCount.ts';
import { inOneLine } from '../../shared/format.ts';
import { levelWord } from '../../shared/levelWord.ts';
import type { WorkshopShown } from '../shown.ts';
import { runOfKind } from '../state.ts';
import { variablesFit } from '../variableValues.ts';
import { hasQuestion, hasTopic, runAgain, runTest, testForm } from '../runTest.ts';
import { shownResult, shownTest } from '../shownTest.ts';
import { compareView } from './compareView.ts';
import { placedError } from './placedError.ts';
import { resultView } from './resultView.ts';
import { scrollColumn } from './scrollColumn.ts';
import { foldForm, testLine } from './testLine.ts';
import { toolsForm } from './toolsForm.ts';
import { variablesForm } from './variablesForm.ts';

export function testView(page: WorkshopShown): TemplateResult {
	const { state, intent } = page;
	const run = runOfKind(state, 'test');
	const shown = shownResult(page);
	if (shown !== null && intent.comparing) {
		return html`<div class="whole-tab">${compareView(page, shown)}</div>`;
	}
	const folded = shown !== null && intent.formOpen !== shown;
	const form = folded ? testLine(page, shown, lineAction(page, shown, run !== undefined)) : formView(page, shown);
	const content = shown === null ? emptyView(page) : resultView(page, shown, folded);
	return html`<div class="below above" @keydown=${(event: KeyboardEvent) => onKey(page, event, folded)}>
			${form}${placedError(page, 'test')}
		</div>
		${scrollColumn(
			page,
			{
				place: `test:${shown ?? ''}`,
				start: run ? undefined : 0,
				complete: shown !== null && isComplete(page, shown),
			},
			html`<div class="result-holder">${content}</div>`,
		)}`;
}

/** Before the first test: what a test is, and questions to begin with. */
function emptyView(page: WorkshopShown): TemplateResult {
	const { questions } = page.state.draft;
	const take = (query: string) => {
		page.setIntent({ query });
		page.focus('.form .run');
	};
	return html`<div class="empty">
		<p class="muted">${aboutTests(page)}</p>
		${
			questions.length === 0 || !hasQuestion(page)
				? nothing
				: html`<div class="suggestions" role="group" aria-label=${l10n.t('Suggested questions')}>
						${questions.map(
							(query) =>
								html`<button
									class="button secondary"
									title=${visibleText(query.slice(0, 1000))}
									@click=${() => take(query)}
								>
									${visibleText(inOneLine(query.slice(0, 300)))}
								</button>`,
						)}
					</div>`
		}
	</div>`;
}

function aboutTests(page: WorkshopShown): string {
	if (!hasQuestion(page)) {
		return l10n.t('A test sends the saved text as the message of the user and shows every step here.');
	}
	return testForm(page).topic === generalTopic
		? l10n.t('A test runs the saved text as the system prompt and shows every step here.')
		: l10n.t('A test runs the saved text as the system prompt on a topic and shows every step here.');
}

/** Whether the answer of a test is complete. If it was stopped or failed, the reader stays at its end. */
function isComplete({ state }: WorkshopShown, testId: string): boolean {
	const turn = state.runs.get(testId)?.turn;
	const end = turn ? turn.stopReason && turnEnd(turn) : state.details.get(testId)?.result.status;
	return end === 'complete';
}

function onKey(page: WorkshopShown, event: KeyboardEvent, folded: boolean): void {
	if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !folded) {
		event.preventDefault();
		start(page);
	} else if (event.key === 'Escape' && runOfKind(page.state, 'test')) {
		void page.call('test', 'stop', { kind: 'test' });
	}
}

/** The button of the collapsed form: stops the run, or runs the shown test again. */
function lineAction(page: WorkshopShown, testId: string, running: boolean): TemplateResult {
	if (running) {
		return stopButton(page);
	}
	const { result } = shownTest(page.state, testId);
	const ready = result !== undefined && page.state.draft.testBlocked === null && !page.busy.has('test');
	return runButton(ready, () => {
		if (result) {
			void runAgain(page, 'test', result);
		}
	});
}

function runButton(ready: boolean, run: () => void): TemplateResult {
	return html`<button class="button run" ?disabled=${!ready} @click=${run}>
		<span class="codicon codicon-play" aria-hidden="true"></span>${l10n.t('Run')}
	</button>`;
}

function stopButton(page: WorkshopShown): TemplateResult {
	return html`<button class="button secondary stop" @click=${() => page.call('test', 'stop', { kind: 'test' })}>
		${l10n.t('Stop')}
	</button>`;
}

function queryFits(page: WorkshopShown): boolean {
	if (!hasQuestion(page)) {
		return true;
	}
	const { query } = testForm(page);
	const [minimum, maximum] = page.state.snapshot.limits.query;
	return query.length >= minimum && query.length <= maximum && query.trim() !== '';
}

function isRunnable(page: WorkshopShown): boolean {
	const { state, busy } = page;
	return (
		queryFits(page) &&
		variablesFit(page) &&
		state.draft.testBlocked === null &&
		!runOfKind(state, 'test') &&
		!busy.has('test')
	);
}

/** Runs the current values of the form, even if they are not drawn yet: a key may be pressed before the page is drawn. */
function start(page: WorkshopShown): void {
	if (isRunnable(page)) {
		void runTest(page, 'test');
	}
}

/** The open form. `shown`: the result below it. */
function formView(page: WorkshopShown, shown: string | null): TemplateResult {
	const { state, format } = page;
	const form = testForm(page);
	const { models, limits } = state.snapshot;
	const testModel = models.testModel === null ? null : visibleText(models.testModel);
	const [minimum, maximum] = limits.query;
	const { length } = form.query;
	const fits = queryFits(page);
	const unfit =
		length > 0 && !fits
			? l10n.t(
					'{0} to {1} characters; this has {2}',
					format.number(minimum),
					format.number(maximum),
					format.number(length),
				)
			: nothing;
	const whole = hasQuestion(page)
		? nothing
		: l10n.t('The prompt is the message of the user, so there is no question.');
	const rule = state.draft.testBlocked ?? (unfit === nothing ? whole : unfit);
	return html`<div class="form">
		<div class="form-row">
			${hasTopic(page) ? topicField(page, form.topic) : nothing}
			<div class="labelled">
				<span id="test-model-label">${l10n.t('Test model')}</span>
				<button
					class="select as-button"
					id="test-model"
					aria-labelledby="test-model-label test-model"
					@click=${() => page.call('test', 'action', { action: 'chooseTestModel' })}
				>
					<span title=${testModel ?? nothing}>${testModel ?? l10n.t('Choose a model')}</span>
					<span class="codicon codicon-chevron-down" aria-hidden="true"></span>
				</button>
			</div>
			<label class="labelled labelled-medium">
				<span>${l10n.t('Thinking')}</span>
				<span class="select-box">
					<select
						class="select"
						@change=${(event: Event) => page.setIntent({ thinking: (event.target as HTMLSelectElement).value as ThinkingLevel })}
					>
						${thinkingLevels.map(
							(level) =>
								html`<option value=${level} .selected=${level === form.thinking}>
									${levelWord(level)}
								</option>`,
						)}
					</select>
				</span>
			</label>
			${form.topic === generalTopic ? nothing : limitField(page, form.limit)}
		</div>
		${variablesForm(page)}${toolsForm(page, form.topic)}${hasQuestion(page) ? questionField(page) : nothing}
		<div class="row">
			${recentMenu(page)}
			<span class="grow muted ${unfit !== nothing ? 'field-error' : ''}" id="query-rule">${rule}</span>
			${shown === null ? nothing : foldButton(page)}
			${runOfKind(state, 'test') ? stopButton(page) : runButton(isRunnable(page), () => start(page))}
		</div>
	</div>`;
}

function questionField(page: WorkshopShown): TemplateResult {
	return html`<textarea
		class="input textarea"
		rows="2"
		aria-label=${l10n.t('Test question')}
		aria-describedby="query-rule"
		placeholder=${l10n.t('Ask what a user of this prompt would ask')}
		.value=${page.intent.query}
		@input=${(event: Event) => page.setIntent({ query: (event.target as HTMLTextAreaElement).value })}
	></textarea>`;
}

function topicField(page: WorkshopShown, chosen: string): TemplateResult {
	const { state, format } = page;
	const { topics } = state.snapshot;
	return html`<label class="labelled">
		<span>${l10n.t('Topic')}</span>
		<span class="select-box">
			<select
				class="select"
				@change=${(event: Event) => page.setIntent({ topic: (event.target as HTMLSelectElement).value })}
			>
				${topics.map(
					({ name, articles }) =>
						html`<option value=${name} .selected=${name === chosen}>
							${`${visibleText(name)} (${articleCount(articles, format)})`}
						</option>`,
				)}
				<option value=${generalTopic} .selected=${chosen === generalTopic}>
					${l10n.t('{0} (no articles, no search tools)', generalTopic)}
				</option>
			</select>
		</span>
	</label>`;
}

/** How many articles a test may hand to the model. */
function limitField(page: WorkshopShown, limit: number): TemplateResult {
	const [fewest, most] = page.state.snapshot.limits.articles;
	return html`<label class="labelled labelled-short">
		<span>${l10n.t('Articles')}</span>
		<input
			class="input"
			type="number"
			min=${fewest}
			max=${most}
			.value=${String(limit)}
			@change=${(event: Event) => page.setIntent({ limit: Number((event.target as HTMLInputElement).value) })}
		/>
	</label>`;
}

function foldButton(page: WorkshopShown): TemplateResult {
	const label = l10n.t('Collapse the form');
	return html`<button
		class="icon-button fold"
		aria-expanded="true"
		title=${label}
		aria-label=${label}
		@click=${() => foldForm(page)}
	>
		<span class="codicon codicon-fold-up" aria-hidden="true"></span>
	</button>`;
}

/** A menu that puts the question of an earlier test, or one of the draft's template, into the form. */
function recentMenu(page: WorkshopShown): TemplateResult | typeof nothing {
	const { state } = page;
	// Before the first test, the questions stand below the form.
	if (
		!hasQuestion(page) ||
		state.recentQueries.length === 0 ||
		(state.resultCount === 0 && state.draft.questions.length > 0)
	) {
		return nothing;
	}
	const choose = (event: Event) => {
		const menu = event.target as HTMLSelectElement;
		const query = state.recentQueries[menu.selectedIndex - 1];
		if (query !== undefined) {
			page.setIntent({ query });
		}
		menu.selectedIndex = 0;
	};
	return html`<span class="select-box recent">
		<select class="select" aria-label=${l10n.t('Questions')} @change=${choose}>
			<option>${l10n.t('Questions')}</option>
			${state.recentQueries.map((query) => html`<option value=${query}>${visibleText(query)}</option>`)}
		</select>
	</span>`;
}
