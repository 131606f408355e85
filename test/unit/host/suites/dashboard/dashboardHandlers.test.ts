import assert from 'node:assert/strict';
import { isAppError } from '../../../../../src/common/errors.ts';
import { dashboardHandlers, dashboardParsers } from '../../../../../src/host/suites/dashboard/dashboardHandlers.ts';

describe('the requests of the dashboard', () => {
	it('open drafts, prompts, files and reports by their commands', async () => {
		const called: unknown[][] = [];
		const handlers = dashboardHandlers({
			locale: 'en',
			begin: () => undefined,
			view: () => assert.fail('not asked for'),
			failing: () => assert.fail('not asked for'),
			command: async (...call) => called.push(call),
		});
		const { signal } = new AbortController();
		await handlers.open.handle({ key: 'draft:12' }, signal);
		await handlers.open.handle({ key: 'prompt:support_triage' }, signal);
		await handlers.open.handle({ key: 'file:///a.prompttest.yaml' }, signal);
		await handlers.newSuite.handle({ key: 'draft:12' }, signal);
		await handlers.newSuite.handle({ key: 'prompt:a:b' }, signal);
		await handlers.openReport.handle({ runId: 'run' }, signal);
		assert.deepEqual(called, [
			['openDraft', 12],
			['openPrompt', 'support_triage'],
			['openSuite', 'file:///a.prompttest.yaml'],
			['newSuite', { draftId: 12 }],
			['newSuite', { promptName: 'a:b' }],
			['openReport', 'run'],
		]);
	});

	it('are refused in any other form', () => {
		const filter = { folder: '', tag: '', model: '', days: 30 };
		assert.deepEqual(dashboardParsers.view({ filter }), { filter });
		for (const params of [{}, { filter: { ...filter, days: 8 } }, { filter: { ...filter, more: 1 } }]) {
			assert.throws(
				() => dashboardParsers.view(params),
				(error) => isAppError(error, 'validation'),
			);
		}
	});
});
