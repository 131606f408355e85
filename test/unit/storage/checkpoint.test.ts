import assert from 'node:assert/strict';
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type SnapshotBuilder, buildSnapshot } from '../../../src/storage/buildSnapshot.ts';
import { LogWriter } from '../../../src/storage/logWriter.ts';
import { nodeFiles } from '../../../src/disk/nodeFiles.ts';
import { openStore } from '../../../src/storage/openStore.ts';
import { writeSnapshot } from '../../../src/storage/snapshots.ts';
import { snapshotWorker } from '../../../src/storage/startSnapshotWorker.ts';
import { temporaryFolder } from '../../support/storage/folders.ts';
import { testResult } from '../../support/storage/everyMethod.ts';
import { SimulatedFiles } from '../../support/storage/simulatedFiles.ts';
import { loadSqlJs, loadWasm } from '../../support/storage/sql.ts';
import { SimulatedOwners, type TestStore, dump, openTestStore, seed, time } from '../../support/storage/testStore.ts';

const folder = '/store';
const write = (store: TestStore, draftContent: string) =>
	store.write(({ drafts }) => drafts.create({ draftName: null, draftContent, now: time }));
const count = (store: TestStore) => store.read(({ drafts }) => drafts.list().length);

describe('a checkpoint', () => {
	/** A store whose snapshots wait until `proceed` is called; `begun` resolves when the first one waits. */
	async function slowStore(files: SimulatedFiles, owners = new SimulatedOwners()) {
		let proceed: () => void = () => undefined;
		let begin: () => void = () => undefined;
		const begun = new Promise<void>((resolve) => (begin = resolve));
		const gate = new Promise<void>((resolve) => (proceed = resolve));
		const store = await openTestStore(folder, files, owners, undefined, {
			buildSnapshot: async (request) => {
				begin();
				await gate;
				return buildSnapshot(files, await loadSqlJs(), request);
			},
		});
		return { store, begun, proceed };
	}

	it('holds what was written before it began, and what comes meanwhile is in the log', async () => {
		const files = new SimulatedFiles();
		const { store, begun, proceed } = await slowStore(files);
		await write(store, 'before');
		const { sequence } = store.status;
		const checkpoint = store.checkpoint();
		await begun;
		await write(store, 'meanwhile');
		proceed();
		await checkpoint;
		const info = JSON.parse(new TextDecoder().decode(await files.read(`${folder}/snapshot-2.json`))) as {
			sequence: number;
		};
		assert.equal(info.sequence, sequence);
		const restarted = await openTestStore(folder, files.copy());
		assert.equal(await dump(restarted), await dump(store));
		assert.deepEqual(restarted.status.damage, []);
	});

	it('keeps what was deleted, with its stored answer, for Undo', async () => {
		const files = new SimulatedFiles();
		const store = await openTestStore(folder, files);
		const responseRef = await store.blobs.put('the full answer');
		const { id, trashId, before } = await store.write(({ drafts, results, versions, trash }) => {
			const { id } = drafts.create({ draftName: 'gone', draftContent: 'text', now: time });
			versions.record({
				ownerKind: 'draft',
				ownerId: id,
				content: 'text',
				reason: 'save',
				author: 'user',
				now: time,
			});
			results.put(testResult({ testId: 'test', draftId: id, responseRef }));
			return { id, before: [drafts.get(id), results.list(id)], trashId: trash.removeDraft(id, time) };
		});
		for (let generation = 0; generation < 3; generation++) {
			await store.checkpoint();
		}
		await store.close();
		const reopened = await openTestStore(folder, files);
		await reopened.blobs.prune(new Date(0));
		await reopened.write(({ trash }) => trash.restore(trashId));
		const after = await reopened.read(({ drafts, results }) => [drafts.get(id), results.list(id)]);
		assert.deepEqual(after, before);
		assert.equal(await reopened.blobs.get(responseRef), 'the full answer');
	});

	it('is finished while another window has the store, and then clears nothing away', async () => {
		const files = new SimulatedFiles();
		const owners = new SimulatedOwners();
		const first = await openTestStore(folder, files, owners);
		await write(first, 'one');
		await first.checkpoint();
		await first.close();
		const { store, begun, proceed } = await slowStore(files, owners);
		await write(store, 'two');
		const checkpoint = store.checkpoint();
		await begun;
		const next = await openTestStore(folder, files, owners);
		await write(next, 'three');
		proceed();
		await checkpoint;
		assert.ok(files.paths.includes(`${folder}/log-1.jsonl`), 'cleared away by a window that is not the owner');
		assert.ok(files.paths.includes(`${folder}/snapshot-3.json`));
		for (const window of [store, next, await openTestStore(folder, files.copy())]) {
			assert.equal(await count(window), 3);
			assert.deepEqual(window.status.damage, []);
		}
	});

	it('is void when the folder was emptied and another window has begun a new store in it', async () => {
		const files = new SimulatedFiles();
		const { store, begun, proceed } = await slowStore(files);
		await write(store, 'one');
		await write(store, 'two');
		const checkpoint = store.checkpoint();
		const rejected = assert.rejects(checkpoint, /The snapshot was not written/);
		await begun;
		for (const path of files.paths) {
			files.damage(path, () => undefined);
		}
		const other = await openTestStore(folder, files, new SimulatedOwners());
		await write(other, 'new');
		proceed();
		await rejected;
		const restarted = await openTestStore(folder, files.copy());
		assert.equal(await count(restarted), 1);
		assert.deepEqual(restarted.status.damage, []);
	});

	it('leaves alone the snapshot of another log that has come to bear its number', async () => {
		const files = new SimulatedFiles();
		const point = { sequence: 3, crc: '01234567' };
		await LogWriter.create(files, folder, { generation: 2, point: { ...point, crc: '76543210' } }, 'other');
		const snapshot = { generation: 2, bytes: new Uint8Array(512), schema: 1, point };
		await assert.rejects(writeSnapshot(files, folder, snapshot, 'late'), /The log of the snapshot 2 is gone/);
		assert.deepEqual(files.paths, [`${folder}/log-2.jsonl`]);
	});

	it('counts only while its log is there', async () => {
		const files = new SimulatedFiles();
		const store = await openTestStore(folder, files);
		await write(store, 'one');
		files.onOperation = (operation, path) => {
			if (operation === 'rename' && path.endsWith('snapshot-2.db')) {
				files.onOperation = () => undefined;
				files.damage(`${folder}/log-2.jsonl`, () => undefined);
			}
		};
		await assert.rejects(store.checkpoint(), /The log of the snapshot 2 is gone/);
		assert.ok(!files.paths.includes(`${folder}/snapshot-2.json`));
	});

	for (const [what, damage] of Object.entries({
		'a log with a broken line': (files: SimulatedFiles) =>
			files.damage(`${folder}/log-2.jsonl`, (bytes) => bytes.with(bytes.length - 20, 1)),
		'a log without its last record': (files: SimulatedFiles) =>
			files.damage(`${folder}/log-2.jsonl`, (bytes) => bytes.slice(0, bytes.lastIndexOf(10, -2) + 1)),
		'all snapshots and their first logs': (files: SimulatedFiles) => {
			files.damage(`${folder}/log-1.jsonl`, () => undefined);
			files.damage(`${folder}/snapshot-2.db`, (bytes) => bytes.with(5000, (bytes[5000] ?? 0) ^ 1));
		},
	})) {
		it(`that finds ${what} damaged has memory written out: by the next write`, async () => {
			const { files, store } = await rotten(damage);
			await write(store, 'three');
			await assertAllThere(files, store, 3);
		});

		it(`that finds ${what} damaged has memory written out: in the background`, async () => {
			const { files, store, watch } = await rotten(damage);
			watch();
			await assertAllThere(files, store, 2);
		});

		it(`that finds ${what} damaged has memory written out: by the closing`, async () => {
			const { files, store } = await rotten(damage);
			const before = await dump(store);
			await store.close();
			const restarted = await openTestStore(folder, files.copy());
			assert.equal(await dump(restarted), before);
			assert.deepEqual(restarted.status.damage, []);
		});
	}

	/** Two drafts, a snapshot between them, and files that went bad under the open store, as a checkpoint has found. */
	async function rotten(damage: (files: SimulatedFiles) => void) {
		const files = new SimulatedFiles();
		let watch: () => void = () => undefined;
		const store = await openTestStore(folder, files, undefined, undefined, {
			every: (_, work) => {
				watch = work;
				return { dispose: () => undefined };
			},
		});
		await write(store, 'one');
		await store.checkpoint();
		await write(store, 'two');
		damage(files);
		await assert.rejects(store.checkpoint(), /The files of the store can no longer be read/);
		return { files, store, watch };
	}

	async function assertAllThere(files: SimulatedFiles, store: TestStore, drafts: number): Promise<void> {
		assert.equal(await count(store), drafts);
		assert.equal(store.status.mode, 'owner');
		const restarted = await openTestStore(folder, files.copy());
		assert.equal(await dump(restarted), await dump(store));
		assert.deepEqual(restarted.status.damage, []);
	}

	it('that finds only the newest snapshot damaged is built on the one before, and keeps that', async () => {
		const files = new SimulatedFiles();
		const messages: string[] = [];
		const store = await openTestStore(folder, files, undefined, (level, message) =>
			messages.push(`${level} ${message}`),
		);
		for (const text of ['one', 'two']) {
			await write(store, text);
			await store.checkpoint();
		}
		files.damage(`${folder}/snapshot-3.db`, (bytes) => bytes.with(5000, (bytes[5000] ?? 0) ^ 1));
		await write(store, 'three');
		await store.checkpoint();
		assert.match(messages.join('\n'), /warn Found at a checkpoint: snapshot-3\.db: .*checksum does not match/);
		files.damage(`${folder}/snapshot-4.db`, (bytes) => bytes.with(5000, (bytes[5000] ?? 0) ^ 1));
		assert.equal(await count(await openTestStore(folder, files.copy())), 3);
	});
});

describe('a checkpoint in a thread of its own', function () {
	this.timeout(30_000);
	let place: { folder: string; remove: () => Promise<void> };
	let messages: string[];
	let store: TestStore;

	beforeEach(async () => {
		place = await temporaryFolder();
		messages = [];
	});

	afterEach(async () => {
		await store.close();
		await place.remove();
	});

	async function open(build: SnapshotBuilder): Promise<TestStore> {
		store = await openStore({
			folder: place.folder,
			files: nodeFiles,
			owners: new SimulatedOwners(),
			initSqlJs: loadSqlJs,
			buildSnapshot: build,
			now: () => new Date(time),
			seed,
			every: () => ({ dispose: () => undefined }),
			log: (level, message) => messages.push(`${level} ${message}`),
		});
		return store;
	}

	it('gives the same bytes as in this one', async () => {
		await open(snapshotWorker(loadWasm));
		await write(store, 'one');
		await store.checkpoint();
		await write(store, 'two');
		await store.checkpoint();
		assert.ok(store.status.snapshotBytes > 0);
		assert.equal(store.status.logBytes, 0);
		const path = join(place.folder, 'snapshot-3.db');
		const written = await readFile(path);
		const point = JSON.parse(await readFile(join(place.folder, 'snapshot-3.json'), 'utf8')) as {
			sequence: number;
			crc: string;
		};
		await rm(join(place.folder, 'snapshot-3.json'));
		const request = { folder: place.folder, generation: 3, point, unique: 'again' };
		const outcome = await buildSnapshot(nodeFiles, await loadSqlJs(), request);
		assert.deepEqual(outcome, { size: written.length, base: 2, damage: [] });
		assert.deepEqual(await readFile(path), written);
	});

	it('closing waits for it', async () => {
		await open(snapshotWorker(loadWasm));
		await write(store, 'one');
		const checkpoint = store.checkpoint();
		await write(store, 'two');
		await store.close();
		assert.ok((await readdir(place.folder)).includes('snapshot-2.json'));
		await checkpoint;
		await open(snapshotWorker(loadWasm));
		assert.equal(await count(store), 2);
		assert.deepEqual(store.status.damage, []);
	});

	it('that finds the files damaged says so across the threads', async () => {
		await open(snapshotWorker(loadWasm));
		await write(store, 'one');
		const log = join(place.folder, 'log-1.jsonl');
		await writeFile(log, (await readFile(log)).subarray(0, -10));
		await assert.rejects(store.checkpoint(), /The files of the store can no longer be read/);
		await write(store, 'two');
		assert.equal(await count(store), 2);
	});

	const unstartable = () => Promise.resolve((() => undefined) as unknown as Uint8Array);
	const killNext = () => process.once('worker', (worker) => void worker.terminate());
	for (const [what, load, prepare, reason] of [
		['does not start', unstartable, () => undefined, /could not be cloned/],
		['dies', loadWasm, killNext, /The thread that writes snapshots ended with code \d/],
	] as const) {
		it(`that ${what} is a warning, and the store goes on`, async () => {
			await open(snapshotWorker(load));
			await write(store, 'one');
			prepare();
			await assert.rejects(store.checkpoint(), reason);
			assert.match(messages.join('\n'), /warn The snapshot was not written, the log goes on: /);
			assert.equal(store.status.mode, 'owner');
			await write(store, 'two');
			await store.close();
			await open(snapshotWorker(loadWasm));
			assert.equal(await count(store), 2);
			assert.deepEqual(store.status.damage, []);
			await store.checkpoint();
		});
	}
});
