import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { isInside, realPath } from '../../../src/disk/realPath.ts';

describe('the real path of a location', () => {
	let folder: string;
	const at = (...parts: string[]) => join(folder, ...parts);

	before(async function () {
		if (process.platform === 'win32') {
			// Links need a privilege there.
			this.skip();
		}
		folder = await realpath(await mkdtemp(join(tmpdir(), 'prompt-workshop-places-')));
		await mkdir(at('workspace', 'deep'), { recursive: true });
		await mkdir(at('outside'));
		await writeFile(at('workspace', 'file.txt'), 'text');
		await symlink(at('workspace'), at('outside', 'link'));
		await symlink(at('workspace', 'new.db'), at('outside', 'dangling.db'));
		await symlink('../workspace/missing/new.db', at('outside', 'relative.db'));
		await symlink(at('outside', 'dangling.db'), at('outside', 'twice.db'));
		await symlink(at('outside', 'round'), at('outside', 'round'));
	});
	after(() => rm(folder, { recursive: true, force: true }));

	for (const [given, real] of [
		['outside/../workspace/file.txt', 'workspace/file.txt'],
		['outside/./../workspace/./new.txt', 'workspace/new.txt'],
		['outside/link', 'workspace'],
		['outside/link/file.txt', 'workspace/file.txt'],
		['outside/link/a/b/new.txt', 'workspace/a/b/new.txt'],
		['outside/link/deep/../../x', 'outside/x'],
		['outside/dangling.db', 'workspace/new.db'],
		['outside/relative.db', 'workspace/missing/new.db'],
		['outside/twice.db', 'workspace/new.db'],
		['workspace/file.txt/x', 'workspace/file.txt/x'],
		['outside/new.txt', 'outside/new.txt'],
	] as const) {
		it(`${given} -> ${real}`, async () => {
			// Joined by hand: `join` would resolve the dots.
			assert.equal(await realPath(`${folder}/${given}`), at(...real.split('/')));
		});
	}

	it('fails if links form a loop, or the path contains a NUL', async () => {
		await assert.rejects(realPath(at('outside', 'round')), { code: 'ELOOP' });
		await assert.rejects(realPath(at('outside', 'round', 'new')), { code: 'ELOOP' });
		await assert.rejects(realPath(`${folder}/a\0b`), { code: 'ERR_INVALID_ARG_VALUE' });
	});

	it('is inside a folder or not', () => {
		for (const inside of ['', 'a', '..a', join('a', 'b')]) {
			assert.ok(isInside(at('w', inside), at('w')), inside);
		}
		for (const outside of [folder, at('ww'), at('w-2', 'a'), sep]) {
			assert.ok(!isInside(outside, at('w')), outside);
		}
	});
});
