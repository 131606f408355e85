import type { NumberColumn } from './columns/numberColumn.ts';

/**
 * The positions that count in a list of slot numbers, ascending: of several with the same number the last one. Sorted as plain
 * numbers, because a map of 100,000 slots takes ten times the memory. Position and number together are below 2^53: a run has at
 * most a million trials.
 */
export function latestPositions(slots: Pick<NumberColumn, 'length' | 'at'>): Uint32Array {
	const size = slots.length;
	const sorted = new Float64Array(size).map((_, position) => (slots.at(position) ?? 0) * size + position).sort();
	const latest = new Uint32Array(size);
	let count = 0;
	sorted.forEach((key, at) => {
		const next = sorted[at + 1];
		if (next === undefined || Math.floor(next / size) !== Math.floor(key / size)) {
			latest[count++] = key % size;
		}
	});
	return latest.subarray(0, count).sort();
}
