import assert from 'node:assert/strict';
import { suiteRun } from '../../support/storage/everyMethod.ts';
import { fixtureExport, fixtureStore } from '../../support/storage/fixtureStore.ts';
import { SimulatedFiles } from '../../support/storage/simulatedFiles.ts';
import { openTestStore, time, type TestStore } from '../../support/storage/testStore.ts';
import { cutUpgrade, openUpgraded } from '../../support/storage/upgrades.ts';

const folder = '/store';

async function assertUpgraded(store: TestStore): Promise<void> {
	const found = await store.read(({ drafts, prompts, results, runs, suites, versions }) => ({
		draft: [drafts.get(1).draftContent, drafts.get(1).metadata],
		prompts: prompts.list().map(({ name, metadata }) => [name, metadata]),
		versions: versions.list('draft', 1).map(({ label, author }) => [label, author]),
		tested: results.list(1).map(({ testId }) => testId),
		suites: suites.list(),
		runs: runs.list(),
	}));
	assert.deepEqual(found, {
		draft: ['Sort the ticket.', { kind: 'assistant', favourite: true }],
		prompts: [
			['auspex_default', {}],
			['triage', { kind: 'assistant', tags: ['support'] }],
		],
		versions: [['First', 'program']],
		tested: ['kept'],
		suites: [],
		runs: [],
	});
}

describe('a store of schema 3', () => {
	it('is upgraded, and holds suites and runs from then on', async () => {
		const files = await fixtureStore('schema-3', folder);
		const store = await openTestStore(folder, files);
		assert.deepEqual([store.status.mode, store.status.damage], ['owner', []]);
		await assertUpgraded(store);
		const run = suiteRun({ runId: 'one' });
		await store.write(({ runs, suites }) => {
			suites.put({ ownerKind: 'draft', ownerId: 1, content: 'cases: []', now: time });
			runs.put(run);
		});
		await store.close();
		const again = await openTestStore(folder, files);
		assert.deepEqual(await again.read(({ runs, suites }) => [suites.get('draft', 1), runs.get('one')]), [
			'cases: []',
			run,
		]);
	});

	it('keeps its trash, which knows no suites', async () => {
		const store = await openTestStore(folder, await fixtureStore('schema-3', folder));
		await store.write(({ trash }) => trash.list().forEach(({ id }) => trash.restore(id)));
		const found = await store.read(({ drafts, prompts, suites }) => [
			drafts.get(2).draftContent,
			prompts.get('old').content,
			suites.list(),
		]);
		assert.deepEqual(found, ['Gone text', 'Old text', []]);
	});

	it('is whole after a power cut at any operation of the upgrade', async () => {
		await cutUpgrade(folder, await fixtureStore('schema-3', folder), assertUpgraded);
	});

	it('once upgraded, opens read-only in the version before', async () => {
		const before = await openUpgraded(folder, await fixtureStore('schema-3', folder), 3);
		assert.equal(await before.read(({ results }) => results.list(1).length), 1);
	});
});

describe('an export of schema 3', () => {
	it('is imported', async () => {
		const store = await openTestStore(folder, new SimulatedFiles());
		const { skipped } = await store.importAll(await fixtureExport('schema-3'));
		assert.deepEqual(skipped, []);
		await assertUpgraded(store);
	});
});
