import assert from 'node:assert/strict';
import { nodeFiles } from '../../../src/disk/nodeFiles.ts';
import { openStore } from '../../../src/storage/openStore.ts';
import { temporaryFolder } from '../../support/storage/folders.ts';
import { loadSqlJs } from '../../support/storage/sql.ts';

describe('openStore', () => {
	const now = '2026-01-02T03:04:05.000Z';
	const seed = { name: 'auspex_default', title: 'Default', content: 'You are Auspex.', description: 'The default' };
	let folder: string;
	let remove: () => Promise<void>;

	const open = () => openStore({ folder, files: nodeFiles, initSqlJs: loadSqlJs, now: () => new Date(now), seed });

	beforeEach(async () => {
		({ folder, remove } = await temporaryFolder());
	});

	afterEach(() => remove());

	it('seeds a new store once', async () => {
		const first = await open();
		assert.equal(first.status.mode, 'owner');
		await first.close();
		const second = await open();
		const prompts = await second.read(({ prompts }) => prompts.list());
		assert.deepEqual(
			prompts.map(({ name, isDefault, versionCount }) => ({ name, isDefault, versionCount })),
			[{ name: 'auspex_default', isDefault: true, versionCount: 1 }],
		);
		await second.close();
	});

	it('finds after a crash what was acknowledged', async () => {
		const first = await open();
		const draft = await first.write(({ drafts }) => drafts.create({ draftName: 'One', draftContent: 'Text', now }));
		const second = await open();
		assert.deepEqual(await second.read(({ drafts }) => drafts.get(draft.id)), draft);
		await second.close();
		await first.close();
	});

	it('tells the transactions of the log from those since the store was made', async () => {
		const store = await open();
		const write = () => store.write(({ drafts }) => drafts.create({ draftName: null, draftContent: 'Text', now }));
		const counts = ({ status } = store) => [status.sequence, status.logTransactions];
		assert.deepEqual(counts(), [1, 1]);
		await write();
		await write();
		assert.deepEqual(counts(), [3, 3]);
		await store.checkpoint();
		assert.deepEqual(counts(), [3, 0]);
		await write();
		assert.deepEqual(counts(), [4, 1]);
		await store.close();
		const reopened = await open();
		assert.deepEqual(counts(reopened), [4, 1]);
		await reopened.close();
	});
});
