import { normalQuantile } from './normalQuantile.ts';
import { studentQuantile } from './studentQuantile.ts';
import { wilsonInterval } from './wilsonInterval.ts';

/** The answers of one variant to one case. */
export interface CaseCounts {
	passed: number;
	/** Answers with a verdict: those in error are not among them. */
	of: number;
}

/** What the answers to all cases add up to. A case can be taken out again: see `addCase`. */
export interface CaseSums {
	cases: number;
	passed: number;
	of: number;
	/** Sums of the shares of passed answers, of their squares, and of one over the number of answers. */
	shares: number;
	squares: number;
	inverses: number;
}

export interface PassRate {
	passed: number;
	/** Answers with a verdict. */
	of: number;
	/** Mean over the cases of the share of passed answers; null without an answer. */
	rate: number | null;
	/** Wilson's, of as many answers as these are worth; null without an answer. */
	interval: [low: number, high: number] | null;
	/** How many answers to different cases these are worth. */
	worth: number;
}

export function noCases(): CaseSums {
	return { cases: 0, passed: 0, of: 0, shares: 0, squares: 0, inverses: 0 };
}

/** Adds a case; with a sign of -1 one that was added before is taken out. A case without a verdict adds nothing. */
export function addCase(sums: CaseSums, { passed, of }: CaseCounts, sign: 1 | -1 = 1): void {
	if (of > 0) {
		sums.cases += sign;
		sums.passed += sign * passed;
		sums.of += sign * of;
		sums.shares += (sign * passed) / of;
		sums.squares += sign * (passed / of) ** 2;
		sums.inverses += sign / of;
	}
}

/** The pass rate of one variant. The case is the unit: repeats narrow the interval only as far as they say more. */
export function passRate(cases: Iterable<CaseCounts>, alpha = 0.05): PassRate {
	const sums = noCases();
	for (const one of cases) {
		addCase(sums, one);
	}
	return rateOfSums(sums, alpha);
}

export function rateOfSums(sums: CaseSums, alpha = 0.05): PassRate {
	const { cases, passed, of, shares } = sums;
	// All or none is exactly that, whatever rounding makes of the sum.
	const rate = of === 0 ? null : passed === of ? 1 : passed === 0 ? 0 : shares / cases;
	const worth = rate === null ? 0 : effectiveAnswers(sums, rate, alpha);
	return { passed, of, rate, worth, interval: rate === null ? null : rateInterval(rate, worth, alpha) };
}

/** Wilson's interval of a rate that is worth so many answers to different cases. */
export function rateInterval(rate: number, worth: number, alpha = 0.05): [low: number, high: number] {
	const { low, high } = wilsonInterval(rate === 1 ? worth : rate * worth, worth, alpha);
	return [low, high];
}

/**
 * Between the number of cases, if all answers to a case are the same, and about that of answers, if they differ as much as
 * answers to different cases: the variance between cases decides (Rao and Scott, Biometrics 48, 1992, 577), with Student's t for
 * few cases as in Korn and Graubard (Survey Methodology 24, 1998, 193).
 */
function effectiveAnswers({ cases, of, squares, inverses }: CaseSums, rate: number, alpha: number): number {
	const spread = rate * (1 - rate);
	if (of === cases || cases === 1 || spread === 0) {
		return cases;
	}
	const variance = Math.max(0, squares / cases - rate * rate);
	const most = cases / inverses;
	const gain = Math.min(most, spread / variance);
	const few = (normalQuantile(alpha / 2) / studentQuantile(alpha / 2, cases - 1)) ** 2;
	return cases * Math.max(1, gain * few);
}
