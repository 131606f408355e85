import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../../support/storage/folders.ts';
import { loadSqlJs } from '../../support/storage/sql.ts';
import { Window } from '../../support/storage/windows.ts';
import { testWorkshop, type TestWorkshop } from '../../support/workshop/testWorkshop.ts';

const script = join(import.meta.dirname, '../../support/workshop/child.ts');
const patience = 60_000;

/** Processes that hand the store over to each other, as the extension hosts of two windows do. */
describe('two windows that do the same at the same moment', function () {
	this.timeout(2 * patience);
	let root: string;
	let remove: () => Promise<void>;
	let windows: Window[];
	/** A third window, which looks on. */
	let third: TestWorkshop;

	before(async () => {
		({ folder: root, remove } = await temporaryFolder());
		const folder = join(root, 'store');
		windows = [1, 2].map((label) => new Window(folder, String(label), '', script));
		await Promise.all(windows.map((window) => window.next(/^ready/)));
		third = await testWorkshop({}, folder);
	});
	after(async () => {
		await third.dispose();
		await Window.killAll();
		await remove();
	});

	async function ask<T>(window: Window | undefined, command: string): Promise<T[]> {
		const [word = ''] = command.split(' ');
		const answer = await window?.ask(command, new RegExp(`^${word} `), patience);
		return JSON.parse(answer?.slice(word.length) ?? '') as T[];
	}

	async function both<T>(command: string): Promise<T[]> {
		return (await Promise.all(windows.map((window) => ask<T>(window, command)))).flat();
	}

	it('fifty starts each: a draft with its chat for every one, and no answer stays streaming', async () => {
		const ids = await both<number>('starts 50');
		assert.equal(new Set(ids).size, 100);
		const statuses = await third.store.read(({ chats, drafts }) =>
			ids.map((id) => chats.messages(drafts.get(id).workshopChatId ?? 0).map(({ status }) => status)),
		);
		assert.deepEqual(statuses, Array(100).fill(['complete', 'complete', 'complete']));
	});

	it('fifty equal tests each: a result with its full answer for every one, and none stays running', async () => {
		const [draftId = 0] = await ask<number>(windows[0], 'starts 1');
		const ids = await both<string>(`tests 50 ${draftId}`);
		const results = await third.store.read((repositories) => repositories.results.list(draftId));
		assert.deepEqual(new Set(results.map(({ testId }) => testId)), new Set(ids));
		assert.equal(results.length, 100);
		for (const result of results) {
			assert.deepEqual([result.status, result.error], ['complete', null]);
			assert.ok(await third.store.blobs.get(result.responseRef ?? ''));
		}
	});

	it('fifty exports each to one file: all succeed, and the file is a whole database', async () => {
		await ask(windows[0], 'starts 1');
		const file = join(root, 'export.db');
		assert.deepEqual(await both(`exports 50 ${file}`), Array(100).fill('exported'));
		const { Database } = await loadSqlJs();
		const database = new Database(await readFile(file));
		assert.deepEqual(database.exec('PRAGMA integrity_check')[0]?.values, [['ok']]);
		database.close();
		assert.deepEqual((await readdir(root)).sort(), ['export.db', 'store']);
	});
});
