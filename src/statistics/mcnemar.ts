import { logGamma } from './logGamma.ts';
import { logSumExp } from './logSumExp.ts';

/**
 * McNemar's test of two variants on the same cases, two-sided (McNemar 1947; mid-p: Fagerland, Lydersen and Laake 2013), from
 * the exact binomial distribution of `b` cases that only one variant passes and `c` that only the other does. The mid-p value
 * counts half of the observed outcome on either side, which is 1 for b = c. For experts: verdicts are those of `compare`.
 */
export function mcnemar(b: number, c: number): { exact: number; midP: number } {
	const m = b + c;
	const least = Math.min(b, c);
	const log = (k: number) => logGamma(m + 1) - logGamma(k + 1) - logGamma(m - k + 1) - m * Math.LN2;
	const below = Math.exp(logSumExp(Array.from({ length: least }, (_, k) => log(k))));
	const observed = Math.exp(log(least));
	return { exact: Math.min(1, 2 * (below + observed)), midP: Math.min(1, 2 * below + observed) };
}
