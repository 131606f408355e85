import { exportRun } from '../../../src/suites/export/exportRun.ts';
import { RunCounts } from '../../../src/suites/export/runCounts.ts';
import type { TestContext } from './suiteContext.ts';

/** The JSON report of a run in memory. */
export async function runDocumentOf({ records, files, runs }: TestContext, runId: string): Promise<string> {
	const counts = new RunCounts();
	const trials = runs.trials(runId);
	trials.forEach(counts.add);
	const report = {
		run: counts.report(await records.get(runId)),
		pinsText: async function* () {
			yield JSON.stringify(await files.pins(runId));
		},
		trials: async function* () {
			yield* trials;
		},
	};
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
