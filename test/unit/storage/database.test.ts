import assert from 'node:assert/strict';
import { Database } from '../../../src/storage/database.ts';
import { SimulatedFiles } from '../../support/storage/simulatedFiles.ts';
import { loadSqlJs } from '../../support/storage/sql.ts';
import { openTestStore, time } from '../../support/storage/testStore.ts';

/** A database file of a few pages. */
async function newImage(): Promise<Uint8Array> {
	const database = new Database(await loadSqlJs());
	database.begin();
	database.run('CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT)');
	database.run('INSERT INTO t (text) VALUES (?)', ['x'.repeat(10_000)]);
	database.commit();
	const image = database.export();
	database.close();
	return image;
}

/** The file after some more rows. */
async function grown(image: Uint8Array, room: number): Promise<Uint8Array> {
	const database = new Database(await loadSqlJs(), image, room);
	assert.deepEqual(database.problems(), []);
	for (let count = 0; count < 10; count++) {
		database.begin();
		database.run('INSERT INTO t (text) VALUES (?)', ['y'.repeat(10_000)]);
		database.commit();
	}
	assert.deepEqual(database.problems(), []);
	assert.equal(database.row('SELECT count(*) AS n FROM t')?.['n'], 11);
	const bytes = database.export();
	database.close();
	return bytes;
}

describe('a database from an image', () => {
	for (const counters of ['agree', 'differ']) {
		it(`with room behind it is the same one when the header’s counters ${counters}`, async () => {
			const image = await newImage();
			if (counters === 'differ') {
				// As another program may leave it; SQLite then goes by the length of the file.
				new DataView(image.buffer).setUint32(92, new DataView(image.buffer).getUint32(24) + 1);
			}
			const room = 50_000;
			const roomy = Buffer.alloc(image.length + room);
			roomy.set(image);
			assert.deepEqual(await grown(roomy, room), await grown(image, 0));
		});
	}
});

describe('an export', () => {
	it('inside a transaction throws, and the transaction can still be undone or finished [fault 17]', async () => {
		const database = new Database(await loadSqlJs(), await newImage());
		for (const end of ['rollback', 'commit'] as const) {
			database.begin();
			database.run('INSERT INTO t (text) VALUES (?)', [end]);
			assert.throws(() => database.export(), /Unable to export|busy/i);
			database[end]();
		}
		const exported = new Database(await loadSqlJs(), database.export());
		assert.deepEqual(
			exported.rows('SELECT text FROM t WHERE id > 1').map((row) => row['text']),
			['commit'],
		);
		assert.equal(exported.row('PRAGMA foreign_keys')?.['foreign_keys'], 1);
	});
});

describe('exports and snapshots beside writes', () => {
	it('hold only whole transactions', async () => {
		const files = new SimulatedFiles();
		const store = await openTestStore('/store', files);
		const pair = (name: string) =>
			store.write(({ drafts }) => {
				drafts.create({ draftName: name, draftContent: 'one', now: time });
				drafts.create({ draftName: name, draftContent: 'two', now: time });
			});
		const work: Promise<unknown>[] = [];
		for (let count = 0; count < 10; count++) {
			work.push(pair(`${count}`), store.exportDatabase(`/out/${count}.db`), store.checkpoint());
		}
		await Promise.all(work);
		for (let count = 0; count < 10; count++) {
			const copy = new Database(await loadSqlJs(), await files.read(`/out/${count}.db`));
			assert.deepEqual(copy.problems(), []);
			assert.equal(copy.row('SELECT count(*) AS n FROM auspex_prompt_drafts')?.['n'], 2 * (count + 1));
			copy.close();
		}
		assert.deepEqual((await openTestStore('/store', files.copy())).status.damage, []);
	});
});

describe('a text in the database', () => {
	for (const text of ['\uFEFF', '\uFEFFshort', `\uFEFF${'a longer text '.repeat(20)}`, 'in\uFEFFside', 'a\0b']) {
		it(`is read as it was written: ${JSON.stringify(text.slice(0, 12))}`, async () => {
			const database = new Database(await loadSqlJs());
			assert.equal(database.row('SELECT ? AS text', [text])?.['text'], text);
			database.close();
		});
	}
});
