import { groupBy } from '../../common/groupBy.ts';
import type { AssertionResult, StoredTrial } from '../../common/suiteModel.ts';
import { cohenKappa, type Kappa } from '../../statistics/cohenKappa.ts';
import { roganGladen, type JudgeCounts } from '../../statistics/roganGladen.ts';
import { varianceSplit, type VarianceSplit } from '../../statistics/varianceSplit.ts';
import { wilsonInterval } from '../../statistics/wilsonInterval.ts';
import { storedOutcome } from '../grading/pairwiseOutcome.ts';

/** From so many own ratings on, a pass rate is corrected for the judge's errors. */
export const ratingsToCorrect = 30;

export interface CountedShare {
	count: number;
	of: number;
	rate: number;
	low: number;
	high: number;
}

/** The pass rate of a variant as the judge sees it, and where its scores vary. */
export interface JudgedVariant {
	label: string;
	raw: CountedShare;
	/** Null with fewer own ratings than `ratingsToCorrect`, and for a judge who is no better than a coin. */
	corrected: { rate: number; low: number; high: number } | null;
	/** Null with fewer than two cases. */
	variance: VarianceSplit | null;
}

/** How far the judge of a run can be relied on. */
export interface JudgeQuality {
	/** The judge's verdicts about answers that the user rated too, by questions of `human`. */
	counts: JudgeCounts;
	/** Agreement beyond chance; null without ratings of both kinds. */
	kappa: Kappa | null;
	/** Pairs of answers of which the verdict changed with their order; null without any. */
	flips: CountedShare | null;
	variants: JudgedVariant[];
}

type Judged = Pick<StoredTrial, 'case' | 'variant' | 'output' | 'assertions'>;

/** Compares the verdicts of judges with the user's own and with themselves. `trials`: those that count, with their answers. */
export function judgeQuality(trials: readonly Judged[]): JudgeQuality {
	const counts: JudgeCounts = { good: 0, goodPassed: 0, bad: 0, badFailed: 0 };
	const seen = trials.flatMap((trial) => {
		const judge = verdictOf(trial.assertions.filter(isJudge));
		return judge ? [{ trial, judge, own: verdictOf(trial.assertions.filter(isOwn)) }] : [];
	});
	for (const { judge, own } of seen) {
		if (own?.pass) {
			counts.good++;
			counts.goodPassed += judge.pass ? 1 : 0;
		} else if (own) {
			counts.bad++;
			counts.badFailed += judge.pass ? 0 : 1;
		}
	}
	const { good, goodPassed, bad, badFailed } = counts;
	return {
		counts,
		kappa: cohenKappa([
			[goodPassed, good - goodPassed],
			[bad - badFailed, badFailed],
		]),
		flips: flipsOf(trials),
		variants: [...groupBy(seen, ({ trial }) => trial.variant)].map(([label, own]) => {
			const passed = own.filter(({ judge }) => judge.pass).length;
			return {
				label,
				raw: share(passed, own.length),
				corrected: good + bad < ratingsToCorrect ? null : roganGladen(passed, own.length, counts),
				variance: varianceSplit(scoresOf(own)),
			};
		}),
	};
}

/** A verdict of a judge that decides; a pair is no verdict about one answer. */
function isJudge({ type, judged, weight, error }: AssertionResult): boolean {
	return judged !== undefined && weight > 0 && !error && !/^(not-)?pairwise$/.test(type);
}

/** An answer of the user, also one that is only shown. */
function isOwn({ type, open, error }: AssertionResult): boolean {
	return /^(not-)?human$/.test(type) && !open && !error;
}

function verdictOf(results: readonly AssertionResult[]): { pass: boolean; score: number } | undefined {
	if (results.length === 0) {
		return undefined;
	}
	const score = results.reduce((sum, one) => sum + one.score, 0) / results.length;
	// An assertion without weight always passes, so the user's own verdict is in its score.
	return { pass: results.every((one) => (isOwn(one) ? one.score >= 0.5 : one.pass)), score };
}

/** Both variants of a pair have its verdicts, which count once. */
function flipsOf(trials: readonly Judged[]): CountedShare | null {
	const pairs = new Map<string, boolean>();
	for (const result of trials.flatMap(({ assertions }) => assertions)) {
		const outcome = /^(not-)?pairwise$/.test(result.type) ? storedOutcome(result) : undefined;
		if (outcome) {
			const requests = (result.judged ?? []).map(({ request }) => request).sort();
			pairs.set(JSON.stringify(requests), outcome.flipped);
		}
	}
	return pairs.size === 0 ? null : share([...pairs.values()].filter(Boolean).length, pairs.size);
}

/** `[case][answer][grading]`: the same text is the same answer. */
function scoresOf(seen: readonly { trial: Judged; judge: { score: number } }[]): number[][][] {
	return [...groupBy(seen, ({ trial }) => trial.case.hash).values()].map((ofCase) =>
		[...groupBy(ofCase, ({ trial }) => trial.output).values()].map((same) => same.map(({ judge }) => judge.score)),
	);
}

function share(count: number, of: number): CountedShare {
	return { count, of, rate: count / of, ...wilsonInterval(count, of) };
}
