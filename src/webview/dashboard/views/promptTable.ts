import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { DashboardPoint, DashboardRow, DashboardView } from '../../../common/dashboardPage.ts';
import { visibleText } from '../../../common/visibleText.ts';
import { rateText } from '../../../statistics/rateText.ts';
import { rateStrip } from '../../shared/rateStrip.ts';
import type { DashboardShown } from '../shown.ts';
import { costText } from './costText.ts';

/** The prompts: newest runs first, then those without. */
export function promptTable(page: DashboardShown, view: DashboardView): TemplateResult {
	const { rows, total, withoutSuite } = view;
	if (rows.length === 0) {
		return html`<p class="muted">${l10n.t('No draft, prompt or suite fits the filter.')}</p>`;
	}
	const { format } = page;
	return html`<h2 id="prompts">${l10n.t('Prompts')}</h2>
		<p class="muted" role="status">
			${[
				rows.length < total
					? l10n.t('{0} of {1} are shown.', format.number(rows.length), format.number(total))
					: total === 1
						? l10n.t('1 prompt or suite.')
						: l10n.t('{0} prompts and suites.', format.number(total)),
				withoutSuite === 0
					? ''
					: withoutSuite === 1
						? l10n.t('1 has no suite.')
						: l10n.t('{0} have no suite.', format.number(withoutSuite)),
			].join(' ')}
		</p>
		<table class="rates dashboard-prompts" aria-labelledby="prompts">
			<thead>
				<tr>
					<th scope="col">${l10n.t('Prompt')}</th>
					<th scope="col">${l10n.t('Newest run: passed, with the interval (95 %)')}</th>
					<th scope="col">${l10n.t('Over time')}</th>
					<th scope="col">${l10n.t('Runs')}</th>
					<th scope="col">${l10n.t('Tests')}</th>
					<th scope="col" class="number">${l10n.t('Cost')}</th>
				</tr>
			</thead>
			<tbody>
				${rows.map((row) => promptRow(page, row))}
			</tbody>
		</table>`;
}

const kinds: Record<DashboardRow['kind'], () => string> = {
	draft: () => l10n.t('draft'),
	prompt: () => l10n.t('prompt'),
	file: () => l10n.t('suite file'),
};

function promptRow(page: DashboardShown, row: DashboardRow): TemplateResult {
	const { format } = page;
	const { key, kind, name, folder, tags, points, newest, versionsSince, hasSuite } = row;
	const about = [
		kinds[kind](),
		...(folder === '' ? [] : [folder]),
		...tags.map((tag) => `#${tag}`),
		...(versionsSince === null || versionsSince === 0
			? []
			: [
					versionsSince === 1
						? l10n.t('1 version since the last run')
						: l10n.t('{0} versions since the last run', format.number(versionsSince)),
				]),
	];
	const openReport = (runId: string) => void page.call('view', 'openReport', { runId });
	const latest = points.filter(({ runId }) => runId === newest?.runId);
	return html`<tr>
		<th scope="row">
			<button class="text-button row-name" @click=${() => page.call('view', 'open', { key })}>
				${visibleText(name)}
			</button>
			<span class="muted">${visibleText(about.join(' · '))}</span>
		</th>
		<td>
			${
				newest
					? html`${latest.map((point) => html`<p>${latestText(page, point, latest.length > 1)}</p>`)}
							<button class="text-button" @click=${() => openReport(newest.runId)}>
								${format.dateTime(newest.startedAt)}
							</button>`
					: hasSuite
						? html`<span class="muted">${l10n.t('not run yet')}</span>`
						: html`<button class="text-button" @click=${() => page.call('view', 'newSuite', { key })}>
								${l10n.t('New Suite')}
							</button>`
			}
		</td>
		<td class="over-time">
			${points.length === 0 ? nothing : rateStrip({ label: l10n.t('Over time'), points: points.map((point) => drawn(page, point)), open: openReport })}
		</td>
		<td>${runsText(page, row)}</td>
		<td>${testsText(page, row)}</td>
		<td class="number" data-title=${l10n.t('Cost')}>${costText(row, format)}</td>
	</tr>`;
}

function latestText({ format }: DashboardShown, point: DashboardPoint, isNamed: boolean): string {
	const text = rateText(point, (value) => format.number(value));
	const errors =
		point.errors === 0
			? text
			: `${text}, ${point.errors === 1 ? l10n.t('1 error') : l10n.t('{0} errors', format.number(point.errors))}`;
	return isNamed ? visibleText(`${point.series}: ${errors}`) : errors;
}

function drawn({ format }: DashboardShown, point: DashboardPoint) {
	const { runId, series, startedAt, rate, interval } = point;
	const text = rateText(point, (value) => format.number(value));
	return {
		key: runId,
		series,
		rate,
		interval,
		title: visibleText(`${series} · ${format.dateTime(startedAt)} · ${text}`),
	};
}

function runsText({ format }: DashboardShown, { runs, answers }: DashboardRow): string {
	if (runs === 0) {
		return '';
	}
	const { milliseconds, inputTokens, outputTokens } = answers;
	return [
		runs === 1 ? l10n.t('1 run') : l10n.t('{0} runs', format.number(runs)),
		...(milliseconds === null ? [] : [l10n.t('{0} each (median)', format.duration(milliseconds))]),
		...(inputTokens === null ? [] : [l10n.t('{0} tokens in', format.tokens(inputTokens))]),
		...(outputTokens === null ? [] : [l10n.t('{0} tokens out', format.tokens(outputTokens))]),
	].join(' · ');
}

function testsText({ format }: DashboardShown, { tests }: DashboardRow): string {
	if (!tests) {
		return '';
	}
	const { ratings, rating, milliseconds, outputTokens } = tests;
	return [
		tests.tests === 1 ? l10n.t('1 test') : l10n.t('{0} tests', format.number(tests.tests)),
		...(rating === null ? [] : [l10n.t('★ {0} of {1} ratings', rating.toFixed(1), format.number(ratings))]),
		...(milliseconds === null ? [] : [l10n.t('{0} each', format.duration(milliseconds))]),
		...(outputTokens === null ? [] : [l10n.t('{0} tokens out', format.tokens(outputTokens))]),
	].join(' · ');
}
