import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ScratchFile, type ScratchCalls } from '../../../src/disk/scratchFile.ts';

/** A file in memory that writes and reads three bytes at once. */
function slowCalls(changes: Partial<ScratchCalls> = {}): ScratchCalls & { done: string[] } {
	const content = Buffer.alloc(1000);
	const done: string[] = [];
	return {
		done,
		open: () => 7,
		write: (_file, bytes, position) => Buffer.from(bytes.subarray(0, 3)).copy(content, position),
		read: (_file, into, position) => content.copy(into, 0, position, position + Math.min(3, into.length)),
		remove: () => void done.push('remove'),
		close: () => void done.push('close'),
		...changes,
	};
}

describe('a scratch file', () => {
	let folder: string;
	beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'scratch-'))));
	afterEach(() => rm(folder, { recursive: true, force: true }));

	it('has no name while it is in use, so that nothing is left of it however the process ends', async () => {
		const file = new ScratchFile(folder);
		file.append(Buffer.from('one'));
		file.append(Buffer.from('two'));
		assert.deepEqual(await readdir(folder), []);
		const read = Buffer.alloc(4);
		file.read(read, 1);
		assert.equal(read.toString(), 'netw');
		file.close();
		file.close();
		assert.deepEqual(await readdir(folder), []);
	});

	it('goes on after short writes and reads', () => {
		const file = new ScratchFile(folder, slowCalls());
		file.append(Buffer.from('a text of some length'));
		const read = Buffer.alloc(14);
		file.read(read, 7);
		assert.equal(read.toString(), 'of some length');
	});

	it('is removed when it is closed, where an open file keeps its name', () => {
		let isOpen = true;
		const calls = slowCalls({
			remove: () => {
				if (isOpen) {
					throw Object.assign(new Error('in use'), { code: 'EBUSY' });
				}
				calls.done.push('remove');
			},
			close: () => {
				isOpen = false;
			},
		});
		new ScratchFile(folder, calls).close();
		assert.deepEqual(calls.done, ['remove']);
	});

	it('says that it ends before what is asked for, and that nothing is written', () => {
		const file = new ScratchFile(folder, slowCalls({ read: () => 0, write: () => 0 }));
		assert.throws(() => file.read(Buffer.alloc(1), 5), { code: 'EIO' });
		assert.throws(() => file.append(Buffer.from('a')), { code: 'EIO' });
	});
});
