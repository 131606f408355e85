import { normalQuantile } from './normalQuantile.ts';
import { studentQuantile } from './studentQuantile.ts';

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
	passedSquared: number;
	ofSquared: number;
	product: number;
}

export function noCases(): CaseSums {
	return { cases: 0, passed: 0, of: 0, passedSquared: 0, ofSquared: 0, product: 0 };
}

/** Adds a case; with a sign of -1 one that was added before is taken out. A case without a verdict adds nothing. */
export function addCase(sums: CaseSums, { passed, of }: CaseCounts, sign: 1 | -1 = 1): void {
	if (of > 0) {
		sums.cases += sign;
		sums.passed += sign * passed;
		sums.of += sign * of;
		sums.passedSquared += sign * passed * passed;
		sums.ofSquared += sign * of * of;
		sums.product += sign * passed * of;
	}
}

/**
 * How many answers to different cases the answers are worth, if some answer the same case: what the rate varies between cases
 * decides (Rao and Scott, Biometrics 48, 1992, 577), with Student's t for few cases as in Korn and Graubard (Survey Methodology
 * 24, 1998, 193). Equal to the number of answers with one a case; else between the number of cases, roughly, and of answers.
 */
export function effectiveAnswers(sums: CaseSums, alpha = 0.05): number {
	const { cases, passed, of, passedSquared, ofSquared, product } = sums;
	if (of === 0) {
		return 0;
	}
	// If all answers to a case were the same (Kish 1965).
	const least = (of * of) / ofSquared;
	const rate = passed / of;
	if (cases === of || cases === 1 || rate === 0 || rate === 1) {
		return least;
	}
	const between = Math.max(0, passedSquared - 2 * rate * product + rate * rate * ofSquared);
	const found = Math.min(of, (rate * (1 - rate) * of * of) / between);
	const few = (normalQuantile(alpha / 2) / studentQuantile(alpha / 2, cases - 1)) ** 2;
	return Math.max(least, found * few);
}
