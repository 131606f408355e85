import * as vscode from 'vscode';
import type { PromptWorkshopApi } from '../../common/api.ts';
import type { RunDetails, SuiteRun } from '../../common/suiteModel.ts';
import { toFileUri } from '../kit/places.ts';
import type { SuiteServices } from './suiteServices.ts';
import { suiteOwnerOf } from './suiteUri.ts';

type Members = Pick<PromptWorkshopApi, 'listSuites' | 'runSuite' | 'resumeRun' | 'listRuns' | 'getRun' | 'exportRun'>;

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
			const { records, files } = await suiteRuns.context();
			const run = await records.get(runId);
			const [{ latestTrials }, summaries] = await Promise.all([
				import('../../suites/latestTrials.ts'),
				files.trials(runId),
			]);
			const trials: RunDetails['trials'] = [];
			for (const { trialId } of latestTrials(summaries)) {
				const { turn, earlier, citations, requests, requestHash, query, ...trial } = await files.trial(
					runId,
					trialId,
				);
				trials.push(trial);
			}
			return { ...withRates(run), trials };
		},
		async exportRun(runId, format) {
			const [{ exportStoredRun }, store] = await Promise.all([import('./exportStoredRun.ts'), openStore()]);
			return exportStoredRun(store, runId, format);
		},
	};
}

function withRates({ trials: planned, variants, ...run }: SuiteRun): Omit<RunDetails, 'trials'> {
	return {
		...run,
		planned,
		variants: variants.map((variant) => ({ ...variant, of: variant.passed + variant.failed })),
	};
}

/** The URI of a suite in the store, or that of a file. */
function suiteLocation(suite: string): vscode.Uri {
	const uri = suite.startsWith('prompt-suite:') ? vscode.Uri.parse(suite) : undefined;
	return uri && suiteOwnerOf(uri) ? uri : toFileUri(suite);
}
