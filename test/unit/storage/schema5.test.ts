import assert from 'node:assert/strict';
import { suiteRun } from '../../support/storage/everyMethod.ts';
import { fixtureExport, fixtureStore } from '../../support/storage/fixtureStore.ts';
import { SimulatedFiles } from '../../support/storage/simulatedFiles.ts';
import { openTestStore, time, type TestStore } from '../../support/storage/testStore.ts';
import { cutUpgrade, openUpgraded } from '../../support/storage/upgrades.ts';

const folder = '/store';

async function assertUpgraded(store: TestStore): Promise<void> {
	const found = await store.read(({ drafts, runs }) => ({
		draft: drafts.get(1).draftContent,
		runs: runs.list().map(({ runId, blessedAt, variants }) => [runId, blessedAt, variants[0]?.rate]),
		// What no version of before has written.
		known: runs
			.list()
			.flatMap(({ isImported, variants }) => [isImported, ...variants.map(({ measures }) => measures)])
			.filter((value) => value !== undefined),
	}));
	assert.deepEqual(found, {
		draft: 'Sort the ticket.',
		runs: [
			['three', time, 0.5],
			['two', undefined, undefined],
			['one', undefined, undefined],
		],
		known: [],
	});
}

describe('a store of schema 5', () => {
	it('is upgraded; runs have tokens and times, and say whether another tool made them, from then on', async () => {
		const files = await fixtureStore('schema-5', folder);
		const store = await openTestStore(folder, files);
		assert.deepEqual([store.status.mode, store.status.damage], ['owner', []]);
		await assertUpgraded(store);
		const run = suiteRun({ runId: 'four', isImported: true });
		const measures = { inputTokens: 1_200, outputTokens: 80, withTokens: 3, medianMs: 812.5, withTime: 4 };
		const untimed = { ...measures, medianMs: null, withTime: 0 };
		const measured = {
			...run,
			variants: run.variants.map((one, index) => ({ ...one, measures: index === 0 ? measures : untimed })),
		};
		await store.write(({ runs }) => runs.put(measured));
		await store.close();
		const again = await openTestStore(folder, files);
		assert.deepEqual(await again.read(({ runs }) => runs.get('four')), measured);
	});

	it('is whole after a power cut at any operation of the upgrade', async () => {
		await cutUpgrade(folder, await fixtureStore('schema-5', folder), assertUpgraded);
	});

	it('once upgraded, opens read-only in the version before', async () => {
		const before = await openUpgraded(folder, await fixtureStore('schema-5', folder), 5);
		assert.equal(await before.read(({ runs }) => runs.list().length), 3);
	});
});

describe('an export of schema 5', () => {
	it('is imported, but for its runs', async () => {
		const store = await openTestStore(folder, new SimulatedFiles());
		const { skipped } = await store.importAll(await fixtureExport('schema-5'));
		assert.deepEqual(
			skipped.map(({ what }) => what),
			['2 runs of suites'],
		);
		assert.equal(await store.read(({ suites }) => suites.get('draft', 1)), 'cases: []');
	});
});
