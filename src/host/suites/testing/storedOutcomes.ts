import type { RunVariant, SuiteRun } from '../../../common/suiteModel.ts';
import { latestTrials } from '../../../suites/latestTrials.ts';
import type { TrialSummary } from '../../../suites/suiteContext.ts';
import { CaseTally, type CaseOutcome } from './caseTally.ts';
import type { ResultBasis } from './isOutdated.ts';
import { suiteRate } from './outcomeText.ts';
import type { LatestRun, ShownOutcome } from './suiteTests.ts';

/** Runs that are read for one suite: a run of a few cases leaves the results of the others to earlier ones. */
const maxRuns = 5;

export interface StoredOutcomes {
	outcomes: Map<string, ShownOutcome>;
	/** The newest run, or the newest of all cases if the newest had only some of them. */
	latest: LatestRun | undefined;
}

/**
 * What the stored runs of a suite found about the cases with these ids: of each case the newest. A run that is still going on
 * is left out: it may be another window's.
 */
export async function storedOutcomes(
	runs: readonly SuiteRun[],
	cases: ReadonlySet<string>,
	trials: (runId: string) => Promise<TrialSummary[]>,
): Promise<StoredOutcomes> {
	const outcomes = new Map<string, ShownOutcome>();
	let newest: LatestRun | undefined;
	let whole: LatestRun | undefined;
	for (const run of runs.filter(({ status, done }) => status !== 'running' && done > 0).slice(0, maxRuns)) {
		const found = runOutcomes(run, await trials(run.runId));
		newest ??= latestRun(run, found.values());
		whole ??= [...cases].every((id) => found.has(id)) ? latestRun(run, found.values()) : undefined;
		for (const [id, outcome] of found) {
			if (cases.has(id) && !outcomes.has(id)) {
				outcomes.set(id, outcome);
			}
		}
		if (outcomes.size === cases.size && whole) {
			break;
		}
	}
	return { outcomes, latest: whole ?? newest };
}

/** What is shown of a run, given what it found. */
export function latestRun({ runId, costUsd, variants }: SuiteRun, outcomes: Iterable<CaseOutcome>): LatestRun {
	return { runId, costUsd, rate: suiteRate(outcomes, variants) };
}

function runOutcomes({ runId, variants }: SuiteRun, all: readonly TrialSummary[]): Map<string, ShownOutcome> {
	const byCase = new Map<string, TrialSummary[]>();
	for (const trial of latestTrials(all)) {
		const trials = byCase.get(trial.case.name);
		if (trials) {
			trials.push(trial);
		} else {
			byCase.set(trial.case.name, [trial]);
		}
	}
	const outcomes = new Map<string, ShownOutcome>();
	for (const [id, trials] of byCase) {
		const tally = new CaseTally(trials.length);
		// Of the answer only the beginning is there, so there is nothing to compare.
		trials.forEach((trial) => tally.add(trial));
		outcomes.set(id, shownOutcome(tally, { runId, hash: trials[0]?.case.hash ?? '' }, variants));
	}
	return outcomes;
}

/** What a tally came to, with the prompts and models that answered. */
export function shownOutcome(
	tally: CaseTally,
	basis: Pick<ShownOutcome, 'runId' | 'hash'>,
	variants: readonly Pick<RunVariant, 'label' | 'prompt' | 'promptHash' | 'isModel'>[],
): ShownOutcome {
	const answered = variants.filter(({ label }) => tally.labels.has(label));
	const prompts: ResultBasis['prompts'] = answered.flatMap(({ prompt, promptHash }) =>
		prompt === null || promptHash === null ? [] : [{ reference: prompt, hash: promptHash }],
	);
	const isOffline = answered.some(({ isModel }) => !isModel);
	return { ...tally.outcome(), ...basis, prompts, isOffline, isOutdated: false };
}
