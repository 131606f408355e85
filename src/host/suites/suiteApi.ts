import * as vscode from 'vscode';
import type { PromptWorkshopApi } from '../../common/api.ts';
import type { RatedVariant } from '../../common/comparison.ts';
import type { RunDetails, SuiteRun } from '../../common/suiteModel.ts';
import { toFileUri } from '../kit/places.ts';
import type { SuiteServices } from './suiteServices.ts';
import { suiteAddress, suiteOwnerOf } from './suiteUri.ts';

type Members = Pick<
	PromptWorkshopApi,
	| 'listSuites'
	| 'runSuite'
	| 'resumeRun'
	| 'listRuns'
	| 'getRun'
	| 'compareVariants'
	| 'compareRuns'
	| 'blessBaseline'
	| 'exportRun'
>;

/** The members of the public API on suites and their runs. */
export function suiteApi({
	suiteFiles,
	suiteRuns,
	openStore,
}: Pick<SuiteServices, 'suiteFiles' | 'suiteRuns' | 'openStore'>): Members {
	return {
		listSuites: () => suiteFiles.list(),
		async *runSuite(suite, options = {}) {
			yield* suiteRuns.run(await suiteFiles.source(suiteLocation(suite)), options, { isProgram: true });
		},
		async *resumeRun(runId, options = {}) {
			yield* suiteRuns.resume(runId, options, { isProgram: true });
		},
		async listRuns(filter = {}) {
			const { records } = await suiteRuns.context();
			const runs = await records.list(filter);
			return runs.map(({ runId, suite, startedAt, status, trials, variants }) => ({
				runId,
				suite,
				startedAt,
				status,
				trials,
				variants: variants.map(({ label }) => label),
			}));
		},
		async getRun(runId) {
			const [context, { storedRun }, { ratedVariants }, { latestTrials }] = await Promise.all([
				suiteRuns.context(),
				import('../../suites/compare/storedComparison.ts'),
				import('../../suites/compare/ratedVariants.ts'),
				import('../../suites/latestTrials.ts'),
			]);
			const { files } = context;
			const { run, trials: summaries } = await storedRun(context, runId);
			const trials: RunDetails['trials'] = [];
			for (const { trialId } of latestTrials(summaries)) {
				const { turn, earlier, citations, requests, requestHash, query, ...trial } = await files.trial(
					runId,
					trialId,
				);
				trials.push(trial);
			}
			return { ...withRates(run, ratedVariants(run, summaries)), trials };
		},
		async compareVariants(runId, a, b) {
			const { compareStoredVariants } = await import('../../suites/compare/storedComparison.ts');
			return compareStoredVariants(await suiteRuns.context(), runId, a, b);
		},
		async compareRuns(runA, runB) {
			const { compareStoredRuns } = await import('../../suites/compare/storedComparison.ts');
			return compareStoredRuns(await suiteRuns.context(), runA, runB);
		},
		async blessBaseline(runId) {
			const { blessRun } = await import('./blessBaseline.ts');
			await blessRun(await openStore(), runId);
		},
		async exportRun(runId, format) {
			const [{ exportStoredRun }, store] = await Promise.all([import('./exportStoredRun.ts'), openStore()]);
			return exportStoredRun(store, runId, format);
		},
	};
}

function withRates(
	{ trials: planned, variants, cases: _cases, ...run }: SuiteRun & { cases?: number },
	rated: readonly RatedVariant[],
): Omit<RunDetails, 'trials'> {
	return {
		...run,
		planned,
		variants: variants.flatMap(({ worth: _worth, ...variant }, index) => {
			const rate = rated[index];
			return rate ? [{ ...variant, ...rate }] : [];
		}),
	};
}

/** The URI of a suite in the store, or that of a file. */
function suiteLocation(suite: string): vscode.Uri {
	const uri = suite.startsWith('prompt-suite:') ? vscode.Uri.parse(suite) : undefined;
	return uri && suiteOwnerOf(uri) ? suiteAddress(uri) : toFileUri(suite);
}
