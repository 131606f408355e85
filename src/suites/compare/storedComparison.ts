import type { Comparison, RatedVariant } from '../../common/comparison.ts';
import type { SuiteRun } from '../../common/suiteModel.ts';
import type { PlannedRun } from '../plannedRun.ts';
import type { SuiteContext, TrialSummary } from '../suiteContext.ts';
import { compareRuns, compareVariants } from './compareRuns.ts';
import { withPreference } from './withPreference.ts';
import { ratedVariants } from './ratedVariants.ts';
import { type ComparableRun, plannedOf } from './side.ts';

type Stored = Pick<SuiteContext, 'records' | 'files'>;

/** A run as it is stored, with the summaries of its trials. Rejects with `not-found`. */
export async function storedRun(
	{ records, files }: Stored,
	runId: string,
): Promise<{ run: SuiteRun & ComparableRun; trials: TrialSummary[] }> {
	const [run, { plan }, trials] = await Promise.all([records.get(runId), files.pins(runId), files.trials(runId)]);
	return { run: { ...run, ...plannedOf(plan as PlannedRun) }, trials };
}

/** The pass rates of the variants of a stored run. */
export async function storedRates(stored: Stored, runId: string): Promise<RatedVariant[]> {
	const { run, trials } = await storedRun(stored, runId);
	return ratedVariants(run, trials);
}

/** Two variants of a stored run, by label or position; B against A. Rejects as `compareVariants` does. */
export async function compareStoredVariants(
	stored: Stored,
	runId: string,
	a: string | number,
	b: string | number,
): Promise<Comparison> {
	return withPreference(stored, compareVariants(await storedRun(stored, runId), a, b), { a: runId, b: runId });
}

/** Two stored runs; B against A. Rejects as `compareRuns` does. */
export async function compareStoredRuns(stored: Stored, runA: string, runB: string): Promise<Comparison> {
	const [a, b] = await Promise.all([storedRun(stored, runA), storedRun(stored, runB)]);
	const { others, ...first } = compareRuns(a, b);
	const ids = { a: runA, b: runB };
	const found = await withPreference(stored, first, ids);
	return others
		? { ...found, others: await Promise.all(others.map((one) => withPreference(stored, one, ids))) }
		: found;
}
