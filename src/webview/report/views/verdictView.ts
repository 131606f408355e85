import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { ReportComparison, ReportView } from '../../../common/reportPage.ts';
import { visibleText } from '../../../common/visibleText.ts';
import { pointsText } from '../../../statistics/pointsText.ts';
import { pValueText } from '../../../statistics/pValueText.ts';
import { rateText } from '../../../statistics/rateText.ts';
import { runCounts } from '../../../statistics/runCounts.ts';
import type { ReportShown } from '../shown.ts';
import { intervalDrawing, scaleAround } from '../../shared/intervalDrawing.ts';

/** What the run found, in a sentence for each comparison; without one its counts. */
export function verdictView(page: ReportShown): TemplateResult {
	const { view, snapshot } = page.state;
	const number = (value: number) => page.format.number(value);
	if (!view || view.comparisons.length === 0) {
		return html`<p class="verdict" role="status">
				${visibleText(l10n.t('Passed: {0}', runCounts(snapshot.run, number)))}
			</p>
			${view?.problem ? html`<p class="note">${visibleText(view.problem)}</p>` : nothing}${guideNote(page)}`;
	}
	const half = scaleAround(view.comparisons.map(({ interval }) => interval));
	return html`<div role="status">
			${view.comparisons.map((comparison) => comparisonView(page, view, comparison, half))}
		</div>
		${
			view.leftOut.length === 0
				? nothing
				: html`<p class="note">
						${visibleText(l10n.t('Not compared, because no case is in common: {0}', view.leftOut.join(', ')))}
					</p>`
		}${guideNote(page)}`;
}

function comparisonView(
	page: ReportShown,
	view: ReportView,
	{ a, b, sentence, notes, pValue, difference, interval, verdict }: ReportComparison,
	half: number,
): TemplateResult {
	const number = (value: number) => page.format.number(value);
	const end = pointsText(half).replace(/\.0$/, '');
	const { other } = view;
	const where = other && page.format.dateTime(other.startedAt);
	const sideA = [
		a.label,
		...(where === null ? [] : [other?.isBaseline ? l10n.t('baseline of {0}', where) : l10n.t('run of {0}', where)]),
		rateText(a, number),
	];
	const sides = [
		l10n.t('A: {0}', sideA.join(', ')),
		l10n.t('B: {0}', [b.label, rateText(b, number)].join(', ')),
		pValueText(pValue),
	];
	return html`<div class="comparison">
		<p class="verdict verdict-${verdict}">
			<span class="codicon codicon-${icons[verdict]}" aria-hidden="true"></span>
			${visibleText(view.comparisons.length > 1 ? `${b.label} · ${sentence}` : sentence)}
		</p>
		<div class="difference-drawing" title=${l10n.t('Difference in points, with its interval')}>
			<span class="muted" aria-hidden="true">−${end}</span>
			${intervalDrawing(difference, interval, { from: -half, to: half, zero: 0 })}
			<span class="muted" aria-hidden="true">+${end}</span>
		</div>
		<p class="muted">${visibleText(sides.join(' · '))}</p>
		${notes.length === 0 ? nothing : html`<p class="muted">${visibleText(notes.join(' '))}</p>`}
	</div>`;
}

const icons: Record<ReportComparison['verdict'], string> = {
	better: 'arrow-up',
	worse: 'arrow-down',
	'not-told-apart': 'dash',
};

function guideNote({ state }: ReportShown): TemplateResult | typeof nothing {
	return state.snapshot.run.variants.some(({ isModel }) => !isModel)
		? html`<p class="note">
				${l10n.t('The built-in guide is no model and did not read the prompt: its answers are not counted in any rate.')}
			</p>`
		: nothing;
}
