import assert from 'node:assert/strict';
import { Database } from '../../../src/storage/database.ts';
import { encodeRecord } from '../../../src/storage/logFormat.ts';
import { loadState } from '../../../src/storage/loadState.ts';
import { migrate } from '../../../src/storage/migrate.ts';
import { migrations } from '../../../src/storage/migrations/all.ts';
import { randomNumbers } from '../../support/random.ts';
import { SimulatedFiles } from '../../support/storage/simulatedFiles.ts';
import { loadSqlJs } from '../../support/storage/sql.ts';
import { SimulatedOwners, openTestStore, time } from '../../support/storage/testStore.ts';

const folder = '/store';
/** A later version of the program. */
const longer = [...migrations, ['ALTER TABLE auspex_prompt_drafts ADD COLUMN colour TEXT']];

/** What the database looks like, apart from its rows. */
function schemaOf(database: Database): unknown[] {
	return database.rows('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name');
}

async function storeWithOneDraft(): Promise<SimulatedFiles> {
	const files = new SimulatedFiles();
	const store = await openTestStore(folder, files);
	await store.write(({ drafts }) => drafts.create({ draftName: null, draftContent: 'x', now: time }));
	await store.close();
	return files;
}

/** Appends a transaction to the store's log as another version of the program would. */
async function appendTransaction(files: SimulatedFiles, sql: string): Promise<void> {
	const state = await loadState(files, folder, await loadSqlJs());
	const { bytes } = encodeRecord(state.position.point, [[sql, []]], {});
	const file = await files.open(`${folder}/log-${state.position.generation}.jsonl`, 'update');
	await file.write(bytes, state.position.offset);
}

describe('migrations [fault 15]', () => {
	for (let version = 0; version < migrations.length; version++) {
		it(`from schema ${version} give the newest schema`, async () => {
			const sqlJs = await loadSqlJs();
			const old = new Database(sqlJs);
			old.begin();
			for (const sql of migrations.slice(0, version).flat()) {
				old.run(sql);
			}
			old.run(`PRAGMA user_version = ${version}`);
			migrate(old, migrations);
			old.commit();
			const fresh = new Database(sqlJs);
			fresh.begin();
			migrate(fresh, migrations);
			fresh.commit();
			assert.equal(old.schemaVersion, migrations.length);
			assert.deepEqual(schemaOf(old), schemaOf(fresh));
		});
	}

	it('that are interrupted leave the old schema', async () => {
		const database = new Database(await loadSqlJs());
		database.begin();
		migrate(database, migrations);
		database.rollback();
		assert.equal(database.schemaVersion, 0);
		assert.deepEqual(schemaOf(database), []);
	});

	it('back the database up before they change it, and an older program then opens it read-only', async () => {
		const files = await storeWithOneDraft();
		const upgraded = await openTestStore(folder, files, undefined, undefined, { migrations: longer });
		const backup = files.paths.find((path) => path.includes(`/backup-schema-${migrations.length}-`)) ?? '';
		const old = new Database(await loadSqlJs(), await files.read(backup));
		assert.equal(old.schemaVersion, migrations.length);
		assert.equal(old.row('SELECT count(*) AS n FROM auspex_prompt_drafts')?.['n'], 1);
		assert.equal(await upgraded.read(({ drafts }) => drafts.get(1).draftContent), 'x');
		await upgraded.write(({ drafts }) => drafts.create({ draftName: null, draftContent: 'y', now: time }));
		await upgraded.close();
		const again = await openTestStore(folder, files, undefined, undefined, { migrations: longer });
		assert.equal(await again.read(({ drafts }) => drafts.list().length), 2);
		await again.close();
		assert.equal(files.paths.filter((path) => path.includes('backup')).length, 1, 'once');
		const downgraded = await openTestStore(folder, files);
		assert.equal(downgraded.status.mode, 'read-only');
		assert.equal(await downgraded.read(({ drafts }) => drafts.list().length), 2);
	});

	it('cut by a power cut at any operation are begun again, and nothing is lost', async () => {
		const files = await storeWithOneDraft();
		const random = randomNumbers(3);
		const points: SimulatedFiles[] = [];
		files.onOperation = () => points.push(files.crash(random));
		await openTestStore(folder, files, undefined, undefined, { migrations: longer });
		for (const point of points) {
			const store = await openTestStore(folder, point, undefined, undefined, { migrations: longer });
			assert.equal(await store.read(({ drafts }) => drafts.get(1).draftContent), 'x');
			assert.equal(store.status.mode, 'owner');
		}
		assert.ok(points.length > 20);
	});

	it('of another window make this one read-only', async () => {
		const files = await storeWithOneDraft();
		const owners = new SimulatedOwners();
		const old = await openTestStore(folder, files, owners);
		const newer = await openTestStore(folder, files, owners, undefined, { migrations: longer });
		assert.equal(newer.status.mode, 'owner');
		await assert.rejects(
			old.write(({ drafts }) => drafts.create({ draftName: null, draftContent: 'y', now: time })),
			/Not saved\. The store was written by a newer version/,
		);
		assert.equal(old.status.mode, 'read-only');
		assert.equal(await old.read(({ drafts }) => drafts.list().length), 1);
	});
});

describe('a store of a newer schema', () => {
	it('opens read-only with everything in it, exports, and is not changed [fault 15]', async () => {
		const files = await storeWithOneDraft();
		await appendTransaction(files, 'PRAGMA user_version = 99');
		const before = files.copy();
		const store = await openTestStore(folder, files);
		assert.equal(store.status.mode, 'read-only');
		assert.match(store.status.reason ?? '', /newer version/);
		assert.equal(await store.read(({ drafts }) => drafts.list().length), 1);
		await assert.rejects(
			store.write(({ drafts }) => drafts.create({ draftName: null, draftContent: 'y', now: time })),
			/Not saved\. The store was written by a newer version/,
		);
		assert.ok((await store.exportAll()).length > 1);
		await store.close();
		assert.deepEqual(files.paths, before.paths);
	});
});
