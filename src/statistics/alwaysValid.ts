import type { Compared } from './compare.ts';
import { logGamma } from './logGamma.ts';
import { logSumExp } from './logSumExp.ts';
import { rootOfFalling } from './rootOfFalling.ts';

/** A comparison that may be looked at after every case. */
export interface AlwaysValid extends Compared {
	/** Logarithm of what a bet of 1 against "no difference" has come to; the verdict falls at log(1 / alpha). */
	logBet: number;
}

/** Cases with the same difference. */
interface Group {
	difference: number;
	count: number;
}

/**
 * The comparison for runs that may stop early: p-value, interval and verdict hold at every look at once. A bet against each
 * difference that grows only by chance if it is the true one (Ville 1939), its stakes averaged with Jeffreys' weight as in
 * universal portfolios (Cover and Ordentlich 1996; Waudby-Smith and Ramdas, arXiv 2010.09686). The cases must come in
 * random order. `differences`: for each case, the mean of B's answers less the mean of A's, -1 to 1.
 */
export function compareAlwaysValid(differences: readonly number[], alpha = 0.05): AlwaysValid {
	const groups = groupsOf(differences);
	const logBetAgainst = betOf(groups);
	const n = differences.length;
	const difference = n === 0 ? 0 : groups.reduce((sum, one) => sum + one.difference * one.count, 0) / n;
	const level = -Math.log(alpha);
	const logBet = logBetAgainst(0);
	const isSure = logBet >= level;
	const canBe = (limit: -1 | 1) => groups.every((one) => one.difference === limit) && logBetAgainst(limit) < level;

	// Convex in x and at most 0 at the difference found, so that one interval around it remains.
	const lowBracket = [isSure && difference > 0 ? 0 : -1, isSure || difference <= 0 ? difference : 0] as const;
	const highBracket = [isSure || difference >= 0 ? difference : 0, isSure && difference < 0 ? 0 : 1] as const;
	const low = n === 0 || canBe(-1) ? -1 : rootOfFalling(logBetAgainst, level, lowBracket);
	const high = n === 0 || canBe(1) ? 1 : rootOfFalling((x) => -logBetAgainst(x), -level, highBracket);
	return {
		difference,
		interval: [low, high],
		pValue: Math.min(1, Math.exp(-logBet)),
		verdict: isSure ? (difference > 0 ? 1 : -1) : 0,
		logBet,
	};
}

/**
 * Logarithm of what a bet of 1 against "no difference" has come to (see `compareAlwaysValid`): at log(1 / alpha) the verdict
 * falls. Without the interval, so that one can look after every case.
 */
export function logBetOnDifference(differences: readonly number[]): number {
	return betOf(groupsOf(differences))(0);
}

function betOf(groups: Group[]): (x: number) => number {
	return groups.every(({ difference }) => Number.isInteger(difference))
		? betOfCounts(groups)
		: betOfDifferences(groups);
}

function groupsOf(differences: readonly number[]): Group[] {
	const counts = new Map<number, number>();
	for (const difference of differences) {
		counts.set(difference, (counts.get(difference) ?? 0) + 1);
	}
	return [...counts].map(([difference, count]) => ({ difference, count }));
}

/** The bet with one answer a case, by sums of gamma functions: the average over all stakes in closed form. */
function betOfCounts(groups: readonly Group[]): (x: number) => number {
	const count = (difference: number) => groups.find((one) => one.difference === difference)?.count ?? 0;
	const [b, c, ties] = [count(1), count(-1), count(0)];
	const n = b + c + ties;
	const shared = -ties * Math.LN2 - Math.log(Math.PI) - logGamma(n + 1);
	const weights = Array.from(
		{ length: ties + 1 },
		(_, j) =>
			logGamma(ties + 1) -
			logGamma(j + 1) -
			logGamma(ties - j + 1) +
			logGamma(b + j + 0.5) +
			logGamma(c + ties - j + 0.5),
	);
	return (x) => {
		const u = (1 + x) / 2;
		return shared + logSumExp(weights.map((weight, j) => weight - times(b + j, u) - times(c + ties - j, 1 - u)));
	};
}

/** Logarithm of a power; 0 to the 0 is 1. */
function times(count: number, base: number): number {
	return count === 0 ? 0 : count * Math.log(base);
}

/** The bet with any differences: the average over the stakes is exact at these nodes (Gauss and Chebyshev). */
function betOfDifferences(groups: readonly Group[]): (x: number) => number {
	const n = groups.reduce((sum, { count }) => sum + count, 0);
	const nodes = Math.floor(n / 2) + 1;
	const stakes = Array.from({ length: nodes }, (_, k) => Math.cos(((2 * k + 1) * Math.PI) / (2 * nodes)));
	return (x) => {
		const logs = stakes.map((v) =>
			groups.reduce((sum, { difference, count }) => sum + count * Math.log(factor(difference, v, x)), 0),
		);
		return logSumExp(logs) - Math.log(nodes);
	};
}

/** What a stake of 1 on `v` becomes at a case, if the bet is against a difference of `x`. */
function factor(difference: number, v: number, x: number): number {
	const gain = difference === -1 ? 0 : ((1 + difference) * (1 + v)) / (1 + x);
	const loss = difference === 1 ? 0 : ((1 - difference) * (1 - v)) / (1 - x);
	return (gain + loss) / 2;
}
