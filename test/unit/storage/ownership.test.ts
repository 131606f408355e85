import assert from 'node:assert/strict';
import type { OpenFile, DiskFiles } from '../../../src/disk/files.ts';
import { killable } from '../../support/storage/killable.ts';
import { SimulatedFiles } from '../../support/storage/simulatedFiles.ts';
import { SimulatedOwners, type TestStore, dump, openTestStore, time } from '../../support/storage/testStore.ts';

const folder = '/store';
const write = (store: TestStore, draftContent: string) =>
	store.write(({ drafts }) => drafts.create({ draftName: null, draftContent, now: time }));
const count = (store: TestStore) => store.read(({ drafts }) => drafts.list().length);

describe('ownership', () => {
	it('passes on demand, in the same log, and both see everything [fault 5]', async () => {
		const files = new SimulatedFiles();
		const owners = new SimulatedOwners();
		const [a, b] = [await openTestStore(folder, files, owners), await openTestStore(folder, files, owners)];
		const { generation } = a.status;
		for (let round = 0; round < 3; round++) {
			await write(a, 'a');
			await write(b, 'b');
		}
		assert.equal(await dump(a), await dump(b));
		assert.equal(b.status.generation, generation, 'a clean hand-over needs no new log');
		assert.deepEqual([a.status.mode, b.status.mode], ['following', 'owner']);
		await a.close();
		await b.close();
	});

	it('many writes of two windows at once all arrive', async () => {
		const files = new SimulatedFiles();
		const owners = new SimulatedOwners();
		const [a, b] = [await openTestStore(folder, files, owners), await openTestStore(folder, files, owners)];
		await Promise.all(Array.from({ length: 10 }, (_, index) => write(index % 2 === 0 ? a : b, 'x')));
		assert.equal(await count(a), 10);
		assert.equal(await count(b), 10);
	});

	it('a store held on another machine opens read-only, and is taken over only when the user says so', async () => {
		const files = new SimulatedFiles();
		const far = await openTestStore(folder, files, new SimulatedOwners(new Map(), 'far-away'));
		await write(far, 'x');
		const near = await openTestStore(folder, files, new SimulatedOwners(new Map(), 'here'));
		assert.equal(near.status.mode, 'read-only');
		assert.equal(near.status.ownerSilent, true);
		assert.match(near.status.reason ?? '', /another machine \(far-away\)/);
		await assert.rejects(write(near, 'y'), /^AppError: Not saved\. The store is in use on another machine/);
		assert.equal(await count(near), 1);
		await near.fence();
		await write(near, 'y');
		assert.equal(near.status.mode, 'owner');
		await assert.rejects(write(far, 'z'), /Another window has taken over|in use on another machine/);
		assert.equal(await count(near), 2);
	});

	it('a claim made before the machine was restarted is nobody’s', async () => {
		const files = new SimulatedFiles();
		const before = await openTestStore(folder, files);
		await write(before, 'x');
		const owners = new SimulatedOwners();
		const after = await openTestStore(folder, files, {
			host: owners.host,
			boot: 'boot-2',
			listen: (onAsked) => owners.listen(onAsked),
			ask: () => Promise.reject(new Error('nobody is asked')),
		});
		assert.equal(after.status.mode, 'owner');
		assert.equal(await count(after), 1);
	});

	it('records that a fenced owner still appends are ignored, by followers too [fault 5]', async () => {
		const files = new SimulatedFiles();
		const owners = new SimulatedOwners();
		const old = await openTestStore(folder, files, owners);
		await write(old, 'first');
		const follower = await openTestStore(folder, files, owners);
		const next = await openTestStore(folder, files, owners);
		for (const address of owners.windows.keys()) {
			owners.stopped.add(address);
		}
		await next.fence();
		await assert.rejects(write(old, 'late'), /Another window has taken over/);
		await write(next, 'second');
		const texts = (store: TestStore) =>
			store.read(({ drafts }) => drafts.list().map(({ id }) => drafts.get(id).draftContent));
		assert.deepEqual(await texts(follower), ['second', 'first']);
		assert.deepEqual(await texts(old), ['second', 'first']);
		assert.deepEqual(await texts(await openTestStore(folder, files.copy())), ['second', 'first']);
	});

	it('what a killed owner wrote and did not sync is synced before the next one builds on it', async () => {
		const files = new SimulatedFiles();
		const owners = new SimulatedOwners();
		const mortal = killable(files);
		const killed = await openTestStore(folder, mortal.files, owners);
		await write(killed, 'first');
		files.onOperation = (operation) => {
			if (operation === 'sync') {
				mortal.kill();
				throw new Error('Killed before the sync');
			}
		};
		await assert.rejects(write(killed, 'readable'));
		files.onOperation = () => undefined;
		owners.windows.clear();
		// Where the killed one's sync had failed, the system would not write the bytes for another sync.
		const written: string[] = [];
		files.onOperation = (operation, path) => {
			if (path === `${folder}/log-1.jsonl` && /^(write|sync)$/.test(operation)) {
				written.push(operation);
			}
		};
		const next = await openTestStore(folder, files, owners);
		assert.deepEqual(written, ['write', 'sync']);
		assert.equal(await count(next), 2);
		await write(next, 'acknowledged');
		// A power cut that leaves of unsynced bytes nothing.
		const restarted = await openTestStore(
			folder,
			files.crash(() => 0.99),
		);
		assert.equal(await count(restarted), 3);
		assert.deepEqual(restarted.status.damage, []);
	});

	it('a fenced owner whose sync fails does not take back what the next one has read', async () => {
		const files = new SimulatedFiles();
		const owners = new SimulatedOwners();
		let reach: () => void = () => undefined;
		let proceed: () => void = () => undefined;
		const reached = new Promise<void>((resolve) => (reach = resolve));
		const gate = new Promise<void>((resolve) => (proceed = resolve));
		const openFile = async (path: string, mode: 'create' | 'update' | 'read'): Promise<OpenFile> => {
			const file = await files.open(path, mode);
			return { ...file, sync: () => (path.endsWith('.jsonl') ? failingSync() : file.sync()) };
		};
		let isFailing = false;
		const failingSync = async () => {
			if (isFailing) {
				reach();
				await gate;
				throw Object.assign(new Error('sync failed'), { code: 'EIO' });
			}
		};
		const failing = new Proxy<DiskFiles>(files, {
			get(target, property) {
				const member: unknown = property === 'open' ? openFile : Reflect.get(target, property);
				return typeof member === 'function' ? (member.bind(target) as unknown) : member;
			},
		});
		const old = await openTestStore(folder, failing, owners);
		await write(old, 'first');
		isFailing = true;
		const late = assert.rejects(write(old, 'readable'), /Not saved/);
		await reached;
		const next = await openTestStore(folder, files, new SimulatedOwners());
		assert.equal(await count(next), 2);
		await write(next, 'acknowledged');
		proceed();
		await late;
		const restarted = await openTestStore(folder, files.copy());
		assert.equal(await count(restarted), 3);
		assert.deepEqual(restarted.status.damage, []);
	});

	it('a follower that has applied a record which does not count reads the store anew', async () => {
		const files = new SimulatedFiles();
		const owners = new SimulatedOwners();
		const old = await openTestStore(folder, files, owners);
		const follower = await openTestStore(folder, files, owners);
		const next = await openTestStore(folder, files, owners);
		const before = files.copy();
		await write(old, 'unacknowledged elsewhere');
		assert.equal(await count(follower), 1);
		// The next owner began its log from what it had read before.
		const log = await before.read(`${folder}/log-1.jsonl`);
		const length = log?.length ?? 0;
		files.damage(`${folder}/log-1.jsonl`, (bytes) => bytes.slice(0, length));
		await next.fence();
		await write(next, 'counts');
		const texts = await follower.read(({ drafts }) => drafts.list().map(({ id }) => drafts.get(id).draftContent));
		assert.deepEqual(texts, ['counts']);
	});

	it('a follower that missed several generations finds everything, and loses nothing when it writes', async () => {
		const files = new SimulatedFiles();
		const owners = new SimulatedOwners();
		const [busy, idle] = [await openTestStore(folder, files, owners), await openTestStore(folder, files, owners)];
		for (let round = 0; round < 4; round++) {
			await write(busy, 'x');
			await busy.checkpoint();
		}
		await write(idle, 'y');
		assert.equal(await count(idle), 5);
		assert.equal(await count(busy), 5);
		assert.equal(await count(await openTestStore(folder, files.copy())), 5);
		assert.deepEqual(idle.status.damage, []);
	});

	it('an owner that was overruled in its sleep cannot write a snapshot over the next one’s records', async () => {
		const files = new SimulatedFiles();
		const owners = new SimulatedOwners();
		const old = await openTestStore(folder, files, owners);
		await write(old, 'first');
		const next = await openTestStore(folder, files, owners);
		for (const address of owners.windows.keys()) {
			owners.stopped.add(address);
		}
		await next.fence();
		await write(next, 'second');
		await assert.rejects(old.checkpoint(), /The snapshot was not written.*Another window has taken over/);
		assert.equal(old.status.mode, 'following');
		await write(next, 'third');
		assert.equal(await count(await openTestStore(folder, files.copy())), 3);
		assert.equal(await count(old), 3);
	});

	it('closing twice is safe, and a closed store refuses', async () => {
		const store = await openTestStore(folder, new SimulatedFiles());
		await store.close();
		await store.close();
		assert.equal(store.status.mode, 'closed');
		await assert.rejects(write(store, 'x'), /The store is closed/);
	});
});
