import { checkCounts } from './checkCounts.ts';
import { logGamma } from './logGamma.ts';
import { rootOfFalling } from './rootOfFalling.ts';

/**
 * Interval of a pass rate that holds at every look at once, so that it may be watched while answers come in: all rates p
 * whose beta-binomial mixture stays below 1 / alpha (Howard, Ramdas, McAuliffe and Sekhon, Annals of Statistics 49, 2021).
 * `tunedFor`: the number of answers at which it is narrowest.
 */
export function confidenceSequence(
	passed: number,
	of: number,
	{ alpha = 0.05, tunedFor = 100 }: { alpha?: number; tunedFor?: number } = {},
): { low: number; high: number } {
	checkCounts([passed, of - passed]);
	if (of === 0) {
		return { low: 0, high: 1 };
	}
	const level = -Math.log(alpha);
	const rate = passed / of;
	const against = (p: number) => logMixture(p, passed, of, alpha, tunedFor);
	// At the ends the mixture has no value; there it falls short of the level only if nothing speaks against them.
	const edge = 1e-12;
	const isOpen = (p: number) => against(p) < level;
	return {
		low: passed === 0 || isOpen(edge) ? 0 : rootOfFalling(against, level, [edge, rate]),
		high: passed === of || isOpen(1 - edge) ? 1 : rootOfFalling((p) => -against(p), -level, [rate, 1 - edge]),
	};
}

/** Logarithm of the two-sided mixture against a rate of `p`. */
function logMixture(p: number, passed: number, of: number, alpha: number, tunedFor: number): number {
	const q = 1 - p;
	const spread = 2 * Math.log(1 / alpha);
	const best = (p * q * tunedFor) / (spread + Math.log(1 + spread));
	const prior = Math.max(best - p * q, 1e-3 * p * q);
	const failed = of - passed;
	return (
		-passed * Math.log(p) -
		failed * Math.log(q) +
		logBeta(prior / q + passed, prior / p + failed) -
		logBeta(prior / q, prior / p)
	);
}

function logBeta(a: number, b: number): number {
	return logGamma(a) + logGamma(b) - logGamma(a + b);
}
