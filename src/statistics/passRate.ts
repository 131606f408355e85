import { type CaseCounts, addCase, effectiveAnswers, noCases } from './effectiveAnswers.ts';
import { wilsonInterval } from './wilsonInterval.ts';

export interface PassRate {
	passed: number;
	/** Answers with a verdict. */
	of: number;
	/** `passed / of`; null without an answer. */
	rate: number | null;
	/** Wilson's, of as many answers as these are worth; null without an answer. */
	interval: [low: number, high: number] | null;
	/** How many answers to different cases they are worth. */
	worth: number;
}

/** The pass rate of one variant over its cases. The case is the unit: repeats narrow the interval only as far as they say more. */
export function passRate(cases: Iterable<CaseCounts>, alpha = 0.05): PassRate {
	const sums = noCases();
	for (const one of cases) {
		addCase(sums, one);
	}
	return rateOf(sums.passed, sums.of, effectiveAnswers(sums, alpha), alpha);
}

/** The same from counts of which it is known what they are worth. */
export function rateOf(passed: number, of: number, worth: number, alpha = 0.05): PassRate {
	if (of === 0) {
		return { passed, of, rate: null, interval: null, worth };
	}
	const rate = passed / of;
	// All or none is exactly that, whatever rounding makes of the product.
	const { low, high } = wilsonInterval(rate === 1 ? worth : rate * worth, worth, alpha);
	return { passed, of, rate, interval: [low, high], worth };
}
