import { html, nothing, type TemplateResult } from 'lit';
import { thinkingLevels } from '../../../common/model.ts';
import type { LabMatrixChoice, LabPromptChoice } from '../../../common/labProtocol.ts';
import { visibleText } from '../../../common/visibleText.ts';
import { fill } from '../../shared/format.ts';
import type { LabApp, MatrixForm } from '../app.ts';
import { actionButton } from './actionButton.ts';
import { errorAt } from './appView.ts';
import { columnLabel } from './toolbar.ts';

/** The edited and the recorded prompt, which need no store. With a store there is a library prompt at least. */
const ownChoices = 2;
/** From this many prompts on, a box filters them. */
const choicesToFilter = 10;

function choiceOf(form: MatrixForm): LabMatrixChoice {
	return {
		prompts: [...form.prompts],
		columns: [...form.columns],
		turns: form.turns,
		thinking: [...form.thinking],
	};
}

async function estimate(app: LabApp, form: MatrixForm): Promise<void> {
	await app.settleEdits();
	const choice = choiceOf(form);
	const answer = await app.call('matrix', 'matrixEstimate', choice);
	// A slow answer to an older choice is not shown.
	if (answer && JSON.stringify(choice) === JSON.stringify(choiceOf(form))) {
		form.estimate = answer.result;
		app.draw();
	}
}

/** Opens the form with what is chosen now, and asks the host for the prompts that there are. */
export async function openMatrixForm(app: LabApp): Promise<void> {
	const { state } = app;
	const form: MatrixForm = {
		choices: [],
		filter: '',
		prompts: new Set(['edited', 'recorded']),
		columns: new Set(Object.keys(state.chosen)),
		turns: 'chosen',
		thinking: new Set([state.settings.thinking]),
		estimate: undefined,
	};
	app.matrixForm = form;
	await offer(app, form);
	await estimate(app, form);
}

/** Offers the prompts that there are now. */
async function offer(app: LabApp, form: MatrixForm): Promise<void> {
	const answer = await app.call('matrix', 'promptChoices', {});
	form.choices = answer?.result ?? form.choices;
	app.draw();
}

function box(app: LabApp, label: string, checked: boolean, change: () => void, detail = ''): TemplateResult {
	return html`<label class="check">
		<input
			type="checkbox"
			.checked=${checked}
			@change=${() => {
				change();
				app.draw();
				if (app.matrixForm) {
					void estimate(app, app.matrixForm);
				}
			}}
		/>
		<span>${visibleText(label)} <span class="muted">${visibleText(detail)}</span></span>
	</label>`;
}

function toggle<T>(set: Set<T>, value: T): void {
	if (!set.delete(value)) {
		set.add(value);
	}
}

async function start(app: LabApp, form: MatrixForm): Promise<void> {
	await app.settleEdits();
	if (await app.call('matrix', 'startMatrix', choiceOf(form))) {
		app.matrixForm = undefined;
	}
}

function costLine(app: LabApp, form: MatrixForm): TemplateResult | typeof nothing {
	const { strings, format } = app;
	if (!form.estimate) {
		return nothing;
	}
	const { calls, inputTokens, inputCostUsd, maxCells } = form.estimate;
	const cost = inputCostUsd === null ? strings.matrixNoPrice : fill(strings.matrixCost, format.cost(inputCostUsd));
	return html`<p role="status">
		${fill(strings.matrixEstimate, format.number(calls), format.tokens(inputTokens))} · ${cost}
		${calls > maxCells ? html`<span class="error-text">${fill(strings.matrixTooLarge, format.number(maxCells))}</span>` : nothing}
	</p>`;
}

/** Those that are chosen, and those that the filter lets through. */
function shownChoices({ choices, filter, prompts }: MatrixForm): LabPromptChoice[] {
	const wanted = filter.trim().toLowerCase();
	return choices.filter(
		({ id, label, detail }) => prompts.has(id) || `${label} ${detail}`.toLowerCase().includes(wanted),
	);
}

function promptFilter(app: LabApp, form: MatrixForm): TemplateResult | typeof nothing {
	if (form.choices.length < choicesToFilter) {
		return nothing;
	}
	return html`<input
		type="search"
		class="filter"
		placeholder=${app.strings.matrixFilter}
		aria-label=${app.strings.matrixFilter}
		.value=${form.filter}
		@input=${(event: Event) => {
			form.filter = (event.target as HTMLInputElement).value;
			app.draw();
		}}
	/>`;
}

/** Why no draft is offered, and what the user can do about it; the Lab itself leaves the store closed. */
function storeClosed(app: LabApp, form: MatrixForm): TemplateResult {
	return html`<div class="note">
		<p class="note-body">${app.strings.matrixStoreClosed}</p>
		<button class="text-button" @click=${() => void offer(app, form)}>${app.strings.matrixLookAgain}</button>
	</div>`;
}

function allOrNone(app: LabApp, form: MatrixForm): TemplateResult {
	const columns = Object.keys(app.state.chosen);
	const button = (label: string, chosen: readonly string[]) =>
		html`<button
			class="text-button"
			?disabled=${form.columns.size === chosen.length}
			@click=${() => {
				form.columns = new Set(chosen);
				app.draw();
				void estimate(app, form);
			}}
		>
			${label}
		</button>`;
	return html`<div class="all-or-none">
		${button(app.strings.matrixAll, columns)}${button(app.strings.matrixNone, [])}
	</div>`;
}

/** Chooses prompts, conversations, turns and thinking levels, and says what a run would cost before it starts. */
export function matrixForm(app: LabApp): TemplateResult {
	const form = app.matrixForm;
	if (!form) {
		return html``;
	}
	const { strings, format, state } = app;
	const calls = form.estimate?.calls ?? 0;
	const startable = calls > 0 && calls <= (form.estimate?.maxCells ?? 0);
	return html`<div class="matrix-form">
			<fieldset>
				<legend>${strings.matrixPrompts}</legend>
				${promptFilter(app, form)}
				${shownChoices(form).map(({ id, label, detail }) =>
					box(app, label, form.prompts.has(id), () => toggle(form.prompts, id), detail),
				)}
				${
					form.choices.length > ownChoices
						? html`<p class="facts">${strings.matrixWholePrompt}</p>`
						: form.choices.length === ownChoices
							? storeClosed(app, form)
							: nothing
				}
			</fieldset>
			<fieldset>
				<legend>${strings.matrixConversations}</legend>
				${allOrNone(app, form)}
				${Object.keys(state.chosen).map((column) =>
					box(app, columnLabel(app, column), form.columns.has(column), () => toggle(form.columns, column)),
				)}
			</fieldset>
			<div class="matrix-options">
				<fieldset>
					<legend>${strings.matrixTurns}</legend>
					${(['chosen', 'all'] as const).map(
						(turns) =>
							html`<label class="check">
								<input
									type="radio"
									name="turns"
									.checked=${form.turns === turns}
									@change=${() => {
										form.turns = turns;
										void estimate(app, form);
									}}
								/>
								<span>${turns === 'chosen' ? strings.chosenTurns : strings.allTurns}</span>
							</label>`,
					)}
				</fieldset>
				<fieldset>
					<legend>${strings.thinking}</legend>
					${thinkingLevels.map((level) =>
						box(app, strings.thinkingLevels[level], form.thinking.has(level), () =>
							toggle(form.thinking, level),
						),
					)}
				</fieldset>
			</div>
		</div>
		${errorAt(app, 'matrix')} ${costLine(app, form)}
		${actionButton({
			icon: 'run-all',
			label: fill(strings.matrixStart, format.number(calls)),
			disabled: !startable,
			click: () => void start(app, form),
		})}`;
}
