import assert from 'node:assert/strict';
import { isAppError } from '../../../src/common/errors.ts';
import type { OpenFile, DiskFiles } from '../../../src/disk/files.ts';
import { SimulatedFiles } from '../../support/storage/simulatedFiles.ts';
import { SimulatedOwners, type TestStore, openTestStore, time } from '../../support/storage/testStore.ts';

const folder = '/store';

type Fault = 'ENOSPC' | 'EIO' | 'EACCES' | 'short write';

/** Operations that only read are left alone where the fault is a full disk. */
const writing = /^(open create|write|sync|rename|link|syncFolder|createFolder|truncate|remove)/;

/** Fails the `at`-th operation that changes something, and with `lasting` all later ones, until `heal`. */
class FaultyFiles {
	readonly simulated = new SimulatedFiles();
	readonly #fault: Fault;
	readonly #lasting: boolean;
	#left: number;
	happened = false;
	#healed = false;

	constructor(fault: Fault, at: number, lasting: boolean) {
		this.#fault = fault;
		this.#left = at;
		this.#lasting = lasting;
		this.simulated.onOperation = (operation, path) => {
			if (this.#isDue(operation) && fault !== 'short write') {
				throw Object.assign(new Error(`${fault}: ${operation} ${path}`), { code: fault });
			}
		};
	}

	#isDue(operation: string): boolean {
		if (this.#healed || !writing.test(operation) || (this.happened && !this.#lasting)) {
			return false;
		}
		this.#left--;
		this.happened ||= this.#left <= 0;
		return this.happened;
	}

	heal(): void {
		this.#healed = true;
	}

	/** With short writes every write gives in after half of its bytes. */
	get files(): DiskFiles {
		if (this.#fault !== 'short write') {
			return this.simulated;
		}
		const { simulated } = this;
		const open = async (path: string, mode: 'create' | 'update' | 'read'): Promise<OpenFile> => {
			const file = await simulated.open(path, mode);
			const half = (bytes: Uint8Array) => bytes.subarray(0, Math.ceil(bytes.length / 2));
			return { ...file, write: (bytes, position) => file.write(half(bytes), position) };
		};
		return new Proxy<DiskFiles>(simulated, {
			get(target, property) {
				const member: unknown = property === 'open' ? open : Reflect.get(target, property);
				return typeof member === 'function' ? (member.bind(target) as unknown) : member;
			},
		});
	}
}

async function texts(store: TestStore): Promise<string[]> {
	return store.read(({ drafts }) =>
		drafts
			.list()
			.map(({ id }) => drafts.get(id).draftContent)
			.reverse(),
	);
}

/** A short life; what was acknowledged is in `saved`. */
async function live(files: DiskFiles, saved: string[], statuses: string[]): Promise<TestStore | undefined> {
	let store: TestStore;
	try {
		store = await openTestStore(folder, files, new SimulatedOwners());
	} catch (error) {
		assert.ok(isAppError(error, 'storage') || (error instanceof Error && 'code' in error), String(error));
		return undefined;
	}
	store.onDidChangeStatus(({ mode }) => statuses.push(mode));
	for (let count = 0; count < 5; count++) {
		const draftContent = `text ${count} `.repeat(100);
		try {
			await store.write(({ drafts }) => drafts.create({ draftName: null, draftContent, now: time }));
			saved.push(draftContent);
		} catch (error) {
			assert.ok(isAppError(error, 'storage'), `not a storage error: ${String(error)}`);
			assert.match(error.message, /^Not saved\. \S.*\.$/);
		}
		assert.deepEqual(await texts(store), saved, 'memory holds exactly what was acknowledged');
		if (count === 2) {
			await store.checkpoint().catch(() => undefined);
		}
	}
	return store;
}

describe('a fault of the file system', function () {
	this.timeout(60_000);

	for (const fault of ['ENOSPC', 'EIO', 'EACCES'] as const) {
		for (const lasting of [false, true]) {
			it(`${fault} at the N-th call ${lasting ? 'and all later ones' : 'once'}: nothing acknowledged is lost, a retry works [fault 2]`, async () => {
				let at = 0;
				for (let happened = true; happened;) {
					at++;
					const faulty = new FaultyFiles(fault, at, lasting);
					const saved: string[] = [];
					const statuses: string[] = [];
					const store = await live(faulty.files, saved, statuses);
					({ happened } = faulty);
					const where = `call ${at}`;

					const restarted = await openTestStore(folder, faulty.simulated.copy(), new SimulatedOwners()).catch(
						() => undefined,
					);
					if (restarted) {
						const found = await texts(restarted);
						// Where the disk refuses to take back a record that it refused to sync, the record may be there.
						const undone = !lasting || found.length === saved.length;
						assert.deepEqual(undone ? found : found.slice(0, -1), saved, `${where}: after a restart`);
						assert.deepEqual(restarted.status.damage, [], where);
					} else {
						assert.deepEqual(saved, [], where);
					}

					faulty.heal();
					if (store) {
						await store.write(({ drafts }) =>
							drafts.create({ draftName: null, draftContent: 'again', now: time }),
						);
						assert.equal(store.status.mode, 'owner', where);
						await store.close();
						const reopened = await openTestStore(folder, faulty.simulated, new SimulatedOwners());
						assert.deepEqual(await texts(reopened), [...saved, 'again'], `${where}: after the retry`);
						await reopened.close();
					}
				}
				assert.ok(at > 40, `only ${at} calls were tried`);
			});
		}
	}

	it('short writes are continued [fault 2]', async () => {
		const faulty = new FaultyFiles('short write', 1, true);
		const saved: string[] = [];
		const store = await live(faulty.files, saved, []);
		assert.equal(saved.length, 5);
		await store?.close();
		assert.deepEqual(await texts(await openTestStore(folder, faulty.simulated)), saved);
	});

	it('shows once that it is not saving, and once that it is again', async () => {
		const files = new SimulatedFiles();
		const store = await openTestStore(folder, files);
		const statuses: string[] = [];
		store.onDidChangeStatus(({ mode, reason }) => statuses.push(`${mode} ${reason ?? ''}`));
		const write = () =>
			store.write(({ drafts }) => drafts.create({ draftName: null, draftContent: 'x', now: time }));
		files.onOperation = (operation) => {
			if (operation === 'write') {
				throw Object.assign(new Error('full'), { code: 'ENOSPC' });
			}
		};
		await assert.rejects(write(), /^AppError: Not saved\. The disk is full\. Free some space and save again\.$/);
		await assert.rejects(write(), /The disk is full/);
		files.onOperation = () => undefined;
		await write();
		assert.deepEqual(statuses, ['not-saving The disk is full. Free some space and save again.', 'owner ']);
	});

	it('behind a failed save, a silent owner is what is told, not a folder that is gone', async () => {
		const files = new SimulatedFiles();
		const owners = new SimulatedOwners();
		let background = () => {};
		const every = (_: number, work: () => void) => {
			background = work;
			return { dispose: () => undefined };
		};
		const store = await openTestStore(folder, files, owners, undefined, { every });
		const write = (to: TestStore) =>
			to.write(({ drafts }) => drafts.create({ draftName: null, draftContent: 'x', now: time }));
		files.onOperation = (operation) => {
			if (operation === 'sync') {
				throw Object.assign(new Error('sync failed'), { code: 'EIO' });
			}
		};
		await assert.rejects(write(store), /Not saved\. The disk reported an error/);
		files.onOperation = () => undefined;
		const next = await openTestStore(folder, files, owners);
		await write(next);
		const [, address] = owners.windows.keys();
		owners.stopped.add(address ?? '');
		await assert.rejects(write(store), /does not answer/);
		background();
		assert.deepEqual(await texts(store), []);
		assert.deepEqual([store.status.mode, store.status.ownerSilent], ['following', true]);
		owners.stopped.clear();
		await write(store);
		assert.deepEqual(await texts(store), ['x', 'x']);
	});

	it('the folder deleted while running: the next write says so, the one after writes everything anew', async () => {
		const files = new SimulatedFiles();
		const store = await openTestStore(folder, files);
		const write = (draftContent: string) =>
			store.write(({ drafts }) => drafts.create({ draftName: null, draftContent, now: time }));
		await write('one');
		for (const path of files.paths) {
			files.damage(path, () => undefined);
		}
		await assert.rejects(write('two'), /The storage folder was removed while it was in use\. Save again/);
		await write('two');
		const restarted = await openTestStore(folder, files.copy());
		assert.deepEqual(await texts(restarted), ['one', 'two']);
		assert.deepEqual(restarted.status.damage, []);
	});

	it('the folder deleted while nobody writes: every window keeps what it has, says so, and writes it anew', async () => {
		const files = new SimulatedFiles();
		const owners = new SimulatedOwners();
		const background: (() => void)[] = [];
		const every = (_: number, work: () => void) => {
			background.push(work);
			return { dispose: () => undefined };
		};
		const [store, other] = [
			await openTestStore(folder, files, owners, undefined, { every }),
			await openTestStore(folder, files, owners, undefined, { every }),
		];
		const write = (draftContent: string, to = store) =>
			to.write(({ drafts }) => drafts.create({ draftName: null, draftContent, now: time }));
		await write('one');
		assert.deepEqual(await texts(other), ['one']);
		for (const path of files.paths) {
			files.damage(path, () => undefined);
		}
		background.forEach((work) => work());
		for (const window of [store, other]) {
			assert.deepEqual(await texts(window), ['one']);
			assert.equal(window.status.mode, 'not-saving');
			assert.match(window.status.reason ?? '', /The storage folder was removed while it was in use/);
			assert.equal(window.status.refused, undefined);
		}
		await write('two', other);
		await write('three');
		assert.deepEqual(await texts(store), ['one', 'two', 'three']);
		const restarted = await openTestStore(folder, files.copy());
		assert.deepEqual(await texts(restarted), ['one', 'two', 'three']);
		assert.deepEqual(restarted.status.damage, []);
	});

	const readOnly = (operation: string, path: string) => {
		if (writing.test(operation) && path.startsWith(folder)) {
			throw Object.assign(new Error('read-only'), { code: 'EROFS' });
		}
	};

	it('a folder that can be written again is found so in the background', async () => {
		const files = new SimulatedFiles();
		files.onOperation = readOnly;
		let background = () => {};
		const every = (_: number, work: () => void) => {
			background = work;
			return { dispose: () => undefined };
		};
		const store = await openTestStore(folder, files, undefined, undefined, { every });
		assert.equal(store.status.mode, 'read-only');
		const statuses: string[] = [];
		store.onDidChangeStatus(({ mode }) => statuses.push(mode));
		files.onOperation = () => undefined;
		background();
		assert.deepEqual(await texts(store), []);
		assert.deepEqual(statuses, ['owner']);
		await store.write(({ drafts }) => drafts.create({ draftName: null, draftContent: 'x', now: time }));
		assert.deepEqual(await texts(await openTestStore(folder, files.copy())), ['x']);
	});

	it('a folder that cannot be written opens read-only, shows the library and exports [fault 3]', async () => {
		const files = new SimulatedFiles();
		files.onOperation = readOnly;
		const store = await openTestStore(folder, files);
		assert.equal(store.status.mode, 'read-only');
		assert.match(store.status.reason ?? '', /read-only file system/);
		assert.deepEqual(await store.read(({ prompts }) => prompts.list().map(({ name }) => name)), ['auspex_default']);
		await store.exportDatabase('/elsewhere/copy.db');
		assert.ok(files.paths.includes('/elsewhere/copy.db'));
		assert.ok((await store.exportAll()).some((file) => file.path === 'workshop.json'));
		await assert.rejects(
			store.write(({ drafts }) => drafts.create({ draftName: null, draftContent: 'x', now: time })),
			/Not saved\. The storage folder is on a read-only file system/,
		);
		await assert.rejects(
			store.blobs.put('an answer'),
			/^AppError: Not saved\. The storage folder is on a read-only file system/,
		);
	});

	it('a damaged store in a folder that cannot be written shows and exports what is left', async () => {
		const files = new SimulatedFiles();
		const store = await openTestStore(folder, files);
		for (const draftContent of ['kept', 'lost']) {
			await store.write(({ drafts }) => drafts.create({ draftName: null, draftContent, now: time }));
		}
		files.damage(`${folder}/log-1.jsonl`, (bytes) => bytes.with(bytes.length - 20, 0x2a));
		files.onOperation = readOnly;
		const before = files.paths;
		const reader = await openTestStore(folder, files);
		assert.equal(reader.status.mode, 'read-only');
		const setAside = reader.status.damage.map(({ file, setAsideAs }) => [file, setAsideAs]);
		assert.deepEqual(setAside, [['log-1.jsonl', '']]);
		assert.deepEqual(await texts(reader), ['kept']);
		const exported = await reader.exportAll();
		assert.match(exported.find(({ path }) => path === 'workshop.json')?.text ?? '', /kept/);
		assert.deepEqual(files.paths, before);
	});
});
