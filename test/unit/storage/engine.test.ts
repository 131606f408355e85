import assert from 'node:assert/strict';
import type { SqlJsStatic, Statement } from 'sql.js';
import { openStore } from '../../../src/storage/openStore.ts';
import { SimulatedFiles } from '../../support/storage/simulatedFiles.ts';
import { loadSqlJs } from '../../support/storage/sql.ts';
import { SimulatedOwners, type TestStore, dump, openTestStore, seed, time } from '../../support/storage/testStore.ts';

const folder = '/store';
const write = (store: TestStore, draftContent: string) =>
	store.write(({ drafts }) => drafts.create({ draftName: null, draftContent, now: time }));
const count = (store: TestStore) => store.read(({ drafts }) => drafts.list().length);

describe('the engine', () => {
	/** A store whose next execution of a statement that matches fails. */
	async function failingStore(files: SimulatedFiles) {
		const sqlJs = await loadSqlJs();
		const failure: { at?: RegExp; error?: Error } = {};
		class FailingDatabase extends sqlJs.Database {
			override prepare(sql: string): Statement {
				const statement = super.prepare(sql);
				const step = statement.step.bind(statement);
				statement.step = () => {
					if (failure.at?.test(sql)) {
						delete failure.at;
						throw failure.error ?? new Error('failed');
					}
					return step();
				};
				return statement;
			}
		}
		const failing: SqlJsStatic = { ...sqlJs, Database: FailingDatabase };
		const store = await openStore({
			folder,
			initSqlJs: failing,
			files,
			owners: new SimulatedOwners(),
			now: () => new Date(time),
			seed,
			every: () => ({ dispose: () => undefined }),
		});
		return { store, failure };
	}

	it('a COMMIT that fails behind the sync is committed all the same: the store is read anew', async () => {
		const files = new SimulatedFiles();
		const { store, failure } = await failingStore(files);
		failure.at = /^COMMIT/;
		const draft = await write(store, 'one');
		assert.equal(await store.read(({ drafts }) => drafts.get(draft.id).draftContent), 'one');
		await write(store, 'two');
		assert.equal(await count(store), 2);
		assert.equal(await count(await openTestStore(folder, files.copy())), 2);
	});

	it('a write that waits for something is refused', async () => {
		const store = await openTestStore(folder, new SimulatedFiles());
		await assert.rejects(
			store.write(async ({ drafts }) => drafts.create({ draftName: null, draftContent: 'x', now: time })),
			/must not wait/,
		);
		assert.equal(await count(store), 0);
	});

	it('an engine that aborts is started again, and the write is reported as not saved [fault 17]', async () => {
		const { store, failure } = await failingStore(new SimulatedFiles());
		await write(store, 'one');
		failure.at = /^INSERT/;
		failure.error = Object.assign(new Error('memory access out of bounds'), { name: 'RuntimeError' });
		await assert.rejects(
			write(store, 'two'),
			/The database engine ran out of memory and was restarted\. Try again\./,
		);
		assert.equal(await count(store), 1);
		await write(store, 'two');
		assert.equal(await count(store), 2);
	});

	it('a snapshot that cannot be read back clears nothing away', async () => {
		const files = new SimulatedFiles();
		const store = await openTestStore(folder, files);
		await write(store, 'one');
		await store.checkpoint();
		await write(store, 'two');
		files.onOperation = (operation, path) => {
			if (operation === 'read' && path.endsWith('snapshot-3.db')) {
				files.damage(path, (bytes) => bytes.with(5000, (bytes[5000] ?? 0) ^ 1));
			}
		};
		await assert.rejects(
			store.checkpoint(),
			/^AppError: The snapshot was not written; saved changes are safe in the log/,
		);
		files.onOperation = () => undefined;
		assert.ok(files.paths.includes(`${folder}/log-1.jsonl`));
		const restarted = await openTestStore(folder, files.copy());
		assert.equal(await dump(restarted), await dump(store));
	});

	it('keeps two generations with their logs, not more', async () => {
		const files = new SimulatedFiles();
		const store = await openTestStore(folder, files);
		for (let round = 0; round < 5; round++) {
			await write(store, 'x');
			await store.checkpoint();
		}
		const names = files.paths
			.map((path) => path.slice(folder.length + 1))
			.filter((name) => /^(snap|log)/.test(name));
		assert.deepEqual(names, [
			'log-5.jsonl',
			'log-6.jsonl',
			'snapshot-5.db',
			'snapshot-5.json',
			'snapshot-6.db',
			'snapshot-6.json',
		]);
	});

	it('a snapshot asked for while another is being written holds what came since', async () => {
		const store = await openTestStore(folder, new SimulatedFiles());
		const first = store.checkpoint();
		await write(store, 'since');
		assert.ok(store.status.logBytes > 0);
		await store.checkpoint();
		assert.equal(store.status.logBytes, 0);
		await first;
	});

	it('a snapshot whose sequence number was changed is not believed', async () => {
		const files = new SimulatedFiles();
		const store = await openTestStore(folder, files);
		await write(store, 'one');
		await store.checkpoint();
		await write(store, 'two');
		files.damage(`${folder}/snapshot-2.json`, (bytes) => {
			const text = new TextDecoder().decode(bytes);
			return new TextEncoder().encode(text.replace('"sequence":2', '"sequence":1'));
		});
		assert.equal(await count(await openTestStore(folder, files.copy())), 2);
	});

	it('a window that reads while the owner clears generations away finds everything', async () => {
		const files = new SimulatedFiles();
		const owners = new SimulatedOwners();
		const owner = await openTestStore(folder, files, owners);
		await write(owner, 'one');
		await owner.checkpoint();
		const listing = await files.list(folder);
		// The reader gets a listing from before the next two snapshots.
		await write(owner, 'two');
		await owner.checkpoint();
		await write(owner, 'three');
		await owner.checkpoint();
		let stale = true;
		const behind = new Proxy(files, {
			get(target, property) {
				if (property === 'list' && stale) {
					stale = false;
					return () => Promise.resolve(listing);
				}
				const member: unknown = Reflect.get(target, property);
				return typeof member === 'function' ? (member.bind(target) as unknown) : member;
			},
		});
		const reader = await openTestStore(folder, behind, owners);
		assert.equal(await count(reader), 3);
		assert.deepEqual(reader.status.damage, []);
	});

	it('a window that reads a log just before the owner begins the next one finds everything', async () => {
		const files = new SimulatedFiles();
		const owners = new SimulatedOwners();
		const owner = await openTestStore(folder, files, owners);
		await write(owner, 'one');
		let first = true;
		const slow = new Proxy(files, {
			get(target, property) {
				const member: unknown = Reflect.get(target, property);
				if (property !== 'stat') {
					return typeof member === 'function' ? (member.bind(target) as unknown) : member;
				}
				return async (path: string) => {
					const found = await target.stat(path);
					if (first && path.endsWith('log-1.jsonl')) {
						first = false;
						await write(owner, 'two');
						await owner.checkpoint();
						await write(owner, 'three');
					}
					return found;
				};
			},
		});
		const reader = await openTestStore(folder, slow, owners);
		assert.deepEqual(reader.status.damage, []);
		assert.equal(await count(reader), 3);
	});

	it('after a failed sync goes on in a new log, with a snapshot', async () => {
		const files = new SimulatedFiles();
		const store = await openTestStore(folder, files);
		await write(store, 'one');
		const { generation } = store.status;
		files.onOperation = (operation, path) => {
			if (operation === 'sync' && path.endsWith('.jsonl')) {
				files.onOperation = () => undefined;
				throw Object.assign(new Error('sync failed'), { code: 'EIO' });
			}
		};
		await assert.rejects(write(store, 'two'), /Not saved/);
		await write(store, 'two');
		assert.ok(store.status.generation > generation);
		assert.ok(files.paths.includes(`${folder}/snapshot-${store.status.generation}.json`));
	});

	it('several windows that open an empty folder at once make one store', async () => {
		const files = new SimulatedFiles();
		const owners = new SimulatedOwners();
		const stores = await Promise.all([1, 2, 3].map(() => openTestStore(folder, files, owners)));
		await Promise.all(stores.map((store) => write(store, 'x')));
		for (const store of stores) {
			assert.equal(await count(store), 3);
			assert.equal(await store.read(({ prompts }) => prompts.list().length), 1);
		}
		assert.equal(stores.filter((store) => store.status.mode === 'owner').length, 1);
	});

	it('a new owner clears away what killed windows left unfinished', async () => {
		const files = new SimulatedFiles();
		for (const name of ['snapshot-2.db.dead.tmp', 'owner.1.dead.tmp', 'log-2.jsonl.dead.tmp']) {
			await files.open(`${folder}/${name}`, 'create');
		}
		await openTestStore(folder, files);
		assert.deepEqual(
			files.paths.filter((path) => path.endsWith('.tmp')),
			[],
		);
	});
});
