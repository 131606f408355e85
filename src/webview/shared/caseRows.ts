import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { Verdict } from '../../common/suiteModel.ts';
import { verdictIcons, verdictWord } from '../../common/verdictWord.ts';
import { awaitedWord } from './caseResult.ts';
import './rowList.ts';
import type { RowSource } from './rowList.ts';

/** The cases of a run under a filter, as far as they are loaded: by their position among those that match. */
export interface CaseRows<Row extends { index: number }> {
	filter: unknown;
	matching: number;
	rows: ReadonlyMap<number, Row>;
}

export interface CaseRowsView<Row> {
	/** How far the list is scrolled, and what remembers it. */
	from: number;
	onPlace: (place: number) => void;
	/** Asks for the rows that are in view. */
	onRange: (first: number, last: number) => void;
	content: (row: Row, tabIndex: 0 | -1) => TemplateResult;
}

/** Draws only the cases that are in view. Another run or filter creates a new list, which begins at its top. */
export function caseRows<Row extends { index: number }>(rows: CaseRows<Row>, view: CaseRowsView<Row>): unknown {
	const source: RowSource = {
		count: rows.matching,
		keyOf: (index) => rows.rows.get(index)?.index.toString(),
		indexOf: (key) => [...rows.rows].find(([, { index }]) => String(index) === key)?.[0],
		draw: (index, tabIndex) => caseRow(rows, view, index, tabIndex),
	};
	return keyed(
		JSON.stringify(rows.filter),
		html`<div class="column">
			<div class="scroll">
				<pw-row-list
					class="history cases"
					role="list"
					aria-label=${l10n.t('Cases')}
					.from=${view.from}
					.onPlace=${view.onPlace}
					.onRange=${view.onRange}
					.source=${source}
				></pw-row-list>
			</div>
		</div>`,
	);
}

function caseRow<Row extends { index: number }>(
	rows: CaseRows<Row>,
	view: CaseRowsView<Row>,
	index: number,
	tabIndex: 0 | -1,
): TemplateResult {
	const row = rows.rows.get(index);
	return html`<div
		class="history-row"
		role="listitem"
		aria-setsize=${rows.matching}
		aria-posinset=${index + 1}
		aria-busy=${row ? nothing : 'true'}
		data-index=${index}
		data-key=${row?.index ?? nothing}
	>
		${row ? view.content(row, tabIndex) : html`<span class="muted history-awaited">${l10n.t('Loading…')}</span>`}
	</div>`;
}

/** The icon of a case, with its word for screen readers. */
export function verdictIcon(verdict: Verdict | undefined, isRunning: boolean): TemplateResult {
	return html`<span
		class="codicon codicon-${verdict ? verdictIcons[verdict] : 'circle-large-outline'} verdict-${verdict ?? 'none'}"
		role="img"
		aria-label=${verdict ? verdictWord(verdict) : awaitedWord(isRunning)}
	></span>`;
}
