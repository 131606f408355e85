import assert from 'node:assert/strict';
import { Database } from '../../../src/storage/database.ts';
import { openRunFiles } from '../../../src/suites/runFiles.ts';
import { storedTrials } from '../../../src/suites/storedTrials.ts';
import { SimulatedFiles } from '../../support/storage/simulatedFiles.ts';
import { loadSqlJs } from '../../support/storage/sql.ts';
import { openTestStore } from '../../support/storage/testStore.ts';
import { runIdOf, runPins, storedTrial } from '../../support/suites/storedTrial.ts';

describe('storedTrials', () => {
	it('are those of all runs that can be read, and become a table of the exported database', async () => {
		const files = new SimulatedFiles();
		const store = await openTestStore('/store', files);
		const runs = openRunFiles('/store', files, { groupMs: 0 });
		for (const number of [1, 2, 3]) {
			const log = await runs.create(runPins(runIdOf(number)));
			await log.append(storedTrial(number));
			await log.append(storedTrial(10 + number));
			await log.append(storedTrial(number, { verdict: 'error' }));
			await log.close();
		}
		files.damage(`/store/runs/${runIdOf(2)}/summaries.log`, () => undefined);
		const failed: string[] = [];
		const trials = storedTrials(runs, (runId) => failed.push(runId));
		await store.exportDatabase('/out/copy.db', trials);
		assert.deepEqual(failed, [runIdOf(2)]);
		const database = new Database(await loadSqlJs(), await files.read('/out/copy.db'));
		assert.deepEqual(
			database
				.rows('SELECT run_id, trial_id, verdict FROM suite_trials ORDER BY run_id, trial_id')
				.map((row) => Object.values(row)),
			[
				[runIdOf(1), 'trial-1', 'error'],
				[runIdOf(1), 'trial-11', 'pass'],
				[runIdOf(3), 'trial-13', 'pass'],
				[runIdOf(3), 'trial-3', 'error'],
			],
		);
	});

	it('close the files of a run when whoever takes them stops', async () => {
		const files = new SimulatedFiles();
		const runs = openRunFiles('/store', files, { groupMs: 0 });
		const log = await runs.create(runPins(runIdOf(1)));
		await log.append(storedTrial(1));
		await log.append(storedTrial(2));
		await log.close();
		let open = 0;
		files.onOperation = (operation) => {
			open += operation.startsWith('open') ? 1 : operation === 'close' ? -1 : 0;
		};
		for await (const { trial } of storedTrials(runs, assert.fail)) {
			assert.equal(trial.trialId, 'trial-1');
			break;
		}
		assert.equal(open, 0);
	});
});
