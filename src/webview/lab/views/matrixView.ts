import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { isRunning, type LabMatrix, type LabStep, type LabTake } from '../../../common/labState.ts';
import { turnText } from '../../../common/turn.ts';
import { recordedTurn } from '../../../common/recordedTurn.ts';
import { visibleText } from '../../../common/visibleText.ts';
import { answerPreview } from '../../shared/answerPreview.ts';
import { endMark } from '../../shared/endMark.ts';
import { figureList } from '../../shared/figureList.ts';
import { figureTexts, firstKnown, turnFigures, type Figures } from '../../shared/figures.ts';
import type { LabShown } from '../shown.ts';
import { actionButton } from './actionButton.ts';
import { errorAt } from './errorAt.ts';
import { isMissing, recordedAt } from './columnView.ts';
import { matrixForm } from './matrixForm.ts';
import { errorPlace, stepFigures, stepView } from './stepView.ts';
import { columnLabel, progressLine } from './toolbar.ts';
import { levelWord } from '../../shared/levelWord.ts';
import { statusWord } from '../labWords.ts';

/** `base`: what the figures of the cell are compared with. */
function cell(page: LabShown, take: LabTake | undefined, base: Figures): TemplateResult {
	const step = take?.steps[0];
	if (!take || !step) {
		return html`<td></td>`;
	}
	const { intent } = page;
	const key = `cell/${take.id}`;
	const open = intent.unfolded.includes(key);
	const { status, turn } = step;
	const summary = html`<button class="block-summary" aria-expanded=${open} @click=${() => page.toggle(key)}>
		<span class="codicon codicon-chevron-${open ? 'down' : 'right'}" aria-hidden="true"></span>
		${status === 'waiting' || status === 'streaming' ? html`<span>${statusWord(status)}</span>` : endMark(status)}
		<span class="visually-hidden">${l10n.t('Show full answer')}</span>
	</button>`;
	return html`<td class="cell cell-${status}">
		${summary} ${status === 'waiting' ? nothing : cellFigures(page, step, base)}
		${
			open
				? stepView(page, take, 0)
				: html`${answerPreview(turnText(turn))}
					${turn.error ? html`<p class="error-text">${visibleText(turn.error.message)}</p>` : nothing}`
		}
		${errorAt(page, errorPlace(take))}
	</td>`;
}

/** Of an answer that streams, or of none, it says nothing how its figures differ. */
function cellFigures({ format }: LabShown, step: LabStep, base: Figures): TemplateResult | typeof nothing {
	const compared = step.status === 'streaming' || turnText(step.turn) === '' ? undefined : base;
	return figureList(figureTexts(stepFigures(step), compared, format));
}

function row(page: LabShown, matrix: LabMatrix, index: number, cells: ReadonlyMap<string, LabTake>): TemplateResult {
	const { format } = page;
	const place = matrix.rows[index];
	const original = place && recordedAt(page, place.column, place.turn);
	const missing =
		place && isMissing(page, place.column, place.turn) ? l10n.t('No answer was recorded here.') : nothing;
	const recorded = original && recordedTurn(original);
	const figures = recorded && turnFigures(recorded);
	// What a recorded answer does not tell (time, tokens) is compared with the first prompt's answer.
	const first = cells.get(`${index}/0`)?.steps[0];
	const base = (prompt: number) => firstKnown([figures, prompt > 0 && first ? stepFigures(first) : undefined]);
	return html`<tr>
		<th scope="row">
			${place ? columnLabel(page, place.column) : ''}
			<div class="muted">
				${l10n.t('turn {0}', (place?.turn ?? 0) + 1)} · ${l10n.t('Thinking')}
				${levelWord(place?.thinking ?? 'off')}
			</div>
		</th>
		<td class="cell">
			${figures ? figureList(figureTexts(figures, undefined, format)) : nothing}
			${recorded ? answerPreview(turnText(recorded)) : missing}
		</td>
		${matrix.prompts.map((_prompt, prompt) => cell(page, cells.get(`${index}/${prompt}`), base(prompt)))}
	</tr>`;
}

function grid(page: LabShown, matrix: LabMatrix): TemplateResult {
	const { state } = page;
	const takes = state.takes.filter((take) => take.matrix);
	const cells = new Map(takes.map((take) => [`${take.matrix?.row}/${take.matrix?.prompt}`, take]));
	const running = takes.some(isRunning);
	return html`<div class="matrix-bar">
			${progressLine(page, takes)}
			${actionButton({
				icon: 'save',
				label: l10n.t('Save results as a file'),
				secondary: true,
				click: () => void page.call('matrix', 'saveMatrix', {}),
			})}
			<button
				class="button secondary"
				?disabled=${running}
				@click=${() => void page.call('matrix', 'closeMatrix', {})}
			>
				${l10n.t('New matrix')}
			</button>
		</div>
		${errorAt(page, 'matrix')}
		<div class="table-scroller" tabindex="0" role="region" aria-label=${l10n.t('Matrix')}>
			<table class="grid matrix">
				<thead>
					<tr>
						<th scope="col">${l10n.t('Conversations')}</th>
						<th scope="col" class="recorded">${l10n.t('recorded')}</th>
						${matrix.prompts.map(({ label }) => html`<th scope="col">${visibleText(label)}</th>`)}
					</tr>
				</thead>
				<tbody>
					${matrix.rows.map((_row, index) => row(page, matrix, index, cells))}
				</tbody>
			</table>
		</div>`;
}

/** Prompts across, turns and thinking levels down; before it is started, the form that chooses them. */
export function matrixView(page: LabShown): TemplateResult {
	const { matrix } = page.state;
	return html`<section>${matrix ? grid(page, matrix) : matrixForm(page)}</section>`;
}
