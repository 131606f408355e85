import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { questionText } from '../../../common/questionText.ts';
import { visibleText } from '../../../common/visibleText.ts';
import { inOneLine } from '../../shared/format.ts';
import type { WorkshopShown } from '../shown.ts';
import { shownTest } from '../shownTest.ts';

/**
 * The test form, collapsed to one line above a result: its question, topic and model. Clicking the line opens the form;
 * `action` is shown next to it.
 */
export function testLine(page: WorkshopShown, testId: string, action: TemplateResult): TemplateResult {
	const { state } = page;
	const { query, topic, model, result } = shownTest(state, testId);
	const question = query === '' && !result ? l10n.t('Test question') : questionText(query);
	const about = [topic, model].filter(Boolean).map(inOneLine).join(' · ');
	const blocked = state.draft.testBlocked;
	return html`<div class="form">
		<div class="form-line-row">
			<button
				class="form-line"
				aria-expanded="false"
				title=${query === '' ? nothing : visibleText(query)}
				@click=${() => openForm(page, testId)}
			>
				<span class="codicon codicon-chevron-right" aria-hidden="true"></span>
				<span class="form-question">${visibleText(question)}</span>
				<span class="form-about muted">${visibleText(about)}</span>
			</button>
			${action}
		</div>
		${blocked === null ? nothing : html`<p class="muted" id="query-rule">${visibleText(blocked)}</p>`}
	</div>`;
}

/** Opens the form above a result. If no question was typed, the result's question and topic are filled in. */
function openForm(page: WorkshopShown, testId: string): void {
	const { intent, state } = page;
	const { result } = shownTest(state, testId);
	const asked = result && intent.query === '' ? { query: result.query, topic: result.topic } : {};
	page.setIntent({ formOpen: testId, ...asked });
	page.focus('.form .textarea, .form .run');
}

/** Collapses the form again. */
export function foldForm(page: WorkshopShown): void {
	page.setIntent({ formOpen: null });
	page.focus('.form-line');
}
