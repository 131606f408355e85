import { historyPage, type HistoryFilter, type HistoryPage, type ResultRow } from '../../common/workshopProtocol.ts';

/** The part of the history that the page has loaded: the rows around those that were shown. */
export interface HistoryRows extends Omit<HistoryPage, 'offset' | 'rows'> {
	/** The filter that the rows were requested with. */
	filter: HistoryFilter;
	/** By index among the results that match the filter. */
	rows: ReadonlyMap<number, ResultRow>;
	/** Whether the results have changed since. */
	stale: boolean;
}

/** Indices of the first and last row of a range. */
export interface RowRange {
	first: number;
	last: number;
}

/** Rows are fetched in groups of this size, so that scrolling by one row does not cause a request. */
const groupSize = 50;

function sameFilter(one: HistoryFilter, other: HistoryFilter): boolean {
	return Object.keys(one).every((key) => one[key as keyof HistoryFilter] === other[key as keyof HistoryFilter]);
}

/** What to request from the host to load the rows of a range; undefined if they are loaded. */
export function missingRows(
	known: HistoryRows | undefined,
	filter: HistoryFilter,
	{ first, last }: RowRange,
): { offset: number; count: number } | undefined {
	const current = known && !known.stale && sameFilter(known.filter, filter) ? known : undefined;
	const end = current ? Math.min(last, current.matching - 1) : last;
	const missing: number[] = [];
	for (let index = Math.max(0, first); index <= end; index++) {
		if (!current?.rows.has(index)) {
			missing.push(index);
		}
	}
	const from = missing[0];
	const to = missing.at(-1);
	if (from === undefined || to === undefined) {
		// Before the first answer it is not known whether there are any rows.
		return current ? undefined : { offset: 0, count: groupSize };
	}
	const offset = from - (from % groupSize);
	return { offset, count: Math.min(historyPage, to - (to % groupSize) + groupSize - offset) };
}

/** Adds an answer of the host. Rows of another filter or an older revision are dropped. */
export function withPage(known: HistoryRows | undefined, filter: HistoryFilter, page: HistoryPage): HistoryRows {
	const { offset, rows: fresh, ...figures } = page;
	const isContinued = known && sameFilter(known.filter, filter) && known.revision === page.revision;
	const rows = new Map(isContinued ? known.rows : []);
	for (const [index, row] of fresh.entries()) {
		rows.set(offset + index, row);
	}
	return { ...figures, filter, rows, stale: false };
}
