import assert from 'node:assert/strict';
import { dashboardRecords, type SuiteNames } from '../../../../src/suites/dashboard/dashboardRecords.ts';
import { suiteRun, testResult } from '../../../support/storage/everyMethod.ts';
import { SimulatedFiles } from '../../../support/storage/simulatedFiles.ts';
import { openTestStore, time } from '../../../support/storage/testStore.ts';
import { runIdOf } from '../../../support/suites/storedTrial.ts';

const names: SuiteNames = {
	uriOf: ({ ownerKind, ownerId }) => `own:${ownerKind}/${ownerId}`,
	isOwned: (uri) => uri.startsWith('own:'),
};

describe('what the dashboard shows of a store', () => {
	it('is its drafts, prompts and suite files, each with its runs, tests and versions', async () => {
		const store = await openTestStore('/store', new SimulatedFiles());
		const draftId = await store.write(({ drafts, results, suites, runs, versions }) => {
			const { id } = drafts.create({
				draftName: 'Triage',
				draftContent: 'Text',
				metadata: { folder: 'Support', tags: ['live'] },
				now: time,
			});
			const version = { ownerKind: 'draft', ownerId: id, reason: 'save', author: 'user' } as const;
			versions.record({ ...version, content: 'Text', now: '2026-01-01T00:00:00.000Z' });
			versions.record({ ...version, content: 'Text 2', now: '2026-01-03T00:00:00.000Z' });
			suites.put({ ownerKind: 'draft', ownerId: id, content: 'cases: []', now: time });
			runs.put(suiteRun({ runId: runIdOf(1), suite: `own:draft/${id}` }));
			runs.put(suiteRun({ runId: runIdOf(2), suite: 'file:///a.prompttest.yaml', suiteName: 'a' }));
			runs.put(suiteRun({ runId: runIdOf(3), suite: 'own:draft/99' }));
			results.put(testResult({ testId: 'a', draftId: id, userRating: 5 }));
			return id;
		});
		const found = await store.read((repositories) => dashboardRecords(repositories, '', names));
		const [draft] = found;
		assert.deepEqual(
			{
				...draft,
				runs: draft?.runs.map(({ runId }) => runId),
				figures: draft?.figures.map(({ tests }) => tests),
			},
			{
				key: `draft:${draftId}`,
				kind: 'draft',
				name: 'Triage',
				folder: 'Support',
				tags: ['live'],
				hasSuite: true,
				runs: [runIdOf(1)],
				figures: [1],
				versions: ['2026-01-03T00:00:00.000Z', '2026-01-01T00:00:00.000Z'],
			},
		);
		// The runs of a draft that is gone are those of no prompt.
		assert.deepEqual(
			found.slice(1).map(({ kind, key, hasSuite }) => [kind, key, hasSuite]),
			[
				['prompt', 'prompt:auspex_default', false],
				['file', 'file:///a.prompttest.yaml', true],
			],
		);
		await store.close();
	});

	it('has of tests the sums since a time, by draft and model, without those of the built-in guide', async () => {
		const store = await openTestStore('/store', new SimulatedFiles());
		await store.write(({ drafts, results }) => {
			const { id: draftId } = drafts.create({ draftName: null, draftContent: 'Text', now: time });
			const test = (testId: string, change: Partial<Parameters<typeof testResult>[0]>) =>
				results.put(
					testResult({ testId, draftId, model: 'a/one', isModel: true, userRating: null, ...change }),
				);
			const early = '2026-01-01T00:00:00.000Z';
			test('1', { userRating: 5, executionTimeMs: 1_000, usage: { outputTokens: 30 }, costUsd: 0.5 });
			test('2', { userRating: 2, executionTimeMs: 500, usage: null, costUsd: 0.25 });
			test('3', { executionTimeMs: 200, usage: { inputTokens: 3 }, costUsd: 0.125, timestamp: early });
			test('4', { model: 'b/two', costUsd: null, usage: null, executionTimeMs: 7 });
			test('5', { model: 'offline/guide', isModel: false });
		});
		const figures = (since: string) => store.read(({ results }) => results.figures(since));
		const [one, two, ...others] = await figures('');
		assert.deepEqual(one, {
			draftId: 1,
			model: 'a/one',
			tests: 3,
			ratings: 2,
			ratingSum: 7,
			milliseconds: 1_700,
			outputTokens: 30,
			withTokens: 1,
			costUsd: 0.875,
		});
		assert.deepEqual([two?.model, two?.costUsd, others], ['b/two', null, []]);
		assert.equal((await figures('2026-01-01T12:00:00.000Z'))[0]?.tests, 2);
		await store.close();
	});
});
