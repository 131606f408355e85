import type { PairedCounts } from './effectiveCases.ts';
import { normalQuantile } from './normalQuantile.ts';
import { wilsonInterval } from './wilsonInterval.ts';

/** Of four comparisons out of five the true difference is seen. */
const power = 0.8;

export interface NeededCases {
	/** Cases in all, those that are there included. */
	needed: number;
	/** The same if more cases differ than were found: at the upper limit of 80 % of their rate. */
	safe: number;
}

/**
 * How many cases a comparison needs to see a difference with a power of 80 % (Connor 1987, with the half case of `compare`).
 * The rate of cases that differ is the one found so far. Cases that are added because the first look did not decide are to
 * be judged alone: `needed` is then the number of new ones.
 */
export function casesNeeded({ b, c, n }: PairedCounts, difference: number, alpha = 0.05): NeededCases {
	const m = b + c;
	const zAlpha = -normalQuantile(alpha / 2);
	const zPower = normalQuantile(power);
	const at = (rate: number): number => {
		const r = Math.max(difference, rate);
		const s = zAlpha * Math.sqrt(r) + zPower * Math.sqrt(r - difference * difference);
		return ((s + Math.sqrt(s * s + 2 * difference)) / (2 * difference)) ** 2;
	};
	// The upper end of an interval of 60 % is, alone, a limit of 80 %.
	return { needed: at((m + 1) / (n + 2)), safe: at(wilsonInterval(m, n, 0.4).high) };
}
