/** How the answers of one version to the case came out. */
export interface VersionAnswers {
	passed: number;
	failed: number;
	/** They say nothing about the version. */
	errors: number;
}

/** Where a search stands: the answers of each version, from old to new, and the version known as good, if there is one. */
export interface Bisection {
	answers: readonly VersionAnswers[];
	good?: number;
}

/** `repeat` answers of a version are wanted next. */
export interface BisectionQuestion {
	version: number;
	repeat: number;
}

/** How a search ended; numbers are positions of versions. */
export type BisectionOutcome =
	/** `skipped`: versions between the two that could not be judged. */
	| { kind: 'found'; good: number; bad: number; skipped: number[]; isFlaky: boolean }
	/** The newest version passes, so there is nothing to find. */
	| { kind: 'passes' }
	/** No version that was tried, or the one that was called good, passes. */
	| { kind: 'never-passed'; tried: number[] }
	/** A version at an end of the search could not be judged. */
	| { kind: 'unsure'; version: number };

/** The chance that the pair that is found is wrong, over all versions that were judged. */
export const bisectionError = 0.05;
/** Answers with an error after which a version is left out. */
const maxErrors = 2;

type Judgement = 'good' | 'bad' | 'unsure';

/**
 * What is asked next, or how the search ended. Each version is asked once as long as no version both passed and failed. The
 * versions that a result rests on, and once the case is flaky every version, are judged by a sequential test: answers are asked
 * for until passes or failures lead by `leadOf`. A search that finds a pair has seen the older one pass and the newer one
 * fail, whatever the history; if the case changed more than once, it is one of the changes.
 */
export function nextOfBisection(state: Bisection): BisectionQuestion | BisectionOutcome {
	const { answers } = state;
	const lead = leadOf(answers.length);
	const at = (version: number): VersionAnswers => answers[version] ?? { passed: 0, failed: 0, errors: 0 };
	const isFlaky = answers.some(({ passed, failed }) => passed > 0 && failed > 0);
	const proved = (version: number) => judgement(at(version), lead);
	const judged = (version: number): Judgement | undefined =>
		proved(version) ?? (isFlaky ? undefined : first(at(version)));
	const ask = (version: number, isProof = isFlaky): BisectionQuestion => {
		const { passed, failed } = at(version);
		return { version, repeat: isProof ? lead - Math.abs(passed - failed) : 1 };
	};

	const newest = answers.length - 1;
	const end = judged(newest);
	if (end === undefined) {
		return ask(newest);
	}
	if (end === 'unsure') {
		return { kind: 'unsure', version: newest };
	}
	if (end === 'good') {
		return proved(newest) === 'good' ? { kind: 'passes' } : ask(newest, true);
	}
	let low: number | undefined;
	const tried = state.good === undefined ? oldestFirst(newest) : [state.good];
	for (const version of tried) {
		const found = judged(version);
		if (found === undefined) {
			return ask(version);
		}
		if (found === 'good') {
			low = version;
			break;
		}
		if (found === 'unsure' && state.good !== undefined) {
			return { kind: 'unsure', version };
		}
	}
	if (low === undefined) {
		const open = tried.find((version) => proved(version) === undefined);
		return open === undefined ? { kind: 'never-passed', tried } : ask(open, true);
	}
	let high = newest;
	for (let middle = middleOf(low, high, judged); middle !== undefined; middle = middleOf(low, high, judged)) {
		const found = judged(middle);
		if (found === undefined) {
			return ask(middle);
		}
		if (found === 'good') {
			low = middle;
		} else {
			high = middle;
		}
	}
	const unproved = [high, low].find((version) => proved(version) === undefined);
	if (unproved !== undefined) {
		return ask(unproved, true);
	}
	const skipped = Array.from({ length: high - low - 1 }, (_, index) => (low ?? 0) + 1 + index);
	return { kind: 'found', good: low, bad: high, skipped, isFlaky };
}

/**
 * By how many answers passes or failures must lead. A version that passes at least 80 % or at most 20 % of its answers is
 * then judged wrongly with a chance of at most 1 / (1 + 4^lead) (Wald 1945, the sequential test of 0.8 against 0.2; the walk
 * meets its bounds exactly), and all judgements of a search together with at most `bisectionError`.
 */
export function leadOf(versions: number): number {
	const judgements = judgementsOf(versions);
	let lead = 1;
	while (judgements / (1 + 4 ** lead) > bisectionError) {
		lead++;
	}
	return lead;
}

/**
 * Answers that a search takes: `likely` if the case is not flaky and the oldest version passes, and `most` before versions
 * that cannot be judged are counted.
 */
export function bisectionAnswers(versions: number, isGoodKnown: boolean): { likely: number; most: number } {
	const lead = leadOf(versions);
	const steps = versions > 2 ? Math.ceil(Math.log2(versions - 1)) : 0;
	const ends = 2;
	const extra = isGoodKnown ? 0 : oldestFirst(versions - 1).length - 1;
	return { likely: steps + ends + 2 * (lead - 1), most: (steps + ends + extra) * mostAnswers(lead) };
}

/** Judgements on which a result can rest: both ends, the search for a good one, and one for each halving. */
function judgementsOf(versions: number): number {
	return 2 + 2 * Math.ceil(Math.log2(Math.max(2, versions)));
}

/** Answers after which a version whose answers go both ways is called undecided. */
function mostAnswers(lead: number): number {
	return 6 * lead + 1;
}

function judgement({ passed, failed, errors }: VersionAnswers, lead: number): Judgement | undefined {
	if (Math.abs(passed - failed) >= lead) {
		return passed > failed ? 'good' : 'bad';
	}
	return errors >= maxErrors || passed + failed >= mostAnswers(lead) ? 'unsure' : undefined;
}

function first({ passed, failed }: VersionAnswers): Judgement | undefined {
	return passed > 0 ? 'good' : failed > 0 ? 'bad' : undefined;
}

/** The oldest version, and should it fail, newer ones in doubling steps. */
function oldestFirst(newest: number): number[] {
	const tried: number[] = [];
	for (let version = 0; version < newest; version = 2 * version + 1) {
		tried.push(version);
	}
	return tried;
}

/** The version nearest to the middle between two that can be judged. */
function middleOf(low: number, high: number, judged: (version: number) => Judgement | undefined): number | undefined {
	const middle = (low + high) / 2;
	let best: number | undefined;
	for (let version = low + 1; version < high; version++) {
		if (
			judged(version) !== 'unsure' &&
			(best === undefined || Math.abs(version - middle) < Math.abs(best - middle))
		) {
			best = version;
		}
	}
	return best;
}
