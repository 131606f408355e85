import { checkCounts } from './checkCounts.ts';
import { normalQuantile } from './normalQuantile.ts';

/**
 * Score interval of a pass rate (Wilson 1927), in shares from 0 to 1. Never of width 0: 0 of 10 gives 0 to 0.28. `passed` and
 * `of` may be effective numbers of cases, so they need not be integers; without any case all rates are possible.
 */
export function wilsonInterval(passed: number, of: number, alpha = 0.05): { low: number; high: number } {
	checkCounts([passed, of - passed]);
	if (of === 0) {
		return { low: 0, high: 1 };
	}
	const z2 = normalQuantile(alpha / 2) ** 2;
	const centre = (passed + z2 / 2) / (of + z2);
	const half = Math.sqrt(z2 * ((passed * (of - passed)) / of + z2 / 4)) / (of + z2);
	// Rounding must not lead outside.
	return { low: passed === 0 ? 0 : centre - half, high: passed === of ? 1 : Math.min(1, centre + half) };
}
