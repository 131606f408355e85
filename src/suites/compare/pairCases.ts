import type { ComparedCase } from '../../common/comparison.ts';
import { type ComparableTrial, type Side, verdictCounts } from './side.ts';

/** Far below one answer of a million. */
const tolerance = 1e-9;

/** A variant of one side with its counterpart of the other. */
export interface Strand {
	a: Side;
	b: Side;
}

export interface PairedCase extends ComparedCase {
	/** Share of its answers that B passed, less that of A. */
	difference: number;
	/** The mean of both shares. */
	passed: number;
}

/** The cases of both sides, and those that could not be paired. */
export interface PairedCases {
	paired: PairedCase[];
	inError: ComparedCase[];
	reused: ComparedCase[];
	casesOnlyA: ComparedCase[];
	casesOnlyB: ComparedCase[];
	changed: string[];
}

/**
 * Pairs the answers of two sides by the hash of their cases, so that renamed and moved cases and those of an older suite find
 * each other. Several strands of a case are averaged, each with its own counterpart.
 */
export function pairCases(strands: readonly Strand[]): PairedCases {
	const result: PairedCases = { paired: [], inError: [], reused: [], casesOnlyA: [], casesOnlyB: [], changed: [] };
	for (const { hash, name, pairs } of casesOf(strands)) {
		const one = { name, hash };
		const complete = pairs.filter(({ a, b }) => a.length > 0 && b.length > 0);
		if (complete.length === 0) {
			(pairs.some(({ a }) => a.length > 0) ? result.casesOnlyA : result.casesOnlyB).push(one);
			continue;
		}
		const own = complete.map(withoutShared).filter(({ a, b }) => a.length > 0 && b.length > 0);
		const counts = own
			.map(({ a, b }) => ({ a: verdictCounts(a), b: verdictCounts(b) }))
			.filter(({ a, b }) => a.of > 0 && b.of > 0)
			.map(({ a, b }) => ({ a: a.passed / a.of, b: b.passed / b.of }));
		if (counts.length > 0) {
			const exact = mean(counts.map(({ a, b }) => b - a));
			// Shares that cancel out may leave a rounding error, which would be a case that one side has lost.
			const difference = Math.abs(exact) < tolerance ? 0 : exact;
			result.paired.push({ ...one, difference, passed: mean(counts.map(({ a, b }) => (a + b) / 2)) });
		} else {
			(own.length === 0 ? result.reused : result.inError).push(one);
		}
	}
	return withoutChanged(result);
}

interface TrialPair {
	a: ComparableTrial[];
	b: ComparableTrial[];
}

interface CasePairs {
	hash: string;
	name: string;
	index: number;
	pairs: TrialPair[];
}

/** In the order of the suite. */
function casesOf(strands: readonly Strand[]): CasePairs[] {
	const cases = new Map<string, CasePairs>();
	for (const { a, b } of strands) {
		for (const hash of new Set([...a.cases.keys(), ...b.cases.keys()])) {
			const pair = { a: a.cases.get(hash) ?? [], b: b.cases.get(hash) ?? [] };
			// The newer name and place, if they have changed.
			const { name = hash, index = 0 } = (pair.b[0] ?? pair.a[0])?.case ?? {};
			const known = cases.get(hash);
			if (known) {
				known.pairs.push(pair);
			} else {
				cases.set(hash, { hash, name, index, pairs: [pair] });
			}
		}
	}
	return [...cases.values()].sort((one, other) => one.index - other.index);
}

/** An answer that was taken over from the same request of the other side is no further answer. */
function withoutShared({ a, b }: TrialPair): TrialPair {
	const own = (mine: ComparableTrial[], others: ComparableTrial[]) => {
		const hashes = new Set(others.map(({ requestHash }) => requestHash));
		return mine.filter(
			({ reused, requestHash }) => !reused || requestHash === undefined || !hashes.has(requestHash),
		);
	};
	return { a: own(a, b), b: own(b, a) };
}

/** Cases of the same name with another hash are not two cases, but one that was edited. */
function withoutChanged({ casesOnlyA, casesOnlyB, ...rest }: PairedCases): PairedCases {
	const namesOfB = new Set(casesOnlyB.map(({ name }) => name));
	const changed = new Set(casesOnlyA.map(({ name }) => name).filter((name) => namesOfB.has(name)));
	const isOther = ({ name }: ComparedCase) => !changed.has(name);
	return {
		...rest,
		casesOnlyA: casesOnlyA.filter(isOther),
		casesOnlyB: casesOnlyB.filter(isOther),
		changed: [...changed],
	};
}

function mean(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value, 0) / values.length;
}
