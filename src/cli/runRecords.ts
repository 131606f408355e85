import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { AppError } from '../common/errors.ts';
import type { SuiteRun } from '../common/suiteModel.ts';
import type { DiskFiles } from '../disk/files.ts';
import { placeFile } from '../disk/placeFile.ts';
import { runSchema } from '../suites/export/runDocument.ts';
import type { RemovableRunRecords } from '../suites/pruneRuns.ts';
import type { RunRecords } from '../suites/suiteContext.ts';

const file = 'run.json';

/** The rows of the runs in a state folder: a file beside the trials of each. */
export function openRunRecords(state: string, files: DiskFiles): RunRecords & RemovableRunRecords {
	const folderOf = (runId: string) => `${state}/runs/${runId}`;
	const read = async (runId: string): Promise<SuiteRun | undefined> => {
		const bytes = await files.read(`${folderOf(runId)}/${file}`);
		try {
			const value: unknown = bytes && JSON.parse(Buffer.from(bytes).toString());
			return v.is(runSchema, value) ? (value as SuiteRun) : undefined;
		} catch {
			// Like one that is missing: a run goes on from its trials.
			return undefined;
		}
	};
	return {
		async put(run) {
			try {
				await placeFile(files, folderOf(run.runId), file, Buffer.from(`${JSON.stringify(run)}\n`));
			} catch (cause) {
				throw new AppError('storage', l10n.t('The state of the run cannot be written to {0}', state), {
					cause,
				});
			}
		},
		async get(runId) {
			const run = await read(runId);
			if (!run) {
				throw new AppError('not-found', l10n.t('There is no run {0}', runId));
			}
			return run;
		},
		async list({ suite } = {}) {
			const runs: SuiteRun[] = [];
			for (const runId of await files.list(`${state}/runs`)) {
				const run = await read(runId);
				if (run && (suite === undefined || run.suite === suite)) {
					runs.push(run);
				}
			}
			return runs.sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
		},
		// With the files of the run.
		remove: async () => undefined,
	};
}
