import { html, nothing, type TemplateResult } from 'lit';
import { isRunning, type LabMatrix, type LabTake } from '../../../common/labState.ts';
import { turnText } from '../../../common/foldParts.ts';
import { recordedTurn } from '../../../common/recordedTurn.ts';
import { visibleText } from '../../../common/visibleText.ts';
import { fill } from '../../shared/format.ts';
import type { LabApp } from '../app.ts';
import { actionButton } from './actionButton.ts';
import { errorAt } from './appView.ts';
import { isMissing, recordedAt } from './columnView.ts';
import { matrixForm } from './matrixForm.ts';
import { stepFacts, stepView } from './stepView.ts';
import { columnLabel, progressLine } from './toolbar.ts';

/** Characters of an answer in a cell that is not expanded. */
const previewLength = 220;

function preview(text: string): string {
	return text.length > previewLength ? `${visibleText(text.slice(0, previewLength))}…` : visibleText(text);
}

function cell(app: LabApp, take: LabTake | undefined): TemplateResult {
	const step = take?.steps[0];
	if (!take || !step) {
		return html`<td></td>`;
	}
	const { strings, intent } = app;
	const key = `cell/${take.id}`;
	const open = intent.unfolded.includes(key);
	const summary = html`<button class="block-summary" aria-expanded=${open} @click=${() => app.toggle(key)}>
		<span class="codicon codicon-chevron-${open ? 'down' : 'right'}" aria-hidden="true"></span>
		<span>${strings.statuses[step.status]}</span>
		<span class="visually-hidden">${strings.expand}</span>
	</button>`;
	return html`<td class="cell cell-${step.status}">
		${summary}
		${
			open
				? stepView(app, take, 0)
				: html`<div class="preview">${preview(turnText(step.turn))}</div>
						<p class="facts">${stepFacts(app, step)}</p>
						${step.turn.error ? html`<p class="error-text">${visibleText(step.turn.error.message)}</p>` : nothing}`
		}
	</td>`;
}

function row(app: LabApp, matrix: LabMatrix, index: number, cells: ReadonlyMap<string, LabTake>): TemplateResult {
	const { strings } = app;
	const place = matrix.rows[index];
	const original = place && recordedAt(app, place.column, place.turn);
	const missing = place && isMissing(app, place.column, place.turn) ? strings.missingAnswer : nothing;
	return html`<tr>
		<th scope="row">
			${place ? columnLabel(app, place.column) : ''}
			<div class="muted">
				${fill(strings.turnNumber, (place?.turn ?? 0) + 1)} · ${strings.thinking}
				${strings.thinkingLevels[place?.thinking ?? 'off']}
			</div>
		</th>
		<td class="cell">
			<div class="preview">${original ? preview(turnText(recordedTurn(original))) : missing}</div>
		</td>
		${matrix.prompts.map((_prompt, prompt) => cell(app, cells.get(`${index}/${prompt}`)))}
	</tr>`;
}

function grid(app: LabApp, matrix: LabMatrix): TemplateResult {
	const { strings, state } = app;
	const takes = state.takes.filter((take) => take.matrix);
	const cells = new Map(takes.map((take) => [`${take.matrix?.row}/${take.matrix?.prompt}`, take]));
	const running = takes.some(isRunning);
	return html`<div class="matrix-bar">
			${progressLine(app, takes)}
			${actionButton({
				icon: 'save',
				label: strings.matrixSave,
				secondary: true,
				click: () => void app.call('matrix', 'saveMatrix', {}),
			})}
			<button
				class="button secondary"
				?disabled=${running}
				@click=${() => void app.call('matrix', 'closeMatrix', {})}
			>
				${strings.matrixNew}
			</button>
		</div>
		${errorAt(app, 'matrix')}
		<div class="table-scroller" tabindex="0" role="region" aria-label=${strings.matrix}>
			<table class="grid matrix">
				<thead>
					<tr>
						<th scope="col">${strings.matrixConversations}</th>
						<th scope="col" class="recorded">${strings.recorded}</th>
						${matrix.prompts.map(({ label }) => html`<th scope="col">${visibleText(label)}</th>`)}
					</tr>
				</thead>
				<tbody>
					${matrix.rows.map((_row, index) => row(app, matrix, index, cells))}
				</tbody>
			</table>
		</div>`;
}

/** Prompts across, turns and thinking levels down; before it is started, the form that chooses them. */
export function matrixView(app: LabApp): TemplateResult {
	const { matrix } = app.state;
	return html`<section class="matrix-view">${matrix ? grid(app, matrix) : matrixForm(app)}</section>`;
}
