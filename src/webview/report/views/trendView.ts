import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { groupBy } from '../../../common/groupBy.ts';
import type { TrendPoint } from '../../../common/reportPage.ts';
import { runStatusWord } from '../../../common/runStatus.ts';
import { visibleText } from '../../../common/visibleText.ts';
import { rateText } from '../../../statistics/rateText.ts';
import { rateChart, type ChartPoint } from '../../shared/rateChart.ts';
import type { ReportShown } from '../shown.ts';
import { intervalDrawing } from '../../shared/intervalDrawing.ts';
import { placedError } from './placedError.ts';

/** Digits of the hash by which the text of a prompt is recognised. */
const hashDigits = 7;

/** The pass rates of the suite over its runs, as a chart and as its table. */
export function trendView(page: ReportShown): TemplateResult {
	const { trend } = page.state;
	if (!trend || trend.length === 0) {
		return html`${placedError(page, 'trend')}
			<p class="empty muted">
				${trend ? l10n.t('No run of this suite has a pass rate yet.') : page.errors.has('trend') ? nothing : l10n.t('Loading…')}
			</p>`;
	}
	return html`${placedError(page, 'actions')}
		<div class="column">
			<div class="scroll" tabindex="0" role="region" aria-label=${l10n.t('Trend')}>
				${rateChart({ points: trend.map((point, at) => chartPoint(page, point, trend[at - 1])), open: (key) => openRun(page, key) })}
				${table(page, trend)}
			</div>
		</div>`;
}

function chartPoint(page: ReportShown, point: TrendPoint, before: TrendPoint | undefined): ChartPoint {
	const { runId, series, startedAt, rate, interval, isBaseline } = point;
	const text = rateText(point, (value) => page.format.number(value));
	return {
		key: runId,
		series,
		column: runId,
		rate,
		interval,
		title: visibleText(`${series} · ${page.format.dateTime(startedAt)} · ${text}`),
		isMarked: runId === page.state.snapshot.run.runId,
		mark: isBaseline && before?.runId !== runId ? l10n.t('baseline') : '',
	};
}

function openRun(page: ReportShown, runId: string): void {
	void page.call('actions', 'openReport', { runId });
}

/** The runs from the newest on, the variants of each in their order. */
function newestFirst(trend: readonly TrendPoint[]): TrendPoint[] {
	return [...groupBy(trend, ({ runId }) => runId).values()].toReversed().flat();
}

function table(page: ReportShown, trend: readonly TrendPoint[]): TemplateResult {
	const { format, state } = page;
	const hasErrors = trend.some(({ errors }) => errors > 0);
	return html`<table class="rates trend">
		<caption class="visually-hidden">
			${l10n.t('Runs of the suite')}
		</caption>
		<thead>
			<tr>
				<th scope="col">${l10n.t('Run')}</th>
				<th scope="col">${l10n.t('Variant')}</th>
				<th scope="col">${l10n.t('Text')}</th>
				<th scope="col">${l10n.t('Passed, with the interval (95 %)')}</th>
				${hasErrors ? html`<th scope="col" class="number">${l10n.t('Errors')}</th>` : nothing}
			</tr>
		</thead>
		<tbody>
			${newestFirst(trend).map((point) => {
				const { runId, startedAt, series, promptHash, status, isBaseline, rate, interval, errors } = point;
				const isShown = runId === state.snapshot.run.runId;
				const about = [
					...(isShown ? [l10n.t('this run')] : []),
					...(isBaseline ? [l10n.t('baseline')] : []),
					...(status === 'complete' ? [] : [runStatusWord(status)]),
				];
				const time = format.dateTime(startedAt);
				return html`<tr>
					<th scope="row">
						${
							isShown
								? time
								: html`<button
										class="text-button"
										title=${l10n.t('Open Report')}
										@click=${() => openRun(page, runId)}
									>
										${time}
									</button>`
						}
						<span class="muted">${about.join(' · ')}</span>
					</th>
					<td>${visibleText(series)}</td>
					<td><code>${promptHash?.slice(0, hashDigits) ?? ''}</code></td>
					<td class="rate">
						${rateText(point, (value) => format.number(value))}${intervalDrawing(rate, interval, { from: 0, to: 1 })}
					</td>
					${hasErrors ? html`<td class="number" data-title=${l10n.t('Errors')}>${format.number(errors)}</td>` : nothing}
				</tr>`;
			})}
		</tbody>
	</table>`;
}
