/**
 * The middle of the values, or the mean of the two in the middle; null without one. A few very large values do not move it, as
 * they move the mean.
 */
export function median(values: Iterable<number>): number | null {
	// Plain numbers are sorted without a call for each pair.
	const sorted = Float64Array.from(values).sort();
	const middle = sorted.length / 2;
	const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
	return low === undefined || high === undefined ? null : (low + high) / 2;
}
