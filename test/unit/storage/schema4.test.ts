import assert from 'node:assert/strict';
import { suiteRun } from '../../support/storage/everyMethod.ts';
import { fixtureExport, fixtureStore } from '../../support/storage/fixtureStore.ts';
import { SimulatedFiles } from '../../support/storage/simulatedFiles.ts';
import { openTestStore, time, type TestStore } from '../../support/storage/testStore.ts';
import { cutUpgrade, openUpgraded } from '../../support/storage/upgrades.ts';

const folder = '/store';

async function assertUpgraded(store: TestStore): Promise<void> {
	const found = await store.read(({ drafts, runs, suites }) => ({
		draft: drafts.get(1).draftContent,
		suite: suites.get('draft', 1),
		runs: runs.list().map(({ runId, status, variants }) => [runId, status, variants.map(({ passed }) => passed)]),
		// What no version of before has written.
		known: runs
			.list()
			.flatMap(({ blessedAt, variants }) => [blessedAt, ...variants.flatMap(({ rate, worth }) => [rate, worth])])
			.filter((value) => value !== undefined),
	}));
	assert.deepEqual(found, {
		draft: 'Sort the ticket.',
		suite: 'cases: []',
		runs: [
			['two', 'stopped', suiteRun({ runId: 'two' }).variants.map(({ passed }) => passed)],
			['one', 'complete', [10, 10]],
		],
		known: [],
	});
}

describe('a store of schema 4', () => {
	it('is upgraded; a run can be blessed, and has rates from then on', async () => {
		const files = await fixtureStore('schema-4', folder);
		const store = await openTestStore(folder, files);
		assert.deepEqual([store.status.mode, store.status.damage], ['owner', []]);
		await assertUpgraded(store);
		const run = suiteRun({ runId: 'three' });
		const rated = { ...run, variants: run.variants.map((one) => ({ ...one, rate: 0.5, worth: 4 })) };
		await store.write(({ runs }) => {
			runs.put(rated);
			runs.bless('three', time);
		});
		await store.close();
		const again = await openTestStore(folder, files);
		assert.deepEqual(await again.read(({ runs }) => runs.get('three')), { ...rated, blessedAt: time });
	});

	it('is whole after a power cut at any operation of the upgrade', async () => {
		await cutUpgrade(folder, await fixtureStore('schema-4', folder), assertUpgraded);
	});

	it('once upgraded, opens read-only in the version before', async () => {
		const before = await openUpgraded(folder, await fixtureStore('schema-4', folder), 4);
		assert.equal(await before.read(({ runs }) => runs.list().length), 2);
	});
});

describe('an export of schema 4', () => {
	it('is imported, but for its runs', async () => {
		const store = await openTestStore(folder, new SimulatedFiles());
		const { skipped } = await store.importAll(await fixtureExport('schema-4'));
		assert.deepEqual(
			skipped.map(({ what }) => what),
			['2 runs of suites'],
		);
		assert.equal(await store.read(({ suites }) => suites.get('draft', 1)), 'cases: []');
	});
});
