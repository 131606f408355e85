import assert from 'node:assert/strict';
import {
	historyPage,
	type HistoryFilter,
	type HistoryPage,
	type ResultRow,
} from '../../../src/common/workshopProtocol.ts';
import * as paged from '../../../src/webview/shared/pagedRows.ts';
import { noFilter } from '../../../src/common/workshopIntent.ts';

function page(offset: number, count: number, patch: Partial<HistoryPage> = {}): HistoryPage {
	const rows = Array.from({ length: count }, (_, index) => ({ testId: `r${offset + index}` }) as ResultRow);
	return {
		offset,
		rows,
		matching: 1000,
		total: 1000,
		revision: 1,
		values: { topics: [], models: [], versions: [] },
		...patch,
	};
}

type HistoryRows = paged.PagedRows<HistoryFilter, HistoryPage>;
const { withPage } = paged;
const missingRows = (known: HistoryRows | undefined, filter: HistoryFilter, range: paged.RowRange) =>
	paged.missingRows(known, filter, range, historyPage);

describe('the rows of a long list that the page has', () => {
	const known = (...pages: HistoryPage[]) =>
		pages.reduce<HistoryRows | undefined>((rows, one) => withPage(rows, noFilter, one), undefined);

	it('are asked for in groups around those in view, and only where they are missing', () => {
		assert.deepEqual(missingRows(undefined, noFilter, { first: 0, last: 20 }), { offset: 0, count: 50 });
		assert.deepEqual(missingRows(undefined, noFilter, { first: 120, last: 160 }), { offset: 100, count: 100 });
		const rows = known(page(0, 50));
		assert.equal(missingRows(rows, noFilter, { first: 10, last: 49 }), undefined);
		assert.deepEqual(missingRows(rows, noFilter, { first: 30, last: 60 }), { offset: 50, count: 50 });
		assert.deepEqual(missingRows(rows, noFilter, { first: 900, last: 2000 }), { offset: 900, count: 100 });
	});

	it('are never more in one request than the host answers with', () => {
		assert.equal(missingRows(undefined, noFilter, { first: 0, last: 900 })?.count, historyPage);
	});

	it('are asked for again after a change and with another filter', () => {
		const rows = known(page(0, 50));
		assert.ok(rows);
		assert.ok(missingRows({ ...rows, stale: true }, noFilter, { first: 0, last: 9 }));
		assert.ok(missingRows(rows, { ...noFilter, text: 'x' }, { first: 0, last: 9 }));
		assert.equal(missingRows(rows, { ...noFilter }, { first: 0, last: 9 }), undefined);
	});

	it('are asked for once where there are none', () => {
		assert.ok(missingRows(undefined, noFilter, { first: 0, last: -1 }));
		assert.equal(missingRows(known(page(0, 0, { matching: 0 })), noFilter, { first: 0, last: 9 }), undefined);
	});

	it('come together from pages of one revision and filter, and of no other', () => {
		const both = known(page(0, 50), page(50, 50));
		assert.equal(both?.rows.size, 100);
		assert.equal(both.rows.get(75)?.testId, 'r75');
		assert.equal(known(page(0, 50), page(50, 50, { revision: 2 }))?.rows.size, 50);
		assert.equal(withPage(both, { ...noFilter, rating: 3 }, page(0, 10)).rows.size, 10);
	});
});
