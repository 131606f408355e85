import type { SuiteRun } from '../../common/suiteModel.ts';
import type { StoredRunFiles } from '../runFiles.ts';
import type { ReportedRun } from './reportedRun.ts';
import { RunCounts } from './runCounts.ts';

/** A stored run for a report, with the counts of its log and its blind ratings. Rejects with `not-found` and `storage`. */
export async function storedReport(
	run: SuiteRun,
	files: Pick<StoredRunFiles, 'latest' | 'pinsText' | 'ratings'>,
): Promise<ReportedRun> {
	const counts = new RunCounts();
	const trials = await files.latest(run.runId, counts.add);
	const ratings = await files.ratings(run.runId).read();
	const reported = { ...counts.report(run), ...(ratings.length > 0 && { ratings }) };
	return { run: reported, pinsText: () => files.pinsText(run.runId), trials };
}
