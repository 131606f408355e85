import type { SuiteRun } from '../../common/suiteModel.ts';
import type { StoredRunFiles } from '../runFiles.ts';
import type { ReportedRun } from './reportedRun.ts';
import { RunCounts } from './runCounts.ts';

/** A stored run for a report, with the counts of its log. Rejects with `not-found` and `storage`. */
export async function storedReport(
	run: SuiteRun,
	files: Pick<StoredRunFiles, 'latest' | 'pinsText'>,
): Promise<ReportedRun> {
	const counts = new RunCounts();
	const trials = await files.latest(run.runId, counts.add);
	return { run: counts.report(run), pinsText: () => files.pinsText(run.runId), trials };
}
