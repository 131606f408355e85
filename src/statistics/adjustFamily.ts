export type Adjustment = 'holm' | 'benjamini-hochberg';

/** What several comparisons at once make of one of them. */
export interface Adjusted {
	/** The adjusted p-value. */
	pValue: number;
	/** The level for the interval of `compare`: it leaves 0 out exactly if the adjusted p-value is below alpha. */
	level: number;
}

/**
 * Adjusts the p-values of several comparisons, in their own order. Holm (1979) keeps the chance of any false verdict at
 * `alpha`; Benjamini and Hochberg (1995) the expected share of false ones among those found. The levels of the intervals:
 * Bonferroni's, narrower only where Holm finds more than Bonferroni would; for the other, alpha R / K with R found
 * (Benjamini and Yekutieli 2005).
 */
export function adjustFamily(pValues: readonly number[], alpha = 0.05, method: Adjustment = 'holm'): Adjusted[] {
	const count = pValues.length;
	const order = pValues.map((_, index) => index).sort((a, b) => (pValues[a] ?? 1) - (pValues[b] ?? 1));
	const adjusted = pValues.map((pValue) => ({ pValue, level: alpha / Math.max(1, count) }));
	if (method === 'holm') {
		let most = 0;
		for (const [rank, index] of order.entries()) {
			const raw = pValues[index] ?? 1;
			most = Math.max(most, Math.min(1, (count - rank) * raw));
			const isLate = most < alpha && raw >= alpha / count;
			adjusted[index] = { pValue: most, level: alpha / (isLate ? count - rank : count) };
		}
		return adjusted;
	}
	let least = 1;
	for (const [rank, index] of [...order.entries()].reverse()) {
		least = Math.min(least, ((pValues[index] ?? 1) * count) / (rank + 1));
		adjusted[index] = { pValue: least, level: alpha };
	}
	const found = adjusted.filter(({ pValue }) => pValue < alpha).length;
	return adjusted.map(({ pValue }) => ({ pValue, level: (alpha * Math.max(1, found)) / count }));
}
