import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import {
	reportShows,
	type CaseChange,
	type ReportFilter,
	type ReportRow,
	type ReportShow,
	type ReportView,
} from '../../../common/reportPage.ts';
import { visibleText } from '../../../common/visibleText.ts';
import { caseResult, worstVerdict } from '../../shared/caseResult.ts';
import { caseRows, verdictIcon } from '../../shared/caseRows.ts';
import type { ReportShown, ReportState } from '../shown.ts';
import { placedError } from './placedError.ts';

type Rows = NonNullable<ReportState['rows']>;

/** The cases of the run under a filter; before all trials are read there are none. */
export function caseList(page: ReportShown, view: ReportView | undefined): TemplateResult {
	const { rows } = page.state;
	const isCurrent = view !== undefined && rows?.filter.against === JSON.stringify(page.intent.against);
	return html`<section class="report-cases" aria-label=${l10n.t('Cases')}>
		${view ? filterBar(page, view, rows) : nothing}${placedError(page, 'cases')}
		${
			!isCurrent
				? page.errors.has('view') || page.errors.has('cases')
					? nothing
					: html`<p class="empty muted">${l10n.t('Reading the answers…')}</p>`
				: rows.matching > 0
					? caseRows(rows, {
							from: page.intent.scroll,
							onPlace: (place) => page.rememberIntent({ scroll: place }),
							onRange: (first, last) => page.showRows({ first, last }),
							content: (row, tabIndex) => rowContent(page, row, tabIndex),
						})
					: html`<p class="empty muted">${l10n.t('No cases match the filter.')}</p>`
		}
	</section>`;
}

function filterBar(page: ReportShown, { counts, against }: ReportView, rows: Rows | undefined): TemplateResult {
	const { filter } = page.intent;
	const set = (patch: Partial<ReportFilter>) => {
		page.setIntent({ filter: { ...page.intent.filter, ...patch }, scroll: 0 });
		page.dismissError('cases');
		page.showRows({ first: 0, last: 0 });
	};
	// Without a comparison no case is better or worse; a chosen filter stays, so that it can be left.
	const isOffered = (show: ReportShow) =>
		show === filter.show || !(against.kind === 'none' && ['improved', 'regressed', 'unchanged'].includes(show));
	return html`<div class="report-filter" role="search">
		<div class="segments" role="group" aria-label=${l10n.t('Which cases')}>
			${reportShows
				.filter(isOffered)
				.map(
					(show) =>
						html`<button class="segment" aria-pressed=${show === filter.show} @click=${() => set({ show })}>
							${showWord(show)} <span class="segment-count">${page.format.number(counts[show])}</span>
						</button>`,
				)}
		</div>
		<input
			class="input"
			type="search"
			aria-label=${l10n.t('Filter by text')}
			placeholder=${l10n.t('Filter by name, tag or reason')}
			.value=${filter.text}
			@input=${(event: Event) => set({ text: (event.target as HTMLInputElement).value })}
		/>
		${
			rows
				? html`<span class="muted" role="status">
						${l10n.t('{0} of {1} cases', page.format.number(rows.matching), page.format.number(rows.total))}
					</span>`
				: nothing
		}
	</div>`;
}

function showWord(show: ReportShow): string {
	const words: Record<ReportShow, string> = {
		'': l10n.t('All'),
		improved: l10n.t('Improved'),
		regressed: l10n.t('Regressed'),
		unchanged: l10n.t('Unchanged'),
		flaky: l10n.t('Flaky'),
		failed: l10n.t('Failed'),
		error: l10n.t('Errors'),
	};
	return words[show];
}

function rowContent(page: ReportShown, row: ReportRow, tabIndex: 0 | -1): TemplateResult {
	const { index, name, tags, change, isFlaky, before, results, reason } = row;
	const isRunning = page.state.view?.run.status === 'running';
	const open = () => {
		page.setIntent({ case: index, repeat: 1 });
		page.focus('.compare-close');
	};
	const about = [
		...(isFlaky ? [l10n.t('flaky')] : []),
		...tags.map((tag) => `#${tag}`),
		...(reason === null ? [] : [reason]),
	];
	// With several results, each has an icon of its own, and the row shows what became of the case.
	const isChanged = results.length > 1 && (change === 'improved' || change === 'regressed');
	const result = (isNamed: boolean) => (one: ReportRow['results'][number]) =>
		caseResult(page.format, one, { isNamed, isRunning });
	return html`<button class="case-main" tabindex=${tabIndex} data-row-focus @click=${open}>
		${isChanged ? changeIcon(change) : verdictIcon(worstVerdict(results), isRunning)}
		<span class="case-name" title=${visibleText(name)}>${visibleText(name)}</span>
		<span class="case-results">
			<span class="compared-results"
				>${changeMark(change, !isChanged)}${
					before.length === 0
						? nothing
						: html`<span class="case-before muted">${before.map(result(before.length > 1))}</span
								><span
									class="codicon codicon-arrow-small-right"
									role="img"
									aria-label=${l10n.t('then')}
								></span>`
				}<span class="case-now">${results.map(result(results.length > 1))}</span></span
			>
		</span>
		<span class="case-about muted">${visibleText(about.join(' · '))}</span>
	</button>`;
}

function changeMark(change: CaseChange, hasIcon: boolean): TemplateResult | typeof nothing {
	if (change !== 'improved' && change !== 'regressed') {
		return nothing;
	}
	const word = change === 'improved' ? l10n.t('improved') : l10n.t('regressed');
	return html`<span class="change change-${change}">${hasIcon ? changeIcon(change) : nothing}${word}</span>`;
}

function changeIcon(change: 'improved' | 'regressed'): TemplateResult {
	const direction = change === 'improved' ? 'up' : 'down';
	return html`<span class="codicon codicon-arrow-${direction} change-${change}" aria-hidden="true"></span>`;
}
