import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { visibleText } from '../../../common/visibleText.ts';
import type { VariableView } from '../../../common/workshopProtocol.ts';
import type { WorkshopShown } from '../shown.ts';
import { typedValue, variableProblem } from '../variableValues.ts';
import { placedError } from './placedError.ts';

/** The values of the draft's variables for the next test, and what is not declared yet; nothing if there are none. */
export function variablesForm(page: WorkshopShown): TemplateResult | typeof nothing {
	const { variables, undeclared } = page.state.draft;
	if (variables.length === 0 && undeclared.length === 0) {
		return nothing;
	}
	return html`<fieldset class="variables">
		<legend class="visually-hidden">${l10n.t('Variables')}</legend>
		<div class="variables-fields">${variables.map((variable, index) => field(page, variable, index))}</div>
		<div class="row">
			${undeclared.length === 0 ? nothing : undeclaredNote(page, undeclared)}
			<button class="text-button" @click=${() => page.call('variables', 'action', { action: 'editVariables' })}>
				${l10n.t('Edit variables…')}
			</button>
		</div>
		${placedError(page, 'variables')}
	</fieldset>`;
}

function undeclaredNote(page: WorkshopShown, names: readonly string[]): TemplateResult {
	return html`<span class="undeclared" role="status">
			${l10n.t('Not declared: {0}', visibleText(names.join(', ')))}
		</span>
		<button class="button secondary" @click=${() => page.call('variables', 'declare', { names: [...names] })}>
			${names.length === 1 ? l10n.t('Declare it') : l10n.t('Declare them')}
		</button>`;
}

function field(page: WorkshopShown, variable: VariableView, index: number): TemplateResult {
	const { name, note } = variable;
	const id = `variable-${index}`;
	const problem = variableProblem(page, variable);
	const describedBy = [note ? `${id}-note` : '', problem === undefined ? '' : `${id}-problem`]
		.filter(Boolean)
		.join(' ');
	return html`<div class="labelled variable ${variable.type === 'json' ? 'variable-wide' : ''}">
		<label for=${id}>${visibleText(name)}</label>
		${control(page, variable, { id, invalid: problem?.isMissing === false, describedBy })}
		${note ? html`<span class="muted variable-note" id="${id}-note">${visibleText(note)}</span>` : nothing}
		${problem === undefined ? nothing : html`<span class=${problem.isMissing ? 'muted' : 'field-error'} id="${id}-problem">${visibleText(problem.message)}</span>`}
	</div>`;
}

interface ControlOptions {
	id: string;
	invalid: boolean;
	describedBy: string;
}

function control(page: WorkshopShown, variable: VariableView, options: ControlOptions): TemplateResult {
	const { id, invalid } = options;
	const { name, type, choices = [] } = variable;
	const typed = typedValue(page, variable);
	const described = options.describedBy || nothing;
	const change = (event: Event) => {
		const { value } = event.target as HTMLInputElement;
		page.setIntent({ vars: { ...page.intent.vars, [name]: value } });
	};
	switch (type) {
		case 'choice':
			return html`<span class="select-box">
				<select class="select" id=${id} aria-describedby=${described} @change=${change}>
					${choices.includes(typed) ? nothing : html`<option value=${typed} selected>${visibleText(typed)}</option>`}
					${choices.map((one) => html`<option value=${one} .selected=${one === typed}>${visibleText(one)}</option>`)}
				</select>
			</span>`;
		case 'number':
			return html`<input
				class="input"
				id=${id}
				inputmode="decimal"
				aria-invalid=${invalid}
				aria-describedby=${described}
				.value=${typed}
				@input=${change}
			/>`;
		default:
			return html`<textarea
				class="input textarea ${type === 'json' ? 'variable-json' : ''}"
				id=${id}
				rows=${type === 'json' || typed.includes('\n') ? 3 : 1}
				spellcheck=${type === 'json' ? 'false' : 'true'}
				aria-invalid=${invalid}
				aria-describedby=${described}
				.value=${typed}
				@input=${change}
			></textarea>`;
	}
}
