import assert from 'node:assert/strict';
import { fixtureExport, fixtureStore } from '../../support/storage/fixtureStore.ts';
import { SimulatedFiles } from '../../support/storage/simulatedFiles.ts';
import { openTestStore, time, type TestStore } from '../../support/storage/testStore.ts';
import { cutUpgrade, openUpgraded } from '../../support/storage/upgrades.ts';

const folder = '/store';
const versions = [
	['Third text', 'extract', 'assistant', null],
	['Second text', 'save', 'user', 'Before the review'],
	['First text', 'created', 'user', null],
];
/** The text that each result tested. */
const tested = { 'of-second': 'Second text', 'of-third': 'Third text', 'of-none': null };

async function assertUpgraded(store: TestStore): Promise<void> {
	const found = await store.read((repositories) => ({
		versions: repositories.versions.list('draft', 1).map(({ id, reason, author, label, metadata }) => {
			assert.deepEqual(metadata, {});
			return [repositories.versions.get(id).content, reason, author, label];
		}),
		tested: Object.fromEntries(
			repositories.results
				.list(1)
				.map(({ testId, versionId }) => [
					testId,
					versionId === null ? null : repositories.versions.get(versionId).content,
				]),
		),
		prompts: repositories.prompts.list().map(({ name, metadata }) => [name, metadata]),
	}));
	assert.deepEqual(found, {
		versions,
		tested,
		prompts: [
			['auspex_default', {}],
			['analyst', {}],
		],
	});
}

describe('a store of schema 2', () => {
	it('is upgraded: versions keep their labels, results keep the version that they tested', async () => {
		const files = await fixtureStore('schema-2', folder);
		const store = await openTestStore(folder, files);
		assert.deepEqual([store.status.mode, store.status.damage], ['owner', []]);
		await assertUpgraded(store);
		const version = await store.write((repositories) =>
			repositories.versions.record({
				ownerKind: 'draft',
				ownerId: 1,
				content: 'Fourth text',
				reason: 'save',
				author: 'program',
				metadata: { kind: 'agent' },
				now: time,
			}),
		);
		// The id of the deleted draft's version is not given again.
		assert.deepEqual([version.id, version.author, version.metadata], [7, 'program', { kind: 'agent' }]);
		await store.close();
		assert.equal(
			await (
				await openTestStore(folder, files)
			).read((repositories) => repositories.versions.list('draft', 1).length),
			versions.length + 1,
		);
	});

	it('keeps its trash', async () => {
		const store = await openTestStore(folder, await fixtureStore('schema-2', folder));
		await store.write(({ trash }) => trash.list().forEach(({ id }) => trash.restore(id)));
		const [version] = await store.read((repositories) => repositories.versions.list('draft', 2));
		const result = await store.read(({ results }) => results.get('of-deleted'));
		assert.deepEqual([version?.reason, version?.metadata, result.versionId], ['import', {}, version?.id]);
	});

	it('is whole after a power cut at any operation of the upgrade', async () => {
		await cutUpgrade(folder, await fixtureStore('schema-2', folder), assertUpgraded);
	});

	it('once upgraded, opens read-only in the version before', async () => {
		const before = await openUpgraded(folder, await fixtureStore('schema-2', folder), 2);
		assert.equal(await before.read(({ results }) => results.list(1).length), 3);
	});
});

describe('an export of schema 2', () => {
	it('is imported, with the versions that its results tested', async () => {
		const store = await openTestStore(folder, new SimulatedFiles());
		const { skipped } = await store.importAll(await fixtureExport('schema-2'));
		assert.deepEqual(skipped, []);
		await assertUpgraded(store);
	});
});
