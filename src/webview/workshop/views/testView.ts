import { html, nothing, type TemplateResult } from 'lit';
import { generalTopic, thinkingLevels, type ThinkingLevel } from '../../../common/model.ts';
import { visibleText } from '../../../common/visibleText.ts';
import { shownResult, type WorkshopApp } from '../app.ts';
import { fill } from '../../shared/format.ts';
import { runOfKind } from '../state.ts';
import { compareView } from './compareView.ts';
import { placedError } from './placedError.ts';
import { resultView } from './resultView.ts';
import { scrollColumn } from './scrollColumn.ts';

/** What the form holds now: what the user chose, else what the newest test or the settings say. */
export function testForm(app: WorkshopApp) {
	const { intent, state } = app;
	const { snapshot } = state;
	const [minimum, maximum, usual] = snapshot.limits.articles;
	const known = intent.topic === generalTopic || snapshot.topics.some(({ name }) => name === intent.topic);
	return {
		query: intent.query,
		topic: (known ? intent.topic : undefined) ?? snapshot.topics[0]?.name ?? generalTopic,
		thinking: intent.thinking ?? snapshot.models.thinking,
		limit: Math.min(maximum, Math.max(minimum, Math.round(intent.limit ?? usual))),
	};
}

/** Starts a test with what the form, or `given`, says. */
export async function runTest(
	app: WorkshopApp,
	given: Partial<ReturnType<typeof testForm>> & { otherModel?: boolean } = {},
): Promise<void> {
	const parameters = { ...testForm(app), otherModel: false, ...given };
	const answer = await app.call('test', 'runTest', parameters, () => runTest(app, given));
	if (answer) {
		app.setIntent({ shown: answer.result.testId, comparing: false });
	}
}

export function testView(app: WorkshopApp): TemplateResult {
	const { state, intent, strings } = app;
	const run = runOfKind(state, 'test');
	const shown = shownResult(app);
	const content =
		shown === null
			? html`<p class="empty muted">${strings.testEmpty}</p>`
			: intent.comparing
				? compareView(app, shown)
				: resultView(app, shown);
	return html`<div class="below above">${formView(app, run?.key)}${placedError(app, 'test')}</div>
		${scrollColumn(
			app,
			{ place: `${intent.comparing ? 'compare' : 'test'}:${shown ?? ''}`, start: run ? undefined : 0 },
			html`<div class="result-holder">${content}</div>`,
		)}`;
}

function queryFits(app: WorkshopApp): boolean {
	const { query } = testForm(app);
	const [minimum, maximum] = app.state.snapshot.limits.query;
	return query.length >= minimum && query.length <= maximum && query.trim() !== '';
}

function isRunnable(app: WorkshopApp): boolean {
	const { state, busy } = app;
	return queryFits(app) && state.draft.testBlocked === null && !runOfKind(state, 'test') && !busy.has('test');
}

/** Runs what the form says now, drawn or not: a key may come before the page was drawn. */
function start(app: WorkshopApp): void {
	if (isRunnable(app)) {
		void runTest(app);
	}
}

function formView(app: WorkshopApp, running: string | undefined): TemplateResult {
	const { strings, state, format, intent } = app;
	const form = testForm(app);
	const { topics, models, limits } = state.snapshot;
	const testModel = models.testModel === null ? null : visibleText(models.testModel);
	const [minimum, maximum] = limits.query;
	const [fewest, most] = limits.articles;
	const { length } = form.query;
	const fits = queryFits(app);
	const unfit =
		length > 0 && !fits
			? fill(strings.queryRule, format.number(minimum), format.number(maximum), format.number(length))
			: nothing;
	const rule = state.draft.testBlocked ?? unfit;
	const runnable = isRunnable(app);
	const levels: Record<ThinkingLevel, string> = {
		off: strings.off,
		low: strings.low,
		medium: strings.medium,
		high: strings.high,
	};
	const onKey = (event: KeyboardEvent) => {
		if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
			event.preventDefault();
			start(app);
		} else if (event.key === 'Escape' && runOfKind(app.state, 'test')) {
			void app.call('test', 'stop', { kind: 'test' });
		}
	};
	return html`<div class="form">
		<div class="form-row">
			<label class="labelled">
				<span>${strings.topic}</span>
				<span class="select-box">
					<select
						class="select"
						@change=${(event: Event) => app.setIntent({ topic: (event.target as HTMLSelectElement).value })}
					>
						${topics.map(
							({ name, articles }) =>
								html`<option value=${name} .selected=${name === form.topic}>
									${fill(strings.topicArticles, visibleText(name), format.number(articles))}
								</option>`,
						)}
						<option value=${generalTopic} .selected=${form.topic === generalTopic}>
							${fill(strings.topicGeneral, generalTopic)}
						</option>
					</select>
				</span>
			</label>
			<div class="labelled">
				<span id="test-model-label">${strings.testModel}</span>
				<button
					class="select as-button"
					id="test-model"
					aria-labelledby="test-model-label test-model"
					@click=${() => app.call('test', 'action', { action: 'chooseTestModel' })}
				>
					<span title=${testModel ?? nothing}>${testModel ?? strings.noModel}</span>
					<span class="codicon codicon-chevron-down" aria-hidden="true"></span>
				</button>
			</div>
			<label class="labelled labelled-medium">
				<span>${strings.thinkingLevel}</span>
				<span class="select-box">
					<select
						class="select"
						@change=${(event: Event) => app.setIntent({ thinking: (event.target as HTMLSelectElement).value as ThinkingLevel })}
					>
						${thinkingLevels.map(
							(level) =>
								html`<option value=${level} .selected=${level === form.thinking}>
									${levels[level]}
								</option>`,
						)}
					</select>
				</span>
			</label>
			<label class="labelled labelled-short">
				<span>${strings.articleLimit}</span>
				<input
					class="input"
					type="number"
					min=${fewest}
					max=${most}
					.value=${String(form.limit)}
					@change=${(event: Event) => app.setIntent({ limit: Number((event.target as HTMLInputElement).value) })}
				/>
			</label>
		</div>
		<textarea
			class="input textarea"
			rows="2"
			aria-label=${strings.query}
			aria-describedby="query-rule"
			placeholder=${strings.queryPlaceholder}
			.value=${intent.query}
			@input=${(event: Event) => app.setIntent({ query: (event.target as HTMLTextAreaElement).value })}
			@keydown=${onKey}
		></textarea>
		<div class="row">
			${recentMenu(app)}
			<span class="grow muted ${unfit !== nothing ? 'field-error' : ''}" id="query-rule">${rule}</span>
			${
				running === undefined
					? html`<vscode-button
							class="run"
							?disabled=${!runnable}
							aria-disabled=${!runnable}
							@click=${() => start(app)}
						>
							<span class="codicon codicon-play" aria-hidden="true"></span>${strings.run}
						</vscode-button>`
					: html`<vscode-button
							secondary
							class="stop"
							@click=${() => app.call('test', 'stop', { kind: 'test' })}
						>
							${strings.stop}
						</vscode-button>`
			}
		</div>
	</div>`;
}

/** Puts a query of an earlier test into the box. */
function recentMenu(app: WorkshopApp): TemplateResult | typeof nothing {
	const { strings, state } = app;
	if (state.recentQueries.length === 0) {
		return nothing;
	}
	const choose = (event: Event) => {
		const menu = event.target as HTMLSelectElement;
		const query = state.recentQueries[menu.selectedIndex - 1];
		if (query !== undefined) {
			app.setIntent({ query });
		}
		menu.selectedIndex = 0;
	};
	return html`<span class="select-box recent">
		<select class="select" aria-label=${strings.recent} @change=${choose}>
			<option>${strings.recent}</option>
			${state.recentQueries.map((query) => html`<option value=${query}>${visibleText(query)}</option>`)}
		</select>
	</span>`;
}
