import { exportRun } from '../../../src/suites/export/exportRun.ts';
import { storedReport } from '../../../src/suites/export/storedReport.ts';
import { latestTrials } from '../../../src/suites/latestTrials.ts';
import type { TestContext } from './suiteContext.ts';

/** The JSON report of a run in memory. */
export async function runDocumentOf({ records, files, runs }: TestContext, runId: string): Promise<string> {
	const report = await storedReport(await records.get(runId), {
		async latest(id, visit) {
			(await files.trials(id)).forEach(visit);
			return async function* () {
				yield* latestTrials(runs.trials(id));
			};
		},
		pinsText: async function* (id) {
			yield JSON.stringify(await files.pins(id));
		},
		ratings: (id) => files.ratings(id),
	});
	const pieces: string[] = [];
	for await (const piece of exportRun(report, 'json')) {
		pieces.push(piece);
	}
	return pieces.join('');
}

/** Opens a text as often as it is read. */
export function opened(text: string): () => AsyncGenerator<string> {
	return async function* () {
		yield text;
	};
}
