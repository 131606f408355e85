import assert from 'node:assert/strict';
import { AppError, isAppError } from '../../../../src/common/errors.ts';
import { failingCases } from '../../../../src/suites/dashboard/failingCases.ts';
import { reportedRuns } from '../../../support/suites/reportedRuns.ts';

const isGone = (error: unknown) => isAppError(error, 'not-found');

describe('the cases that fail most often', () => {
	it('come by the share of their answers that failed; errors do not count', async () => {
		const runs = reportedRuns((prompt, question) =>
			question === 1 || (question === 2 && prompt === 'old') ? 'No' : 'Yes',
		);
		const run = await runs.run({ prompts: ['old', 'new'], cases: 5, broken: (question) => question === 3 });
		assert.deepEqual(await failingCases(runs.context.files, [{ name: 'Shop', run }], isGone), [
			{ runId: run.runId, of: 'Shop', name: 'case 1', failed: 2, answers: 2 },
			{ runId: run.runId, of: 'Shop', name: 'case 2', failed: 1, answers: 2 },
		]);
	});

	it('leave out a run whose trials are gone, and nothing else', async () => {
		const runs = reportedRuns(() => 'No');
		const run = await runs.run({ prompts: ['new'], cases: 1 });
		const gone = { ...run, runId: '99999999-9999-4999-8999-999999999999' };
		const named = [gone, run].map((one) => ({ name: 'Shop', run: one }));
		assert.equal((await failingCases(runs.context.files, named, isGone)).length, 1);
		const broken = { trials: () => Promise.reject(new AppError('storage', 'The disk is gone')) };
		await assert.rejects(failingCases(broken, named, isGone), /The disk is gone/);
	});
});
