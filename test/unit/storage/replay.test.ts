import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Changes } from '../../../src/storage/changes.ts';
import { Database } from '../../../src/storage/database.ts';
import { decodeLine, emptyPoint, encodeRecord } from '../../../src/storage/logFormat.ts';
import { createRepositories } from '../../../src/storage/repositories/all.ts';
import { callEveryMethod } from '../../support/storage/everyMethod.ts';
import { SimulatedFiles } from '../../support/storage/simulatedFiles.ts';
import { loadSqlJs } from '../../support/storage/sql.ts';
import { dump, openTestStore } from '../../support/storage/testStore.ts';

const folder = '/store';

describe('replaying the log', () => {
	it('gives the same database, whatever repository method wrote it', async () => {
		const files = new SimulatedFiles();
		const store = await openTestStore(folder, files);
		const called = new Set<string>();
		const recorded = {
			read: store.read.bind(store),
			write: <T>(work: Parameters<typeof store.write<T>>[0]) =>
				store.write((repositories) => work(recordCalls(repositories, called))),
		};
		await callEveryMethod({ ...recorded, blobs: store.blobs } as unknown as typeof store);
		const all = await store.read(methodNames);
		const reading =
			/\.(get|getById|getDefault|has|list|message|messages|overview|listed|labelled|find|excerpts|figures)$/;
		assert.deepEqual(
			all.filter((name) => !called.has(name) && !reading.test(name)),
			[],
			'methods that the replay test does not call',
		);
		const replayed = await openTestStore(folder, files.copy());
		assert.equal(await dump(replayed), await dump(store));
		assert.deepEqual(replayed.status.damage, []);
	});

	it('uses no statement whose result depends on the time, on chance or on an earlier statement', async () => {
		const source = join(import.meta.dirname, '../../../src/storage');
		const names = (await readdir(source, { recursive: true })).filter((name) => name.endsWith('.ts'));
		assert.ok(names.length > 20);
		for (const name of names) {
			const text = await readFile(join(source, name), 'utf8');
			assert.doesNotMatch(
				text,
				/CURRENT_(?:TIME|DATE)|datetime\('now|random\(\)[^)]*FROM|last_insert_rowid|DEFERRED|DEFERRABLE/i,
				name,
			);
		}
	});

	it('refuses a change outside a write', async () => {
		const store = await openTestStore(folder, new SimulatedFiles());
		await assert.rejects(
			store.read(({ prompts }) => prompts.update('auspex_default', { title: 'Other' }, 'now')),
			/outside a write/,
		);
	});

	it('keeps foreign keys on, after an export too', async () => {
		const database = new Database(await loadSqlJs());
		const on = () => database.row('PRAGMA foreign_keys')?.['foreign_keys'];
		assert.equal(on(), 1);
		database.export();
		assert.equal(on(), 1);
	});

	it('turns a lone surrogate into U+FFFD everywhere, and keeps NUL and astral characters', async () => {
		const files = new SimulatedFiles();
		const store = await openTestStore(folder, files);
		const draftContent = 'a\u0000b\ud83d\ude00c\ud800d';
		const { id } = await store.write(({ drafts }) => drafts.create({ draftName: null, draftContent, now: 'now' }));
		const expected = 'a\u0000b\ud83d\ude00c\ufffdd';
		assert.equal(await store.read(({ drafts }) => drafts.get(id).draftContent), expected);
		const replayed = await openTestStore(folder, files.copy());
		assert.equal(await replayed.read(({ drafts }) => drafts.get(id).draftContent), expected);
	});

	it('turns a number that is not finite into NULL everywhere', async () => {
		const sqlJs = await loadSqlJs();
		const [database, replayed] = [new Database(sqlJs), new Database(sqlJs)];
		database.begin();
		database.run('CREATE TABLE numbers (value REAL) STRICT');
		for (const value of [1.5, Infinity, -Infinity, NaN]) {
			database.run('INSERT INTO numbers VALUES (?)', [value]);
		}
		const { bytes } = encodeRecord(emptyPoint, database.recorded, {});
		database.commit();
		const line = decodeLine(bytes.subarray(0, -1));
		assert.ok(line?.kind === 'record');
		replayed.replay([line.record]);
		for (const one of [database, replayed]) {
			assert.deepEqual(
				one.rows('SELECT value FROM numbers').map(({ value }) => value),
				[1.5, null, null, null],
			);
		}
	});
});

type Repositories = ReturnType<typeof createRepositories>;

function methodNames(repositories: Repositories): string[] {
	return Object.entries(repositories).flatMap(([repository, methods]) =>
		Object.keys(methods as object).map((method) => `${repository}.${method}`),
	);
}

function recordCalls(repositories: Repositories, called: Set<string>): Repositories {
	const wrap = (name: string, target: object) =>
		new Proxy(target, {
			get(object, method) {
				called.add(`${name}.${String(method)}`);
				return Reflect.get(object, method) as unknown;
			},
		});
	const entries = Object.entries(repositories).map(([name, target]) => [name, wrap(name, target as object)]);
	return Object.fromEntries(entries) as Repositories;
}

describe('Changes', () => {
	it('is empty when nothing was touched', () => {
		assert.deepEqual(new Changes().toTouched(), {});
	});
});
