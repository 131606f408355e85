/** Cases as `compare` takes them. */
export interface PairedCounts {
	/** Cases that only B passes. */
	b: number;
	/** Cases that only A passes. */
	c: number;
	/** All cases. */
	n: number;
}

/**
 * What repeats or scores are worth in cases with one answer. `differences` has for each case the mean of B's answers less the
 * mean of A's, from -1 to 1. Compared as cases, their distance from 0 is the self-normalised sum (Efron 1969), so that
 * repeats count only as far as they agree less than answers to different cases would. With one answer a case these are the
 * plain counts; r repeats never count as more than r cases.
 */
export function effectiveCases(differences: readonly number[]): PairedCounts {
	let [gains, losses, squares] = [0, 0, 0];
	for (const difference of differences) {
		gains += Math.max(0, difference);
		losses += Math.max(0, -difference);
		squares += difference * difference;
	}
	const factor = squares === 0 ? 1 : (gains + losses) / squares;
	return { b: factor * gains, c: factor * losses, n: factor * differences.length };
}
