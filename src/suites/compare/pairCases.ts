import type { ComparedCase } from '../../common/comparison.ts';
import { type ComparableTrial, type Side, verdictCounts } from './side.ts';

/** A variant of one side with its counterpart of the other. */
export interface SidePair {
	a: Side;
	b: Side;
	/** Once they are known. */
	cases?: PairedCases;
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
 * each other.
 */
export function pairCases(sides: SidePair): PairedCases {
	const result: PairedCases = { paired: [], inError: [], reused: [], casesOnlyA: [], casesOnlyB: [], changed: [] };
	for (const { hash, name, trials } of casesOf(sides)) {
		const one = { name, hash };
		if (trials.a.length === 0 || trials.b.length === 0) {
			(trials.a.length > 0 ? result.casesOnlyA : result.casesOnlyB).push(one);
			continue;
		}
		const own = withoutShared(trials);
		if (own.a.length === 0 || own.b.length === 0) {
			result.reused.push(one);
			continue;
		}
		const [a, b] = [verdictCounts(own.a), verdictCounts(own.b)];
		if (a.of === 0 || b.of === 0) {
			result.inError.push(one);
			continue;
		}
		const [shareA, shareB] = [a.passed / a.of, b.passed / b.of];
		result.paired.push({ ...one, difference: shareB - shareA, passed: (shareA + shareB) / 2 });
	}
	return withoutChanged(result);
}

interface TrialPair {
	a: ComparableTrial[];
	b: ComparableTrial[];
}

interface CaseTrials {
	hash: string;
	name: string;
	index: number;
	trials: TrialPair;
}

/** In the order of the suite. */
function casesOf({ a, b }: SidePair): CaseTrials[] {
	return [...new Set([...a.cases.keys(), ...b.cases.keys()])]
		.map((hash) => {
			const trials = { a: a.cases.get(hash) ?? [], b: b.cases.get(hash) ?? [] };
			// The newer name and place, if they have changed.
			const { name = hash, index = 0 } = (trials.b[0] ?? trials.a[0])?.case ?? {};
			return { hash, name, index, trials };
		})
		.sort((one, other) => one.index - other.index);
}

/** An answer that was taken over from the same request of the other side is no further answer. */
function withoutShared({ a, b }: TrialPair): TrialPair {
	if (!a.some(isReused) && !b.some(isReused)) {
		return { a, b };
	}
	const own = (mine: ComparableTrial[], others: ComparableTrial[]) => {
		const hashes = new Set(others.map(({ requestHash }) => requestHash));
		return mine.filter(
			({ reused, requestHash }) => !reused || requestHash === undefined || !hashes.has(requestHash),
		);
	};
	return { a: own(a, b), b: own(b, a) };
}

function isReused({ reused }: ComparableTrial): boolean {
	return reused;
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
