import assert from 'node:assert/strict';
import { fixtureExport, fixtureStore } from '../../support/storage/fixtureStore.ts';
import { SimulatedFiles } from '../../support/storage/simulatedFiles.ts';
import { openTestStore, time, type TestStore } from '../../support/storage/testStore.ts';
import { cutUpgrade, openUpgraded } from '../../support/storage/upgrades.ts';

const folder = '/store';

/** Holds every end of an answer that the first schema knew. */
const storeOfSchema1 = () => fixtureStore('schema-1', folder);

const messageEnds = [
	['Make it shorter', 'complete'],
	['Said in full', 'complete'],
	['Cut off', 'truncated'],
	['I cannot', 'refused'],
	['Let me call', 'tools'],
	['By the editor', 'complete'],
	['Half', 'stopped'],
	['Broke', 'failed'],
	['Lost', 'interrupted'],
];
/** Newest first: by order of arrival. */
const resultEnds = [
	['a-guide', 'complete', false],
	['lost', 'interrupted', true],
	['error', 'failed', true],
	['cancelled', 'stopped', true],
	['unknown', 'complete', true],
	['tools', 'tools', true],
	['refusal', 'refused', true],
	['length', 'truncated', true],
	['z-stop', 'complete', true],
];

async function assertUpgraded(store: TestStore): Promise<void> {
	const { messages, results, average } = await store.read(({ chats, drafts, results }) => ({
		messages: chats.messages(1).map(({ content, status }) => [content, status]),
		results: results.list(1).map(({ testId, status, isModel }) => [testId, status, isModel]),
		average: drafts.get(1).averageRating,
	}));
	assert.deepEqual(messages, messageEnds);
	assert.deepEqual(results, resultEnds);
	assert.equal(average, 4, 'the rating of the guide does not count');
}

describe('a store of schema 1', () => {
	it('is upgraded: every end gets its status, every result says whether a model gave it', async () => {
		const files = await storeOfSchema1();
		const store = await openTestStore(folder, files);
		assert.equal(store.status.mode, 'owner');
		assert.deepEqual(store.status.damage, []);
		await assertUpgraded(store);
		const kept = await store.read(({ results }) => results.get('z-stop'));
		assert.deepEqual(
			[kept.notes, kept.userRating, kept.usage, kept.versionId, kept.answeredModel],
			['Cites well', 4, { inputTokens: 10, outputTokens: 20 }, 2, null],
		);
		const added = await store.write(({ chats }) =>
			chats.addMessage({ chatId: 1, role: 'user', content: 'New', status: 'complete', now: time }),
		);
		assert.equal(added.id, 11, 'the id of a message that was deleted is not given again');
		await store.close();
		const again = await openTestStore(folder, files);
		assert.equal(await again.read(({ chats }) => chats.messages(1).length), messageEnds.length + 1);
		await again.close();
	});

	it('keeps its trash: what is put back gets the status that it would have been given', async () => {
		const store = await openTestStore(folder, await storeOfSchema1());
		const trash = await store.read(({ trash }) => trash.list().map(({ id }) => id));
		await store.write(({ trash: bin }) => trash.forEach((id) => bin.restore(id)));
		const [deleted, guide] = await store.read(({ results }) => [
			results.get('deleted'),
			results.get('deleted-guide'),
		]);
		assert.deepEqual([deleted?.status, deleted?.isModel], ['truncated', true]);
		assert.deepEqual([guide?.status, guide?.isModel], ['complete', false]);
	});

	it('is whole after a power cut at any operation of the upgrade', async () => {
		await cutUpgrade(folder, await storeOfSchema1(), assertUpgraded);
	});

	it('once upgraded, opens read-only in the version before, with everything in it', async () => {
		const before = await openUpgraded(folder, await storeOfSchema1(), 1);
		assert.equal(await before.read(({ results }) => results.list(1).length), resultEnds.length);
	});
});

describe('an export of schema 1', () => {
	it('is imported with every end in its status and the guide as no model', async () => {
		const store = await openTestStore(folder, new SimulatedFiles());
		const json = await fixtureExport('schema-1');
		const summary = await store.importAll(json);
		assert.deepEqual([summary.results, summary.skipped], [resultEnds.length, []]);
		await assertUpgraded(store);
	});
});
