import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { truncate } from 'node:fs/promises';
import { nodeFiles } from '../../../../src/disk/nodeFiles.ts';
import { exportWithTrials } from '../../../../src/host/store/exportWithTrials.ts';
import { openRunFiles } from '../../../../src/suites/runFiles.ts';
import { temporaryFolder } from '../../../support/storage/folders.ts';
import { openTestStore } from '../../../support/storage/testStore.ts';
import { runIdOf, runPins, storedTrial } from '../../../support/suites/storedTrial.ts';

describe('the exported database', () => {
	it('has the trials of the runs beside the store; what cannot be read is logged', async () => {
		const { folder, remove } = await temporaryFolder();
		try {
			const store = await openTestStore(folder, nodeFiles);
			const runs = openRunFiles(folder, nodeFiles);
			for (const number of [1, 2]) {
				const log = await runs.create(runPins(runIdOf(number)));
				await log.append(storedTrial(number));
				await log.close();
			}
			await truncate(join(folder, 'runs', runIdOf(2), 'summaries.log'));
			const warnings: string[] = [];
			const file = join(folder, 'copy.db');
			await exportWithTrials(store, file, { warn: (text: unknown) => warnings.push(String(text)) });
			const database = new DatabaseSync(file, { readOnly: true });
			const rows = database.prepare('SELECT run_id, trial_id FROM suite_trials').all();
			database.close();
			assert.deepEqual(rows.map(Object.values), [[runIdOf(1), 'trial-1']]);
			assert.equal(warnings.length, 1);
			assert.match(warnings[0] ?? '', new RegExp(`run ${runIdOf(2)}\\. .*damaged or missing`));
			await store.close();
		} finally {
			await remove();
		}
	});
});
