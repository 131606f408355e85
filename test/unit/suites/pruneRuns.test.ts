import assert from 'node:assert/strict';
import type { SuiteRun } from '../../../src/common/suiteModel.ts';
import { pruneRuns } from '../../../src/suites/pruneRuns.ts';
import { suiteRun } from '../../support/storage/everyMethod.ts';

/** Newest first, as the rows are listed. */
function stored(runs: [runId: string, suite: string, status?: SuiteRun['status']][]) {
	const rows = runs.map(([runId, suite, status = 'complete']) => suiteRun({ runId, suite, status }));
	const log: string[] = [];
	return {
		log,
		files: { remove: async (runId: string) => void log.push(`files ${runId}`) },
		records: {
			list: () => Promise.resolve(rows),
			remove: async (runId: string) => void log.push(`row ${runId}`),
		},
	};
}

describe('pruneRuns', () => {
	it('keeps the newest runs of each suite, and removes the trials of the others before their rows', async () => {
		const { files, records, log } = stored([
			['a3', 'a'],
			['b2', 'b'],
			['a2', 'a', 'interrupted'],
			['b1', 'b'],
			['a1', 'a', 'failed'],
		]);
		assert.deepEqual(await pruneRuns(files, records, 2), ['a1']);
		assert.deepEqual(log, ['files a1', 'row a1']);
	});

	it('removes neither a running one nor one that is to stay, which take no place', async () => {
		const { files, records } = stored([
			['a5', 'a', 'running'],
			['a4', 'a'],
			['a3', 'a'],
			['a2', 'a', 'running'],
			['a1', 'a'],
		]);
		assert.deepEqual(await pruneRuns(files, records, 1, new Set(['a1'])), ['a3']);
	});

	it('leaves the row where the trials could not be removed', async () => {
		const { records, log } = stored([['a1', 'a']]);
		const files = { remove: () => Promise.reject(new Error('EBUSY')) };
		await assert.rejects(pruneRuns(files, records, 0), /EBUSY/);
		assert.deepEqual(log, []);
	});

	it('keeps a baseline, however old it is', async () => {
		const { files, records } = stored([
			['a3', 'a'],
			['a2', 'a'],
			['a1', 'a'],
		]);
		const rows = (await records.list()).map((run) =>
			run.runId === 'a1' ? { ...run, blessedAt: run.startedAt } : run,
		);
		const list = () => Promise.resolve(rows);
		assert.deepEqual(await pruneRuns(files, { ...records, list }, 1), ['a2']);
	});
});
