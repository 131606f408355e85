import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '../../support/eventually.ts';
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
	const start = (label: string) => new Window(join(root, 'store'), label, '', script);

	before(async () => {
		({ folder: root, remove } = await temporaryFolder());
		windows = ['1', '2'].map(start);
		await Promise.all(windows.map((window) => window.next(/^ready/)));
		third = await testWorkshop({}, join(root, 'store'));
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

	it('two messages into one chat: one is answered, the other is refused before anything of it is stored', async () => {
		const [draftId = 0] = await ask<number>(windows[0], 'starts 1');
		const sent = windows.map((window) => ask<string>(window, `sends 1 ${draftId}`));
		assert.match((await Promise.race(sent))[0] ?? '', /The assistant is answering in another window\. Wait/);
		windows.forEach((window) => window.send('go 1'));
		await Promise.all(sent);
		assert.deepEqual(await endOf(draftId), [
			['user', 'complete', 'Make it shorter'],
			['assistant', 'complete', 'Half. \n\nShorter now.'],
		]);
		// The place is free again, in both.
		for (const window of windows) {
			assert.match((await ask<string>(window, `sends 1 ${draftId}`))[0] ?? '', /^\d+$/);
		}
	});

	it('the answer of a window that was killed is interrupted, and the next message of another is answered', async () => {
		const victim = start('3');
		await victim.next(/^ready/);
		const [draftId = 0] = await ask<number>(victim, 'starts 1');
		victim.send(`sends 1 ${draftId}`);
		await eventually(async () => assert.equal((await endOf(draftId)).at(-1)?.[2], 'Half. '));
		await assert.rejects(third.workshop.send(draftId, 'More'), /answering in another window/);
		await victim.kill();
		third.models.says('Here you are.');
		await (
			await third.workshop.send(draftId, 'More')
		).finished;
		assert.deepEqual(await endOf(draftId, 3), [
			['assistant', 'interrupted', 'Half. '],
			['user', 'complete', 'More'],
			['assistant', 'complete', 'Here you are.'],
		]);
	});

	/** Role, status and text of the last messages of a draft's chat. */
	function endOf(draftId: number, count = 2): Promise<string[][]> {
		return third.store.read(({ chats, drafts }) =>
			chats
				.messages(drafts.get(draftId).workshopChatId ?? 0)
				.slice(-count)
				.map(({ role, status, content }) => [role, status, content]),
		);
	}
});
