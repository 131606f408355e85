import assert from 'node:assert/strict';
import { type FileHandle, mkdir, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { nodeFiles } from '../../../src/disk/nodeFiles.ts';
import { temporaryFolder } from '../../support/storage/folders.ts';

/** Runs `work` and resolves with the inode numbers of what it synced, in order. */
async function syncedBy(folder: string, work: () => Promise<void>): Promise<number[]> {
	const handle = await open(folder);
	const prototype = Object.getPrototypeOf(handle) as FileHandle;
	await handle.close();
	const synced: number[] = [];
	const sync = Reflect.get(prototype, 'sync');
	prototype.sync = async function (this: FileHandle) {
		synced.push((await this.stat()).ino);
		return sync.call(this);
	};
	try {
		await work();
	} finally {
		prototype.sync = sync;
	}
	return synced;
}

describe('a folder on the real disk', () => {
	let folder: string;
	let remove: () => Promise<void>;

	beforeEach(async function () {
		if (process.platform === 'win32') {
			// A folder cannot be synced there.
			this.skip();
		}
		({ folder, remove } = await temporaryFolder());
	});
	afterEach(() => remove?.());

	const inode = async (...path: string[]) => (await stat(join(folder, ...path))).ino;

	it('is made with its parents, and the names of all of them are durable', async () => {
		const synced = await syncedBy(folder, () => nodeFiles.createFolder(join(folder, 'a', 'b', 'c')));
		assert.deepEqual(synced, [await inode('a', 'b'), await inode('a'), await inode()]);
	});

	it('that is there has a durable name, too', async () => {
		await mkdir(join(folder, 'a'));
		const synced = await syncedBy(folder, () => nodeFiles.createFolder(join(folder, 'a')));
		assert.deepEqual(synced, [await inode()]);
	});

	it('is removed if it is empty; a missing one is no error', async () => {
		const path = join(folder, 'a');
		await mkdir(join(path, 'b'), { recursive: true });
		await assert.rejects(nodeFiles.removeFolder(path));
		await nodeFiles.removeFolder(join(path, 'b'));
		await nodeFiles.removeFolder(join(path, 'b'));
		await nodeFiles.removeFolder(path);
		assert.deepEqual(await nodeFiles.list(folder), []);
	});
});
