import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { AssessmentItem } from '../../../common/api.ts';
import { agreement } from '../../../common/labAgreement.ts';
import { visibleText } from '../../../common/visibleText.ts';
import type { LabShown } from '../shown.ts';
import { listWindow, windowSize } from '../listWindow.ts';
import { errorAt } from './errorAt.ts';
import { sectionPrompts } from './sectionView.ts';
import { windowBar } from './windowBar.ts';
import { statusWord } from '../labWords.ts';

async function scoreItem(page: LabShown, section: number, item: number): Promise<void> {
	await page.settleEdits();
	await page.call(`item/${section}/${item}`, 'score', { items: [{ section, item }] });
}

function itemRow(page: LabShown, section: number, index: number, item: AssessmentItem): TemplateResult {
	const { state } = page;
	const score = state.scores.find((candidate) => candidate.section === section && candidate.item === index);
	return html`<tr class="score-${score?.status ?? 'none'}">
		<th scope="row">${visibleText(item.label)}</th>
		<td>${visibleText(String(item.expected ?? ''))}</td>
		<td>
			${score?.score === undefined ? nothing : html`<strong>${score.score}</strong>`}
			${score && score.status !== 'complete' ? html`<span class="muted">${statusWord(score.status)}</span>` : nothing}
		</td>
		<td>
			<button
				class="button secondary"
				?disabled=${score?.status === 'streaming'}
				@click=${() => void scoreItem(page, section, index)}
			>
				${l10n.t('Score')}
			</button>
		</td>
		<td class="long">
			${errorAt(page, `item/${section}/${index}`)} ${visibleText(score?.rationale ?? '')}
			${score?.error ? html`<span class="error-text" role="alert">${visibleText(score.error.message)}</span>` : nothing}
		</td>
		<td class="long"><div class="said">${visibleText(item.question)}</div></td>
		<td class="long"><div class="said">${visibleText(item.answer)}</div></td>
	</tr>`;
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

/** The items of a section, a hundred of many at a time. */
function itemTable(page: LabShown, section: number, name: string, items: readonly AssessmentItem[]): TemplateResult {
	const { intent } = page;
	const list = `items/${section}`;
	const count = items.length;
	const shown = listWindow(count, undefined, intent.first[list]);
	const { from, to } = shown;
	const go = (first: number) => page.goTo(list, first);
	return html`${count > windowSize ? windowBar(page, shown, { count, go, text: (first, last) => l10n.t('Items {0} to {1} of {2}', first, last, page.format.number(count)) }) : nothing}
		<div class="table-scroller" tabindex="0" role="region" aria-label=${name}>
			<table class="grid assessment">
				<thead>
					<tr>
						<th scope="col"><span class="visually-hidden">${l10n.t('Assessment')}</span></th>
						<th scope="col">${l10n.t('Expected')}</th>
						<th scope="col">${l10n.t('Score')}</th>
						<th scope="col"><span class="visually-hidden">${l10n.t('Score')}</span></th>
						<th scope="col">${l10n.t('Rationale')}</th>
						<th scope="col">${l10n.t('Question')}</th>
						<th scope="col">${l10n.t('Answer')}</th>
					</tr>
				</thead>
				<tbody>
					${items.slice(from, to).map((item, position) => itemRow(page, section, from + position, item))}
				</tbody>
			</table>
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
