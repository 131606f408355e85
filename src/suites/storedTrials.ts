import type { StoredTrial } from '../common/suiteModel.ts';
import type { StoredRunFiles } from './runFiles.ts';

/**
 * The complete trials of all runs, one at a time. A run that cannot be read is left out, so that the others are not lost
 * with it; `onFailed` is told why.
 */
export async function* storedTrials(
	files: Pick<StoredRunFiles, 'list' | 'stored'>,
	onFailed: (runId: string, error: unknown) => void,
): AsyncGenerator<{ runId: string; trial: StoredTrial }> {
	for (const runId of await files.list()) {
		const trials = files.stored(runId);
		try {
			for (;;) {
				// Not around `yield`: an error of whoever takes the trials is not one of the run.
				const next = await trials.next().catch((error: unknown) => {
					onFailed(runId, error);
					return undefined;
				});
				if (!next || next.done) {
					break;
				}
				yield { runId, trial: next.value };
			}
		} finally {
			await trials.return(undefined);
		}
	}
}
