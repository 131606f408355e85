import { checkCounts } from './checkCounts.ts';
import { erfc } from './erfc.ts';
import { normalQuantile } from './normalQuantile.ts';
import { rootOfFalling } from './rootOfFalling.ts';

/** What a comparison of B with A found, in shares of the cases from -1 to 1. */
export interface Compared {
	/** Rate of B less rate of A. */
	difference: number;
	/** All differences that the data do not rule out. Has 0 in it exactly if the verdict is 0. */
	interval: [low: number, high: number];
	pValue: number;
	/** 1: B is better. -1: A is. 0: not told apart. */
	verdict: -1 | 0 | 1;
}

/**
 * The rule of every comparison of two variants on the same cases: Tango's score test (Statistics in Medicine 17, 1998, 891)
 * with half a case given away. At a difference of 0 it is McNemar's test with half of Edwards' correction. By enumeration up
 * to 3,000 cases, at most `alpha` of the comparisons of equal variants end in a verdict; the interval covers the true
 * difference at least as often as it says while at most 95 % of the cases differ. See media/docs/statistics.md.
 *
 * `b`: cases that only B passes, `c`: only A, `n`: all, those in error left out. Real numbers if they are effective ones.
 */
export function compare(b: number, c: number, n: number, alpha = 0.05): Compared {
	checkCounts([b, c, n - b - c, n > 0 ? 0 : NaN]);
	const m = b + c;
	const difference = (b - c) / n;
	const z = -normalQuantile(alpha / 2);
	// Without a tie, one case more moves b - c by two.
	const half = m >= n * (1 - 1e-9) ? 1 : 0.5;
	const gap = Math.abs(b - c) - half;
	const pValue = gap > 0 ? erfc(gap / Math.sqrt(2 * m)) : 1;

	/** How many standard errors the data lie above a true difference of `x`. Falls in x. */
	const distance = (x: number): number => {
		const above = b - c - n * x;
		const rest = Math.abs(above) - half;
		if (rest <= 0) {
			return 0;
		}
		const linear = (2 * n - b + c) * x - m;
		// The likeliest rate of "only A" if the difference is x.
		const onlyA = (Math.sqrt(Math.max(0, linear * linear + 8 * n * c * x * (1 - x))) - linear) / (4 * n);
		const variance = n * (2 * onlyA + x * (1 - x));
		return (Math.sign(above) * rest) / Math.sqrt(Math.max(1e-300, variance));
	};

	// A bracket that ends at 0 keeps interval and p-value together where rounding could part them.
	const isSure = pValue < alpha;
	const lowBracket = [isSure && difference > 0 ? 0 : -1, isSure || difference <= 0 ? difference : 0] as const;
	const highBracket = [isSure || difference >= 0 ? difference : 0, isSure && difference < 0 ? 0 : 1] as const;
	const low = distance(-1) <= z ? -1 : rootOfFalling(distance, z, lowBracket);
	const high = distance(1) >= -z ? 1 : rootOfFalling(distance, -z, highBracket);
	return { difference, interval: [low, high], pValue, verdict: isSure ? (difference > 0 ? 1 : -1) : 0 };
}
