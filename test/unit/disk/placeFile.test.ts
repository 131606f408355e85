import assert from 'node:assert/strict';
import { chmod, mkdir, readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { nodeFiles } from '../../../src/disk/nodeFiles.ts';
import { placeFile } from '../../../src/disk/placeFile.ts';
import { temporaryFolder } from '../../support/storage/folders.ts';

describe('placing a file', () => {
	let folder: string;
	let remove: () => Promise<void>;

	beforeEach(async () => ({ folder, remove } = await temporaryFolder()));
	afterEach(() => remove());

	const bytes = (text: string) => new TextEncoder().encode(text);

	it('of one name fifty times at the same moment fails none of them and leaves one of their texts', async () => {
		const texts = Array.from({ length: 50 }, (_, index) => `${index} `.repeat(10_000));
		await Promise.all(texts.map((text) => placeFile(nodeFiles, folder, 'a.json', bytes(text), { unique: 'one' })));
		assert.ok(texts.includes(await readFile(join(folder, 'a.json'), 'utf8')));
		assert.deepEqual(await readdir(folder), ['a.json']);
	});

	it('with a link makes exactly one of fifty', async () => {
		const placed = await Promise.allSettled(
			Array.from({ length: 50 }, (_, index) =>
				placeFile(nodeFiles, folder, 'a.json', bytes(String(index)), { way: 'link' }),
			),
		);
		assert.equal(placed.filter(({ status }) => status === 'fulfilled').length, 1);
		assert.deepEqual(await readdir(folder), ['a.json']);
	});

	it('writes pieces one after the other, and leaves nothing if one cannot be made', async () => {
		await placeFile(nodeFiles, folder, 'a.json', ['one ', '', 'two'].map(bytes));
		assert.equal(await readFile(join(folder, 'a.json'), 'utf8'), 'one two');
		const failing = function* () {
			yield bytes('three');
			throw new Error('no more');
		};
		await assert.rejects(placeFile(nodeFiles, folder, 'a.json', failing()), /no more/);
		assert.equal(await readFile(join(folder, 'a.json'), 'utf8'), 'one two');
		assert.deepEqual(await readdir(folder), ['a.json']);
	});

	it('takes any name that the system takes', async () => {
		const name = `${'字'.repeat(83)}.db`;
		await placeFile(nodeFiles, folder, name, bytes('text'));
		assert.deepEqual(await readdir(folder), [name]);
	});

	describe('on a system with rights [attack 23]', () => {
		const umask = process.platform === 'win32' ? 0 : process.umask();
		before(function () {
			if (process.platform === 'win32') {
				this.skip();
			}
			process.umask(0o022);
		});
		after(() => void process.umask(umask));

		const rights = async (...path: string[]) => ((await stat(join(folder, ...path))).mode & 0o777).toString(8);

		it('makes it this user’s alone, but not what users place themselves', async () => {
			await placeFile(nodeFiles, folder, 'own', bytes('text'));
			await placeFile(nodeFiles, folder, 'exported', bytes('text'), { rights: 'shared' });
			assert.deepEqual([await rights('own'), await rights('exported')], ['600', '644']);
		});

		it('lies in folders of this user alone, those that were open before included', async () => {
			await mkdir(join(folder, 'open'));
			await chmod(join(folder, 'open'), 0o755);
			await nodeFiles.createFolder(join(folder, 'open'));
			await nodeFiles.createFolder(join(folder, 'new', 'inner'));
			assert.deepEqual(
				[await rights('open'), await rights('new'), await rights('new', 'inner')],
				['700', '700', '700'],
			);
		});
	});
});
