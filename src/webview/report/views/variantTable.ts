import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { Interval } from '../../../common/comparison.ts';
import type { ReportVariant } from '../../../common/reportPage.ts';
import type { RunVariant } from '../../../common/suiteModel.ts';
import { visibleText } from '../../../common/visibleText.ts';
import { rateInterval } from '../../../statistics/passRate.ts';
import { rateText } from '../../../statistics/rateText.ts';
import type { Formatter } from '../../shared/format.ts';
import type { ReportShown } from '../shown.ts';
import { intervalDrawing } from '../../shared/intervalDrawing.ts';

/** A row of the table: of the run's row until its trials are read. */
interface Row {
	label: string;
	about: string[];
	passed: number;
	of: number;
	errors: number;
	reused: number;
	rate: number | null;
	interval: Interval | null;
	costUsd: number | null;
	measured: ReportVariant | undefined;
}

/** The variants of the run, each rate with its interval and drawn. */
export function variantTable({ state, format }: ReportShown): TemplateResult {
	const rows = state.view ? state.view.run.variants.map(readRow) : state.snapshot.run.variants.map(storedRow);
	const isByCase = rows.some(({ measured }) => measured?.unit === 'case');
	const has = (value: (variant: ReportVariant) => number | null) =>
		rows.some(({ measured }) => measured && value(measured) !== null);
	const columns: Column[] = [
		{ title: l10n.t('Errors'), cell: ({ errors }) => format.number(errors), isShown: true },
		{
			title: l10n.t('Reused'),
			hint: l10n.t('Answers of earlier runs'),
			cell: ({ reused }) => format.number(reused),
			isShown: rows.some(({ reused }) => reused > 0),
		},
		{
			title: l10n.t('Time'),
			hint: l10n.t('Median of the answers'),
			cell: ({ measured }) => duration(format, measured?.latencyMs),
			isShown: has(({ latencyMs }) => latencyMs),
		},
		{
			title: l10n.t('First token'),
			hint: l10n.t('Median of the answers'),
			cell: ({ measured }) => duration(format, measured?.firstTokenMs),
			isShown: has(({ firstTokenMs }) => firstTokenMs),
		},
		{
			title: l10n.t('Tokens out'),
			hint: l10n.t('Mean of the answers'),
			cell: ({ measured }) => tokens(format, measured?.outputTokens),
			isShown: has(({ outputTokens }) => outputTokens),
		},
		{
			title: l10n.t('Thinking tokens'),
			hint: l10n.t('Mean of the answers'),
			cell: ({ measured }) => tokens(format, measured?.thinkingTokens),
			isShown: has(({ thinkingTokens }) => thinkingTokens),
		},
		{
			title: l10n.t('Cost'),
			cell: ({ costUsd }) => (costUsd === null ? l10n.t('unknown') : format.cost(costUsd)),
			isShown: rows.some(({ costUsd }) => costUsd !== 0),
		},
	];
	const shown = columns.filter(({ isShown }) => isShown);
	return html`<table class="rates">
		<caption class="visually-hidden">
			${l10n.t('Variants')}
		</caption>
		<thead>
			<tr>
				<th scope="col">${l10n.t('Variant')}</th>
				<th scope="col">
					${isByCase ? l10n.t('Passed, with the interval by case (95 %)') : l10n.t('Passed, with the interval (95 %)')}
				</th>
				${shown.map(({ title, hint }) => html`<th scope="col" class="number" title=${hint ?? nothing}>${title}</th>`)}
			</tr>
		</thead>
		<tbody>
			${rows.map(
				(row) =>
					html`<tr>
						<th scope="row">
							${visibleText(row.label)}
							<span class="muted">${visibleText(row.about.join(' · '))}</span>
						</th>
						<td class="rate">
							${rateText(row, (value) => format.number(value))}
							${
								row.rate === null || row.interval === null
									? nothing
									: intervalDrawing(row.rate, row.interval, { from: 0, to: 1 })
							}
						</td>
						${shown.map(({ title, cell }) => html`<td class="number" data-title=${title}>${cell(row)}</td>`)}
					</tr>`,
			)}
		</tbody>
	</table>`;
}

interface Column {
	title: string;
	hint?: string;
	cell: (row: Row) => string;
	isShown: boolean;
}

function readRow(variant: ReportVariant): Row {
	const { label, passed, of, errors, reused, rate, interval, costUsd } = variant;
	return { label, about: about(variant), passed, of, errors, reused, rate, interval, costUsd, measured: variant };
}

function storedRow(variant: RunVariant): Row {
	const { label, isModel, passed, failed, errors, reused, rate = null, worth, costUsd } = variant;
	const interval = isModel && rate !== null && worth !== undefined ? rateInterval(rate, worth) : null;
	const counts = { passed, of: passed + failed, errors, reused };
	return { label, about: about(variant), ...counts, rate, interval, costUsd, measured: undefined };
}

function about({ model, thinking, label }: Pick<RunVariant, 'label' | 'model' | 'thinking'>): string[] {
	return [
		model === null ? l10n.t('recorded answers') : label.includes(model) ? '' : model,
		thinking === null || thinking === 'off' ? '' : l10n.t('thinking {0}', thinking),
	].filter((text) => text !== '');
}

function duration(format: Formatter, milliseconds: number | null | undefined): string {
	return typeof milliseconds === 'number' ? format.duration(milliseconds) : '';
}

function tokens(format: Formatter, count: number | null | undefined): string {
	return typeof count === 'number' ? format.tokens(count) : '';
}
