import type { FailingCase } from '../../common/dashboardPage.ts';
import { groupBy } from '../../common/groupBy.ts';
import type { SuiteRun } from '../../common/suiteModel.ts';
import { verdictCounts } from '../compare/side.ts';
import { latestTrials } from '../latestTrials.ts';
import type { RunFiles } from '../suiteContext.ts';

/** Runs that are read, and cases that are listed. */
const maxRuns = 20;
const maxCases = 20;

/** The cases that failed most often in these runs; a run whose trials are gone is left out. */
export async function failingCases(
	files: Pick<RunFiles, 'trials'>,
	runs: readonly { name: string; run: SuiteRun }[],
	isGone: (error: unknown) => boolean,
): Promise<FailingCase[]> {
	const found: FailingCase[] = [];
	for (const { name, run } of runs.slice(0, maxRuns)) {
		const models = new Set(run.variants.filter(({ isModel }) => isModel).map(({ label }) => label));
		const trials = await files.trials(run.runId).catch((error: unknown) => {
			if (isGone(error)) {
				return [];
			}
			throw error;
		});
		const own = latestTrials(trials).filter(({ variant }) => models.has(variant));
		for (const ofCase of groupBy(own, ({ case: { index } }) => index).values()) {
			const { passed, of } = verdictCounts(ofCase);
			if (passed < of) {
				const caseName = ofCase[0]?.case.name ?? '';
				found.push({ runId: run.runId, of: name, name: caseName, failed: of - passed, answers: of });
			}
		}
	}
	return found.sort((a, b) => b.failed / b.answers - a.failed / a.answers || b.failed - a.failed).slice(0, maxCases);
}
