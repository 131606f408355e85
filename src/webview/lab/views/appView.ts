import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { LabShown } from '../shown.ts';
import { assessmentView } from './assessmentView.ts';
import { compareView } from './compareView.ts';
import { errorAt } from './errorAt.ts';
import { matrixView } from './matrixView.ts';
import { promptField, promptSplitter } from './promptField.ts';
import { sectionView } from './sectionView.ts';
import { batchSummary, toolbar } from './toolbar.ts';

/** The base prompt, above what it is the prompt of. */
function basePane(page: LabShown): TemplateResult {
	const { state, intent } = page;
	const field = promptField(page, { part: 'base' }, l10n.t('Base prompt'), state.fixture.baseSystemPrompt);
	return html`<div class="base-pane">${field}</div>
		${intent.unfolded.includes('base') ? promptSplitter(page, 'base') : nothing}`;
}

function conversations(page: LabShown): TemplateResult {
	const { state } = page;
	return state.fixture.type === 'assessment'
		? assessmentView(page)
		: html`${batchSummary(page)}${state.fixture.sections.map((_section, index) => sectionView(page, index))}`;
}

export function appView(page: LabShown): TemplateResult {
	const { restored, intent, state } = page;
	const inMatrix = intent.view === 'matrix' && state.fixture.type === 'conversations';
	const [base, content] =
		intent.comparing !== null
			? [nothing, compareView(page, intent.comparing)]
			: inMatrix
				? [nothing, matrixView(page)]
				: [basePane(page), conversations(page)];
	return html`${toolbar(page)}
		<main class="lab-room" data-split-room>
			<div class="lab-notes">
				${errorAt(page, 'panel')}
				${
					restored && !intent.restoredSeen
						? html`<div class="note">
								<div class="note-body">
									<p>
										${l10n.t('Restored as you left it. Answers that were still running are marked as interrupted.')}
									</p>
								</div>
								<button class="text-button" @click=${() => page.setIntent({ restoredSeen: true })}>
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
