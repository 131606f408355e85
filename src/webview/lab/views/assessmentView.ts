import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import type { AssessmentItem } from '../../../common/api.ts';
import { agreement } from '../../../common/labAgreement.ts';
import { visibleText } from '../../../common/visibleText.ts';
import type { LabShown } from '../shown.ts';
import { errorAt } from './errorAt.ts';
import { longList } from './longList.ts';
import { sectionPrompts } from './sectionView.ts';
import { statusWord } from '../labWords.ts';

async function scoreItem(page: LabShown, section: number, item: number): Promise<void> {
	await page.settleEdits();
	await page.call(`item/${section}/${item}`, 'score', { items: [{ section, item }] });
}

type Score = LabShown['state']['scores'][number];

function itemRow(page: LabShown, section: number, index: number, item: AssessmentItem, score?: Score): TemplateResult {
	return html`<div
		class="row score-${score?.status ?? 'none'}"
		role="row"
		aria-rowindex=${index + 2}
		data-id=${index}
	>
		<div role="rowheader">${visibleText(item.label)}</div>
		<div role="cell">${visibleText(String(item.expected ?? ''))}</div>
		<div role="cell">
			${score?.score === undefined ? nothing : html`<strong>${score.score}</strong>`}
			${score && score.status !== 'complete' ? html`<span class="muted">${statusWord(score.status)}</span>` : nothing}
		</div>
		<div role="cell">
			<button
				class="button secondary"
				?disabled=${score?.status === 'streaming'}
				@click=${() => void scoreItem(page, section, index)}
			>
				${l10n.t('Score')}
			</button>
		</div>
		<div role="cell">
			${errorAt(page, `item/${section}/${index}`)} ${visibleText(score?.rationale ?? '')}
			${score?.error ? html`<span class="error-text" role="alert">${visibleText(score.error.message)}</span>` : nothing}
		</div>
		<div role="cell"><div class="said">${visibleText(item.question)}</div></div>
		<div role="cell"><div class="said">${visibleText(item.answer)}</div></div>
	</div>`;
}

function agreementLine(page: LabShown): TemplateResult | typeof nothing {
	const { format, state } = page;
	const scored = state.scores.filter(({ status }) => status === 'complete');
	const { compared, equal, meanDifference } = agreement(state.fixture, scored);
	if (compared === 0) {
		return nothing;
	}
	const parts = [l10n.t('{0} of {1} as expected', format.number(equal), format.number(compared))];
	if (meanDifference !== null) {
		parts.push(l10n.t('mean difference {0}', meanDifference.toFixed(2)));
	}
	return html`<p class="progress" role="status">${parts.join(' · ')}</p>`;
}

/**
 * The items of a section. Not a `table` element, because only the rows near the view exist and the columns would change
 * their width with them.
 */
function itemTable(page: LabShown, section: number, name: string, items: readonly AssessmentItem[]): TemplateResult {
	const list = `items/${section}`;
	const scores = new Map<number, Score>();
	for (const score of page.state.scores) {
		if (score.section === section) {
			scores.set(score.item, score);
		}
	}
	const entry = (index: number) => {
		const item = items[index];
		return item && itemRow(page, section, index, item, scores.get(index));
	};
	return html`<div
		class="table-scroller scroll"
		data-column=${list}
		tabindex="0"
		role="region"
		aria-label=${visibleText(name)}
		${ref(page.columns.ref(list))}
	>
		<div class="assessment" role="table" aria-rowcount=${items.length + 1}>
			<div class="row head" role="row" aria-rowindex="1">
				<div role="columnheader"><span class="visually-hidden">${l10n.t('Assessment')}</span></div>
				<div role="columnheader">${l10n.t('Expected')}</div>
				<div role="columnheader">${l10n.t('Score')}</div>
				<div role="columnheader"><span class="visually-hidden">${l10n.t('Score')}</span></div>
				<div role="columnheader">${l10n.t('Rationale')}</div>
				<div role="columnheader">${l10n.t('Question')}</div>
				<div role="columnheader">${l10n.t('Answer')}</div>
			</div>
			${longList({ count: items.length, entry })}
		</div>
	</div>`;
}

/** Sections of an assessment: the rubric, and every item with its score beside the expected one. */
export function assessmentView(page: LabShown): TemplateResult {
	const { state } = page;
	return html`${agreementLine(page)}
	${state.fixture.sections.map(
		(section, index) =>
			html`<section class="lab-section">
				<h2>${l10n.t('Section: {0}', visibleText(section.name))}</h2>
				${sectionPrompts(page, index, section)}
				${
					section.items?.length
						? itemTable(page, index, section.name, section.items)
						: html`<p class="muted">${l10n.t('This section has no items.')}</p>`
				}
			</section>`,
	)}`;
}
