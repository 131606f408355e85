import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { nodeFiles } from '../../../src/disk/nodeFiles.ts';
import { ownerEndpoint } from '../../../src/disk/ownerEndpoint.ts';
import { temporaryFolder } from '../../support/storage/folders.ts';
import { loadSqlJs } from '../../support/storage/sql.ts';
import { type TestStore, openTestStore } from '../../support/storage/testStore.ts';

const fifty = Array.from({ length: 50 }, (_, index) => index);

describe('the same at the same moment', function () {
	this.timeout(30_000);
	let root: string;
	let folder: string;
	let remove: () => Promise<void>;
	let stores: TestStore[];

	beforeEach(async () => {
		({ folder: root, remove } = await temporaryFolder());
		folder = join(root, 'store');
		stores = [];
	});
	afterEach(async () => {
		await Promise.all(stores.map((store) => store.close()));
		await remove();
	});

	for (const windows of [1, 2]) {
		const open = async () => {
			for (let count = 1; count <= windows; count++) {
				stores.push(await openTestStore(folder, nodeFiles, ownerEndpoint));
			}
			return (index: number) => stores[index % windows] as TestStore;
		};

		describe(`in ${windows === 1 ? 'one window' : 'two windows'}`, () => {
			it('fifty equal answers are one file, and each caller has it', async () => {
				const store = await open();
				const references = await Promise.all(fifty.map((index) => store(index).blobs.put('The same answer.')));
				assert.equal(new Set(references).size, 1);
				assert.equal(await store(0).blobs.get(references[0] ?? ''), 'The same answer.');
				assert.deepEqual(await readdir(join(folder, 'answers')), [`${references[0]}.gz`]);
			});

			it('fifty exports to one file all succeed, and the file is a whole database', async () => {
				const store = await open();
				const file = join(root, 'export.db');
				await Promise.all(fifty.map((index) => store(index).exportDatabase(file)));
				const { Database } = await loadSqlJs();
				const database = new Database(await readFile(file));
				assert.deepEqual(database.exec('PRAGMA integrity_check')[0]?.values, [['ok']]);
				database.close();
				assert.deepEqual((await readdir(root)).sort(), ['export.db', 'store']);
			});
		});
	}
});
