import assert from 'node:assert/strict';
import { loadStorage } from '../../support/storage/shipped.ts';
import { type SmallDisk, mountSmallDisk } from '../../support/storage/smallDisk.ts';
import { loadSqlJs, loadWasm } from '../../support/storage/sql.ts';
import { type TestStore, seed, time } from '../../support/storage/testStore.ts';

const full = /^AppError: Not saved\. The disk is full\. Free some space and save again\.$/;

describe('a disk that is really full, or read-only', function () {
	this.timeout(60_000);
	let disk: SmallDisk;
	let stores: TestStore[];
	let count = 0;
	let folder: string;

	before(async function () {
		const mounted = await mountSmallDisk(4);
		if (typeof mounted === 'string') {
			console.log(`      skipped: ${mounted}`);
			this.skip();
		}
		disk = mounted;
	});

	after(() => disk?.remove());

	beforeEach(async () => {
		stores = [];
		folder = `${disk.folder}/store-${++count}`;
		await disk.free();
	});

	afterEach(async () => {
		await disk.free();
		await Promise.all(stores.map((store) => store.close()));
	});

	async function open(): Promise<TestStore> {
		const { openStore, nodeFiles, snapshotWorker } = await loadStorage();
		const store = await openStore({
			folder,
			files: nodeFiles,
			buildSnapshot: snapshotWorker(loadWasm),
			initSqlJs: loadSqlJs,
			now: () => new Date(time),
			seed,
			every: () => ({ dispose: () => undefined }),
		});
		stores.push(store);
		return store;
	}

	const write = (store: TestStore, draftContent: string) =>
		store.write(({ drafts }) => drafts.create({ draftName: null, draftContent, now: time }));

	const texts = (store: TestStore) =>
		store.read(({ drafts }) =>
			drafts
				.list()
				.map(({ id }) => drafts.get(id).draftContent)
				.reverse(),
		);

	/** Saves until nothing fits any more; what was acknowledged. */
	async function writeUntilFull(store: TestStore): Promise<string[]> {
		const acknowledged: string[] = [];
		for (;;) {
			const text = `${acknowledged.length}: ${'a text that takes its place '.repeat(300)}`;
			try {
				await write(store, text);
			} catch (error) {
				assert.match(String(error), full);
				return acknowledged;
			}
			acknowledged.push(text);
		}
	}

	it('a save that does not fit is refused and changes nothing; with space again it succeeds [fault 2]', async () => {
		const store = await open();
		await disk.fill(200_000);
		const acknowledged = await writeUntilFull(store);
		assert.ok(acknowledged.length > 5, String(acknowledged.length));
		assert.deepEqual(await texts(store), acknowledged);
		assert.equal(store.status.mode, 'not-saving');
		assert.match(store.status.reason ?? '', /^The disk is full\. Free some space and save again\.$/);
		await assert.rejects(write(store, 'again'), full);

		await disk.free();
		await write(store, 'again');
		assert.equal(store.status.mode, 'owner');
		await store.close();
		const reopened = await open();
		assert.deepEqual(await texts(reopened), [...acknowledged, 'again']);
		assert.deepEqual(reopened.status.damage, []);
	});

	it('opens with everything while the disk is still full, and saves when it is not', async () => {
		const store = await open();
		await disk.fill(200_000);
		const acknowledged = await writeUntilFull(store);
		await store.close();

		await disk.fill();
		const reopened = await open();
		assert.deepEqual(await texts(reopened), acknowledged);
		assert.deepEqual(reopened.status.damage, []);
		await assert.rejects(write(reopened, 'again'), full);
		const files = await reopened.exportAll();
		assert.ok(files.some(({ text }) => text.includes(acknowledged.at(-1) ?? '')));

		await disk.free();
		await write(reopened, 'again');
		await reopened.close();
		assert.deepEqual(await texts(await open()), [...acknowledged, 'again']);
	});

	it('a snapshot that does not fit loses nothing, whatever of it fitted', async () => {
		const store = await open();
		const acknowledged: string[] = [];
		for (let index = 0; index < 20; index++) {
			acknowledged.push(`${index}: ${'text '.repeat(4000)}`);
			await write(store, acknowledged.at(-1) ?? '');
		}
		for (const spare of [0, 4096, 8192, 100_000, 500_000]) {
			await disk.fill(spare);
			await assert.rejects(
				store.checkpoint(),
				/^AppError: The snapshot was not written; saved changes are safe in the log\. The disk is full\./,
				`with ${spare} bytes left`,
			);
			assert.deepEqual(await texts(store), acknowledged);
			await disk.free();
			acknowledged.push(`after ${spare}`);
			await write(store, acknowledged.at(-1) ?? '');
		}
		await store.checkpoint();
		await store.close();
		const reopened = await open();
		assert.deepEqual(await texts(reopened), acknowledged);
		assert.deepEqual(reopened.status.damage, []);
	});

	it('mounted read-only, opens with everything, exports and refuses to save [fault 3]', async () => {
		const store = await open();
		await write(store, 'before');
		await store.close();
		await disk.remount('ro');
		const reader = await open();
		try {
			assert.equal(reader.status.mode, 'read-only');
			assert.match(
				reader.status.reason ?? '',
				/on a read-only file system\. Export your data to keep changes\.$/,
			);
			assert.deepEqual(await texts(reader), ['before']);
			assert.ok((await reader.exportAll()).some(({ text }) => text.includes('before')));
			await assert.rejects(
				write(reader, 'again'),
				/^AppError: Not saved\. The storage folder is on a read-only file/,
			);
		} finally {
			await disk.remount('rw');
		}
		await write(reader, 'again');
		assert.deepEqual(await texts(reader), ['before', 'again']);
	});

	it('a full answer that does not fit is refused and leaves nothing half', async () => {
		const store = await open();
		const kept = await store.blobs.put('kept');
		// Noise does not get smaller when it is compressed.
		const noise = Array.from(crypto.getRandomValues(new Uint32Array(16_384)), String).join(' ');
		await disk.fill(20_000);
		await assert.rejects(store.blobs.put(noise), /^AppError: Not saved\. The disk is full/);
		assert.equal(await store.blobs.get(kept), 'kept');
		await disk.free();
		assert.equal(await store.blobs.get(await store.blobs.put(noise)), noise);
	});
});
