import { compare, type Compared } from '../../../src/statistics/compare.ts';
import { logGamma } from '../../../src/statistics/logGamma.ts';

/** A possible outcome of `n` cases with its comparison and the number of ways it comes about, as a logarithm. */
interface Outcome {
	b: number;
	c: number;
	ways: number;
	compared: Compared;
}

/** All outcomes of `n` cases. */
export function outcomes(n: number, alpha?: number): Outcome[] {
	const logFactorial = Array.from({ length: n + 1 }, (_, count) => logGamma(count + 1));
	const log = (count: number) => logFactorial[count] ?? NaN;
	const found: Outcome[] = [];
	for (let b = 0; b <= n; b++) {
		for (let c = 0; c <= n - b; c++) {
			found.push({ b, c, ways: log(n) - log(b) - log(c) - log(n - b - c), compared: compare(b, c, n, alpha) });
		}
	}
	return found;
}

/** The chance that a comparison is one of some kind, if a case is passed only by B or only by A at these rates. */
export function chance(
	n: number,
	all: readonly Outcome[],
	[onlyB, onlyA]: readonly [number, number],
	isOne: (compared: Compared) => boolean,
): number {
	const [logB, logA, logTie] = [Math.log(onlyB), Math.log(onlyA), Math.log(Math.max(0, 1 - onlyB - onlyA))];
	const power = (count: number, log: number) => (count === 0 ? 0 : count * log);
	let sum = 0;
	for (const { b, c, ways, compared } of all) {
		if (isOne(compared)) {
			sum += Math.exp(ways + power(b, logB) + power(c, logA) + power(n - b - c, logTie));
		}
	}
	return sum;
}

export const isVerdict = ({ verdict }: Compared): boolean => verdict !== 0;

export const covers =
	(difference: number) =>
	({ interval: [low, high] }: Compared): boolean =>
		low <= difference && difference <= high;

/** Worst share of false verdicts about equal variants, over rates at which a case differs. */
export function worstLevel(n: number, all: readonly Outcome[], rates: readonly number[]): number {
	return Math.max(...rates.map((rate) => chance(n, all, [rate / 2, rate / 2], isVerdict)));
}

/**
 * Worst share of intervals that hold the true difference. It is least just outside of an end of an interval, so these are the
 * differences tried, with these rates of the rarer side, as long as at most 95 % of the cases differ.
 */
export function worstCoverage(n: number, all: readonly Outcome[], rarer: readonly number[]): number {
	const ends = new Set(all.flatMap(({ compared }) => compared.interval).filter((end) => end >= 0 && end < 0.95));
	let worst = 1;
	for (const end of ends) {
		for (const difference of [end - 1e-9, end + 1e-9]) {
			for (const onlyA of rarer) {
				const onlyB = onlyA + difference;
				if (onlyB >= 0 && onlyA + onlyB <= 0.95) {
					worst = Math.min(worst, chance(n, all, [onlyB, onlyA], covers(difference)));
				}
			}
		}
	}
	return worst;
}
