import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { CaseRow, SuiteFilter, SuiteView } from '../../../common/suitePage.ts';
import { verdicts, type Verdict } from '../../../common/suiteModel.ts';
import { visibleText } from '../../../common/visibleText.ts';
import { awaitedWord, caseResult, worstVerdict } from '../../shared/caseResult.ts';
import { caseRows, verdictIcon } from '../../shared/caseRows.ts';
import { shownRun } from '../shownRun.ts';
import type { WorkshopShown } from '../shown.ts';
import type { SuiteRows } from '../state.ts';
import { placedError } from './placedError.ts';
import { suiteCaseView } from './suiteCaseView.ts';
import { suiteToolbar } from './suiteToolbar.ts';

/** The suite of the draft: its cases with the verdicts of a run, or one case with its answers. */
export function suiteView(page: WorkshopShown): TemplateResult {
	const { view, rows } = page.state.suite;
	const errors = html`${placedError(page, 'suite')}${placedError(page, 'cases')}`;
	if (!view) {
		return html`<div class="below">
			${errors}${page.errors.has('cases') ? nothing : html`<p class="muted">${l10n.t('Loading…')}</p>`}
		</div>`;
	}
	if (view.uri === null) {
		return html`<div class="below">${errors}</div>
			${noSuite(page)}`;
	}
	if (page.intent.suiteCase !== null) {
		return html`<div class="below above">${suiteToolbar(page, view)}${errors}</div>
			${suiteCaseView(page)}`;
	}
	return html`<div class="below above">
			${suiteToolbar(page, view)}${errors}${problemList(page, view)}
			${rows || view.cases > 0 ? filterBar(page, rows) : nothing}
		</div>
		${
			!rows
				? html`<p class="empty muted">${l10n.t('Loading…')}</p>`
				: rows.matching > 0
					? caseRows(rows, {
							from: page.intent.scroll['suite'] ?? 0,
							onPlace: (place) =>
								page.rememberIntent({ scroll: { ...page.intent.scroll, suite: place } }),
							onRange: (first, last) => page.showRows({ first, last }),
							content: (row, tabIndex) => rowContent(page, row, tabIndex),
						})
					: html`<p class="empty muted">
							${
								page.intent.suiteFilter.text === '' && page.intent.suiteFilter.verdict === ''
									? l10n.t('The suite has no cases that can be read. Open it and add one.')
									: l10n.t('No cases match the filter.')
							}
						</p>`
		}`;
}

function noSuite(page: WorkshopShown): TemplateResult {
	const act = (method: 'newSuite' | 'keepLastTest') => () => void page.call('suite', method, null);
	return html`<div class="empty">
		<p>
			${l10n.t('A suite asks the same questions after every change of the prompt and checks the answers, so that you see what got better and what broke.')}
		</p>
		<div class="row">
			<button class="button" @click=${act('newSuite')}>${l10n.t('New Suite')}</button>
			${
				page.state.resultCount === 0
					? nothing
					: html`<button class="button secondary" @click=${act('keepLastTest')}>
							${l10n.t('Keep the Last Test as a Case')}
						</button>`
			}
		</div>
	</div>`;
}

function problemList(page: WorkshopShown, { problems, problemCount }: SuiteView): TemplateResult | typeof nothing {
	if (problemCount === 0) {
		return nothing;
	}
	return html`<div class="note">
		<ul class="suite-problems" aria-label=${l10n.t('Problems of the suite')}>
			${problems.map(
				({ line, message, file }) =>
					html`<li>
						<button
							class="link-button"
							?disabled=${file !== undefined}
							@click=${() => page.call('suite', 'openSuite', { line })}
						>
							${file === undefined ? l10n.t('Line {0}', line) : visibleText(`${file}:${line}`)}</button
						>: ${visibleText(message)}
					</li>`,
			)}
		</ul>
		${
			problemCount > problems.length
				? html`<p class="muted">
						${l10n.t('{0} more problems', page.format.number(problemCount - problems.length))}
					</p>`
				: nothing
		}
	</div>`;
}

function filterBar(page: WorkshopShown, rows: SuiteRows | undefined): TemplateResult {
	const filter = page.intent.suiteFilter;
	const set = (patch: Partial<SuiteFilter>) => {
		const { suite: _top, ...scroll } = page.intent.scroll;
		page.setIntent({ suiteFilter: { ...page.intent.suiteFilter, ...patch }, scroll });
		page.dismissError('cases');
		page.showRows({ first: 0, last: 0 });
	};
	const label = l10n.t('Filter by verdict');
	const words: Record<Verdict | '', string> = {
		'': l10n.t('All verdicts'),
		pass: l10n.t('Passed'),
		fail: l10n.t('Failed'),
		error: l10n.t('Errors'),
	};
	return html`<div class="filter suite-filter" role="search">
		<div class="filter-text">
			<input
				class="input"
				type="search"
				aria-label=${l10n.t('Filter by text')}
				placeholder=${l10n.t('Filter by text')}
				.value=${filter.text}
				@input=${(event: Event) => set({ text: (event.target as HTMLInputElement).value })}
			/>
		</div>
		<span class="select-box">
			<select
				class="select"
				aria-label=${label}
				title=${label}
				@change=${(event: Event) => set({ verdict: (event.target as HTMLSelectElement).value as Verdict | '' })}
			>
				${(['', ...verdicts] as const).map(
					(verdict) =>
						html`<option value=${verdict} .selected=${verdict === filter.verdict}>
							${words[verdict]}
						</option>`,
				)}
			</select>
		</span>
		${
			rows
				? html`<span class="muted" role="status">
						${l10n.t('{0} of {1} cases', page.format.number(rows.matching), page.format.number(rows.total))}
					</span>`
				: nothing
		}
	</div>`;
}

function rowContent(page: WorkshopShown, row: CaseRow, tabIndex: 0 | -1): TemplateResult {
	const { format } = page;
	const { name, tags, assertions, results, reason } = row;
	const open = () => {
		page.setIntent({ suiteCase: row.index });
		page.focus('.case-back');
	};
	const about = [
		assertions === 1 ? l10n.t('1 assertion') : l10n.t('{0} assertions', format.number(assertions)),
		...tags.map((tag) => `#${tag}`),
	];
	const running = shownRun(page)?.status === 'running';
	return html`<button class="case-main" tabindex=${tabIndex} data-row-focus @click=${open}>
		${verdictIcon(worstVerdict(results), running)}
		<span class="case-name" title=${visibleText(name)}>${visibleText(name)}</span>
		<span class="case-results">
			${results.length === 0 ? awaitedWord(running) : results.map((result) => caseResult(page.format, result, { isNamed: results.length > 1, isRunning: running }))}
		</span>
		<span class="case-about muted"
			>${visibleText([...about, ...(reason === null ? [] : [reason])].join(' · '))}</span
		>
	</button>`;
}
