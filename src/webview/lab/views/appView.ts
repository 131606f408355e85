import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { visibleText } from '../../../common/visibleText.ts';
import { errorNote } from '../../shared/errorNote.ts';
import type { LabApp } from '../app.ts';
import { assessmentView } from './assessmentView.ts';
import { compareView } from './compareView.ts';
import { matrixView } from './matrixView.ts';
import { promptField, promptSplitter } from './promptField.ts';
import { sectionView } from './sectionView.ts';
import { batchSummary, toolbar } from './toolbar.ts';

/** An error that belongs to one place of the page, dismissible. */
export function errorAt(app: LabApp, place: string): TemplateResult | typeof nothing {
	const error = app.errors.get(place);
	return error ? errorNote(error, { dismiss: () => app.dismissError(place) }) : nothing;
}

/** The base prompt, above what it is the prompt of. */
function basePane(app: LabApp): TemplateResult {
	const { state, intent } = app;
	const field = promptField(app, { part: 'base' }, l10n.t('Base prompt'), state.fixture.baseSystemPrompt);
	return html`<div class="base-pane">${field}</div>
		${intent.unfolded.includes('base') ? promptSplitter(app, 'base') : nothing}`;
}

function conversations(app: LabApp): TemplateResult {
	const { state } = app;
	return state.fixture.type === 'assessment'
		? assessmentView(app)
		: html`${batchSummary(app)}${state.fixture.sections.map((_section, index) => sectionView(app, index))}`;
}

export function appView(app: LabApp): TemplateResult {
	if (app.state === undefined) {
		const error = app.errors.get('panel');
		return html`<main>
			${error ? html`<div class="note note-error" role="alert"><p>${visibleText(error.message)}</p></div>` : nothing}
		</main>`;
	}
	const { restored, intent, state } = app;
	const inMatrix = intent.view === 'matrix' && state.fixture.type === 'conversations';
	const [base, content] =
		intent.comparing !== null
			? [nothing, compareView(app, intent.comparing)]
			: inMatrix
				? [nothing, matrixView(app)]
				: [basePane(app), conversations(app)];
	return html`${toolbar(app)}
		<main class="lab-room" data-split-room>
			<div class="lab-notes">
				${errorAt(app, 'panel')}
				${
					restored && !intent.restoredSeen
						? html`<div class="note">
								<div class="note-body">
									<p>
										${l10n.t('Restored as you left it. Answers that were running then are marked interrupted.')}
									</p>
								</div>
								<button class="text-button" @click=${() => app.setIntent({ restoredSeen: true })}>
									${l10n.t('Dismiss')}
								</button>
							</div>`
						: nothing
				}
			</div>
			${base}
			<div class="lab" data-split-room>${content}</div>
		</main>`;
}
