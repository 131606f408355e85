import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { keyed } from 'lit/directives/keyed.js';
import { endIcons } from '../../../common/endIcons.ts';
import type { HistoryFilter, ResultRow } from '../../../common/workshopProtocol.ts';
import { questionText } from '../../../common/questionText.ts';
import { visibleText } from '../../../common/visibleText.ts';
import { articleCount } from '../../shared/articleCount.ts';
import type { WorkshopShown } from '../shown.ts';
import '../../shared/rowList.ts';
import type { RowSource } from '../../shared/rowList.ts';
import { modelText } from '../../shared/turnEnding.ts';
import type { HistoryRows } from '../state.ts';
import { noFilter } from '../../../common/workshopIntent.ts';
import { placedError } from './placedError.ts';
import { endWord } from '../../../common/endWord.ts';

export function historyView(page: WorkshopShown): TemplateResult {
	const { state, format } = page;
	const { history } = state;
	const errors = html`${placedError(page, 'rows')}${placedError(page, 'history')}`;
	if (!history) {
		return html`<div class="below">
			${errors}${page.errors.has('rows') ? nothing : html`<p class="muted">${l10n.t('Loading…')}</p>`}
		</div>`;
	}
	const { total, matching } = history;
	if (total === 0) {
		return html`<div class="below">${errors}</div>
			<p class="empty muted">
				${l10n.t('Each test that you run is kept here with its answer, its figures and your rating.')}
			</p>`;
	}
	return html`<div class="below above">
			${filterBar(page, history)}${errors}
			<div class="row">
				<span class="muted grow" role="status">
					${l10n.t('{0} of {1} results', format.number(matching), format.number(total))}
				</span>
				<button class="text-button" @click=${() => page.call('history', 'action', { action: 'exportResults' })}>
					${l10n.t('Export…')}
				</button>
			</div>
		</div>
		${matching === 0 ? html`<p class="empty muted">${l10n.t('No results match the filter.')}</p>` : resultList(page, history)}`;
}

/** The list of a filter. Another filter creates a new list, which begins at its top. */
function resultList(page: WorkshopShown, history: HistoryRows): unknown {
	const { rows, matching, filter } = history;
	const source: RowSource = {
		count: matching,
		keyOf: (index) => rows.get(index)?.testId,
		indexOf: (key) => [...rows].find(([, { testId }]) => testId === key)?.[0],
		draw: (index, tabIndex) => rowView(page, history, index, tabIndex),
	};
	return keyed(
		JSON.stringify(filter),
		html`<div class="column">
			<div class="scroll">
				<pw-row-list
					class="history"
					role="list"
					aria-label=${l10n.t('History')}
					.from=${page.intent.scroll['history'] ?? 0}
					.start=${page.intent.shown ?? undefined}
					.onPlace=${(place: number) => page.rememberIntent({ scroll: { ...page.intent.scroll, history: place } })}
					.onRange=${(first: number, last: number) => page.showRows({ first, last })}
					.source=${source}
				></pw-row-list>
			</div>
		</div>`,
	);
}

function runsHere({ state }: WorkshopShown, { testId }: ResultRow): boolean {
	return state.runs.get(testId)?.since !== undefined;
}

function filterBar(page: WorkshopShown, { values }: HistoryRows): TemplateResult {
	const { intent } = page;
	const { filter } = intent;
	const set = (patch: Partial<HistoryFilter>) => {
		const { history: _top, ...scroll } = page.intent.scroll;
		page.setIntent({ filter: { ...page.intent.filter, ...patch }, scroll });
		page.dismissError('rows');
		page.showRows({ first: 0, last: 0 });
	};
	const clear = () => {
		set(noFilter);
		page.focus('.filter-text .input');
	};
	const menu = (
		label: string,
		value: string,
		options: [string, string][],
		choose: (value: string) => Partial<HistoryFilter>,
	) =>
		html`<span class="select-box">
			<select
				class="select"
				aria-label=${label}
				title=${label}
				@change=${(event: Event) => set(choose((event.target as HTMLSelectElement).value))}
			>
				${options.map(([key, text]) => html`<option value=${key} .selected=${key === value}>${visibleText(text)}</option>`)}
			</select>
		</span>`;
	/** The chosen value is offered even if its last result has been deleted. */
	const choices = (values: string[], chosen: string) =>
		[...new Set([...values, chosen])].filter(Boolean).map((value): [string, string] => [value, value]);
	return html`<div class="filter" role="search">
		<div class="filter-text">
			<input
				class="input"
				type="search"
				aria-label=${l10n.t('Filter by text')}
				placeholder=${l10n.t('Filter by text')}
				.value=${filter.text}
				@input=${(event: Event) => set({ text: (event.target as HTMLInputElement).value })}
			/>
			${filters(filter) ? clearButton(clear) : nothing}
		</div>
		${menu(
			l10n.t('Filter by rating'),
			String(filter.rating),
			[
				['0', l10n.t('All ratings')],
				...[5, 4, 3, 2, 1].map((stars): [string, string] => [
					String(stars),
					l10n.t('{0} stars or more', stars),
				]),
				['-1', l10n.t('not rated')],
			],
			(value) => ({ rating: Number(value) }),
		)}
		${menu(
			l10n.t('Filter by topic'),
			filter.topic,
			[['', l10n.t('All topics')], ...choices(values.topics, filter.topic)],
			(topic) => ({ topic }),
		)}
		${menu(
			l10n.t('Filter by model'),
			filter.model,
			[['', l10n.t('All models')], ...choices(values.models, filter.model)],
			(model) => ({ model }),
		)}
		${menu(
			l10n.t('Filter by prompt version'),
			String(filter.version || ''),
			[
				['', l10n.t('All versions')],
				...choices(values.versions.map(String), String(filter.version || '')).map(
					([version]): [string, string] => [version, l10n.t('version {0}', version)],
				),
			],
			(version) => ({ version: Number(version) }),
		)}
	</div>`;
}

function filters(filter: HistoryFilter): boolean {
	return Object.entries(noFilter).some(([key, none]) => filter[key as keyof HistoryFilter] !== none);
}

function clearButton(clear: () => void): TemplateResult {
	return html`<button
		class="icon-button"
		title=${l10n.t('Clear the filter')}
		aria-label=${l10n.t('Clear the filter')}
		@click=${clear}
	>
		<span class="codicon codicon-clear-all" aria-hidden="true"></span>
	</button>`;
}

function rowView(page: WorkshopShown, history: HistoryRows, index: number, tabIndex: 0 | -1): TemplateResult {
	const { intent } = page;
	const { matching } = history;
	const row = history.rows.get(index);
	const shown = row !== undefined && row.testId === intent.shown;
	const here = row !== undefined && runsHere(page, row);
	return html`<div
		class="history-row"
		role="listitem"
		aria-setsize=${matching}
		aria-posinset=${index + 1}
		aria-current=${shown ? 'true' : nothing}
		aria-busy=${row ? nothing : 'true'}
		data-index=${index}
		data-key=${row?.testId ?? nothing}
	>
		${guard([row, tabIndex, here], () =>
			row
				? rowContent(page, row, here, tabIndex)
				: html`<span class="muted history-awaited">${l10n.t('Loading…')}</span>`,
		)}
	</div>`;
}

function rowContent(page: WorkshopShown, row: ResultRow, here: boolean, tabIndex: 0 | -1): TemplateResult {
	const { format } = page;
	const { testId, notes } = row;
	const query = questionText(row.query);
	const running = here || row.elsewhere;
	const words = running ? (here ? l10n.t('running') : l10n.t('running in another window')) : endWord(row.status);
	const what = [
		row.topic,
		modelText(row.model, row.answeredModel),
		...(row.version === null ? [] : [l10n.t('version {0}', row.version)]),
	];
	const figures = running
		? [words]
		: [
				...(row.status === 'complete' ? [] : [words]),
				articleCount(row.articleCount, format),
				format.duration(row.executionTimeMs),
				...(row.costUsd === null ? [] : [format.cost(row.costUsd)]),
			];
	const icon = running ? 'sync' : endIcons[row.status];
	const open = () => {
		page.setIntent({ tab: 'test', shown: testId, comparing: false });
		page.focus('#tab-test');
	};
	const remove = () => {
		if (!running) {
			void page.call('history', 'removeResult', { testId });
		}
	};
	const onKey = (event: KeyboardEvent) => {
		if (event.key === 'Delete') {
			event.preventDefault();
			remove();
		}
	};
	return html`<button
			class="history-main"
			tabindex=${tabIndex}
			data-row-focus
			aria-keyshortcuts="Delete"
			@click=${open}
			@keydown=${onKey}
		>
			<span
				class="codicon codicon-${icon} status-${running ? 'running' : row.status}"
				role="img"
				aria-label=${words}
			></span>
			<span class="history-query" title=${visibleText(query)}>${visibleText(query)}</span>
			<span class="history-about muted">
				<span class="history-what">${visibleText(what.join(' · '))}</span>
				<span class="history-figures">${figures.join(' · ')}</span>
				<span class="history-date">${format.dateTime(row.timestamp)}</span>
			</span>
			<span
				class="history-stars"
				role="img"
				aria-label=${row.rating === null ? l10n.t('No rating') : l10n.t('{0} of 5 stars', row.rating)}
			>
				${row.rating === null ? '' : '★'.repeat(row.rating)}
			</span>
			${
				notes === null
					? html`<span class="history-notes muted">${visibleText(row.preview)}</span>`
					: html`<span class="history-notes"
							><span class="codicon codicon-note" role="img" aria-label=${l10n.t('Notes')}></span>
							${visibleText(notes)}</span
						>`
			}
		</button>
		<button
			class="icon-button"
			tabindex=${tabIndex}
			?disabled=${running}
			title=${l10n.t('Delete')}
			aria-label="${l10n.t('Delete')}: ${visibleText(query)}"
			@click=${remove}
		>
			<span class="codicon codicon-trash" aria-hidden="true"></span>
		</button>`;
}
