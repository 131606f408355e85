import { html, nothing, type TemplateResult } from 'lit';
import { visibleText } from '../../../common/visibleText.ts';
import { errorNote } from '../../shared/errorNote.ts';
import type { LabApp } from '../app.ts';
import { assessmentView } from './assessmentView.ts';
import { compareView } from './compareView.ts';
import { matrixView } from './matrixView.ts';
import { promptField } from './promptField.ts';
import { sectionView } from './sectionView.ts';
import { batchSummary, toolbar } from './toolbar.ts';

/** An error that belongs to one place of the page, dismissible. */
export function errorAt(app: LabApp, place: string): TemplateResult | typeof nothing {
	const error = app.errors.get(place);
	return error ? errorNote(error, app.strings.turn, { dismiss: () => app.dismissError(place) }) : nothing;
}

function content(app: LabApp): TemplateResult {
	const { state, intent, strings } = app;
	if (intent.comparing !== null) {
		return compareView(app, intent.comparing);
	}
	if (intent.view === 'matrix' && state.fixture.type === 'conversations') {
		return matrixView(app);
	}
	const base = promptField(app, { part: 'base' }, strings.basePrompt, state.fixture.baseSystemPrompt);
	if (state.fixture.type === 'assessment') {
		return html`${base}${assessmentView(app)}`;
	}
	return html`${base}${batchSummary(app)}${state.fixture.sections.map((_section, index) => sectionView(app, index))}`;
}

export function appView(app: LabApp): TemplateResult {
	if (app.state === undefined) {
		const error = app.errors.get('panel');
		return html`<main>
			${error ? html`<div class="note note-error" role="alert"><p>${visibleText(error.message)}</p></div>` : nothing}
		</main>`;
	}
	const { strings, restored, intent } = app;
	return html`${toolbar(app)}
		<main class="lab">
			${errorAt(app, 'panel')}
			${
				restored && !intent.restoredSeen
					? html`<div class="note">
							<div class="note-body"><p>${strings.restored}</p></div>
							<button class="text-button" @click=${() => app.setIntent({ restoredSeen: true })}>
								${strings.turn.dismiss}
							</button>
						</div>`
					: nothing
			}
			${content(app)}
		</main>`;
}
