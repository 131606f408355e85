import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { thinkingLevels } from '../../../common/model.ts';
import type { LabPromptChoice } from '../../../common/labProtocol.ts';
import { visibleText } from '../../../common/visibleText.ts';
import type { MatrixForm } from '../matrixForm.ts';
import type { LabShown } from '../shown.ts';
import { actionButton } from './actionButton.ts';
import { errorAt } from './errorAt.ts';
import { columnLabel } from './toolbar.ts';
import { levelWord } from '../../shared/levelWord.ts';

/** The edited and the recorded prompt, which need no store. With a store there is a library prompt at least. */
const ownChoices = 2;
/** From this many prompts on, a box filters them. */
const choicesToFilter = 10;

function box(label: string, checked: boolean, change: () => void, detail = ''): TemplateResult {
	return html`<label class="check">
		<input type="checkbox" .checked=${checked} @change=${change} />
		<span>${visibleText(label)} <span class="muted">${visibleText(detail)}</span></span>
	</label>`;
}

function costLine(page: LabShown, form: MatrixForm): TemplateResult | typeof nothing {
	const { format } = page;
	if (!form.estimate) {
		return nothing;
	}
	const { calls, inputTokens, inputCostUsd, maxCells } = form.estimate;
	const cost =
		inputCostUsd === null
			? l10n.t('price of this model unknown')
			: l10n.t('about {0} for the input, plus the answers', format.cost(inputCostUsd));
	return html`<p role="status">
		${l10n.t('{0} calls, about {1} input tokens', format.number(calls), format.tokens(inputTokens))} · ${cost}
		${calls > maxCells ? html`<span class="error-text">${l10n.t('At most {0} cells in one matrix. Choose fewer.', format.number(maxCells))}</span>` : nothing}
	</p>`;
}

/** Those that are chosen, and those that the filter lets through. */
function shownChoices({ choices, filter, prompts }: MatrixForm): LabPromptChoice[] {
	const wanted = filter.trim().toLowerCase();
	return choices.filter(
		({ id, label, detail }) => prompts.has(id) || `${label} ${detail}`.toLowerCase().includes(wanted),
	);
}

function promptFilter(form: MatrixForm): TemplateResult | typeof nothing {
	if (form.choices.length < choicesToFilter) {
		return nothing;
	}
	return html`<input
		type="search"
		class="filter"
		placeholder=${l10n.t('Filter prompts')}
		aria-label=${l10n.t('Filter prompts')}
		.value=${form.filter}
		@input=${(event: Event) => form.filterBy((event.target as HTMLInputElement).value)}
	/>`;
}

/** Why no draft is offered, and what the user can do about it; the Lab itself leaves the store closed. */
function storeClosed(form: MatrixForm): TemplateResult {
	return html`<div class="note">
		<p class="note-body">
			${l10n.t('Your drafts, library prompts and their versions are not listed because the store is not open, and the Lab never opens it. To include them, open the Drafts view of Prompt Workshop in the sidebar, then check again.')}
		</p>
		<button class="text-button" @click=${() => form.offer()}>${l10n.t('Check again')}</button>
	</div>`;
}

function allOrNone(page: LabShown, form: MatrixForm): TemplateResult {
	const columns = Object.keys(page.state.chosen);
	const button = (label: string, chosen: readonly string[]) =>
		html`<button
			class="text-button"
			?disabled=${form.columns.size === chosen.length}
			@click=${() => form.chooseColumns(chosen)}
		>
			${label}
		</button>`;
	return html`<div class="all-or-none">${button(l10n.t('All'), columns)}${button(l10n.t('None'), [])}</div>`;
}

/** Chooses prompts, conversations, turns and thinking levels, and says what a run would cost before it starts. */
export function matrixForm(page: LabShown): TemplateResult {
	const form = page.matrixForm;
	if (!form) {
		return html``;
	}
	const { format, state } = page;
	const calls = form.estimate?.calls ?? 0;
	const startable = calls > 0 && calls <= (form.estimate?.maxCells ?? 0);
	return html`<div class="matrix-form">
			<fieldset>
				<legend>${l10n.t('Prompts')}</legend>
				${promptFilter(form)}
				${shownChoices(form).map(({ id, label, detail }) =>
					box(label, form.prompts.has(id), () => form.togglePrompt(id), detail),
				)}
				${
					form.choices.length > ownChoices
						? html`<p class="facts">
								${l10n.t('A draft, library prompt or version is sent on its own: it replaces base, instructions and context.')}
							</p>`
						: form.choices.length === ownChoices
							? storeClosed(form)
							: nothing
				}
			</fieldset>
			<fieldset>
				<legend>${l10n.t('Conversations')}</legend>
				${allOrNone(page, form)}
				${Object.keys(state.chosen).map((column) =>
					box(columnLabel(page, column), form.columns.has(column), () => form.toggleColumn(column)),
				)}
			</fieldset>
			<div class="matrix-options">
				<fieldset>
					<legend>${l10n.t('Turns')}</legend>
					${(['chosen', 'all'] as const).map(
						(turns) =>
							html`<label class="check">
								<input
									type="radio"
									name="turns"
									.checked=${form.turns === turns}
									@change=${() => form.chooseTurns(turns)}
								/>
								<span
									>${turns === 'chosen' ? l10n.t('the chosen turn of each') : l10n.t('every assistant turn')}</span
								>
							</label>`,
					)}
				</fieldset>
				<fieldset>
					<legend>${l10n.t('Thinking')}</legend>
					${thinkingLevels.map((level) =>
						box(levelWord(level), form.thinking.has(level), () => form.toggleThinking(level)),
					)}
				</fieldset>
			</div>
		</div>
		${errorAt(page, 'matrix')} ${costLine(page, form)}
		${actionButton({
			icon: 'run-all',
			label: l10n.t('Run {0} calls', format.number(calls)),
			disabled: !startable,
			click: () => void form.start(),
		})}`;
}
