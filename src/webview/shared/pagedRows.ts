/** A range of the rows of a list, as the host answers with it. */
export interface RowPage<Row> {
	/** Index of the first of `rows` among those that match the filter. */
	offset: number;
	rows: Row[];
	/** Number of rows that match the filter. */
	matching: number;
	/** Changes whenever the rows change, so that rows of two revisions are not mixed. */
	revision: number;
}

/** The part of a long list that the page has loaded: the rows around those that were shown. */
export type PagedRows<Filter, Page extends RowPage<unknown>> = Omit<Page, 'offset' | 'rows'> & {
	/** The filter that the rows were requested with. */
	filter: Filter;
	/** By index among the rows that match the filter. */
	rows: ReadonlyMap<number, Page['rows'][number]>;
	/** Whether the list has changed since. */
	stale: boolean;
};

/** Indices of the first and last row of a range. */
export interface RowRange {
	first: number;
	last: number;
}

/** Rows are fetched in groups of this size, so that scrolling by one row does not cause a request. */
const groupSize = 50;

function sameFilter<Filter extends object>(one: Filter, other: Filter): boolean {
	return Object.entries(one).every(([key, value]) => other[key as keyof Filter] === value);
}

/** What to request from the host to load the rows of a range, at most `most`; undefined if they are loaded. */
export function missingRows<Filter extends object>(
	known: Pick<PagedRows<Filter, RowPage<unknown>>, 'filter' | 'rows' | 'stale' | 'matching'> | undefined,
	filter: Filter,
	{ first, last }: RowRange,
	most: number,
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
	return { offset, count: Math.min(most, to - (to % groupSize) + groupSize - offset) };
}

/** Adds an answer of the host. Rows of another filter or an older revision are dropped. */
export function withPage<Filter extends object, Page extends RowPage<unknown>>(
	known: PagedRows<Filter, Page> | undefined,
	filter: Filter,
	page: Page,
): PagedRows<Filter, Page> {
	const { offset, rows: fresh, ...figures } = page;
	const isContinued = known && sameFilter(known.filter, filter) && known.revision === page.revision;
	const rows = new Map<number, Page['rows'][number]>(isContinued ? known.rows : []);
	for (const [index, row] of fresh.entries()) {
		rows.set(offset + index, row);
	}
	return { ...figures, filter, rows, stale: false };
}
