import assert from 'node:assert/strict';
import { DocumentTexts } from '../../../../src/host/kit/documentTexts.ts';
import { addLibraryDocuments } from '../../../../src/host/library/libraryDocuments.ts';
import { addWorkshopDocuments } from '../../../../src/host/workshop/workshopDocuments.ts';
import { testWorkshop, type TestWorkshop } from '../../../support/workshop/testWorkshop.ts';

const fenced = 'Here it is.\n\n```\nYou are brief.\n```\n';

describe('read-only documents', () => {
	let t: TestWorkshop;
	let texts: DocumentTexts;
	/** What changes of the store had read again, in order. */
	let readAgain: string[];

	beforeEach(async () => {
		t = await testWorkshop();
		texts = new DocumentTexts();
		const openStore = () => Promise.resolve(t.store);
		addLibraryDocuments(texts, openStore);
		addWorkshopDocuments(texts, openStore, t.workshop);
		readAgain = [];
		t.store.onDidChange((change) => readAgain.push(...texts.affectedBy(change, [])));
	});
	afterEach(() => t.dispose());

	const open = (kind: string, key: string | number) => texts.load(kind, kind, String(key));

	/** A draft with a chat whose last answer has a block. */
	async function draftWithBlock() {
		t.models.says(fenced);
		const { draft, chatId, run } = await t.workshop.start({
			startingPrompt: 'You answer questions about releases in one short sentence.',
		});
		await run.finished;
		const messages = await t.store.read(({ chats }) => chats.messages(chatId));
		return { draftId: draft.id, chatId, messageId: messages.at(-1)?.id ?? 0 };
	}

	async function tested(draftId: number): Promise<string> {
		t.models.answer(
			{ type: 'request', request: { method: 'POST', url: 'https://api.example/v1', headers: {}, body: '{}' } },
			{ type: 'text', id: 't', text: 'Yes.' },
			{ type: 'done', stopReason: 'stop' },
		);
		const run = await t.workshop.test(draftId, { testQuery: 'Which release is it?', topic: 'news' });
		await run.finished;
		return run.key;
	}

	/** Opens a document of every kind, all of one draft but for those of the library. */
	async function openAll() {
		const { draftId, messageId, chatId } = await draftWithBlock();
		const testId = await tested(draftId);
		const { versionId } = await t.store.read(({ results }) => results.get(testId));
		await open('prompt', 'auspex_default');
		await open('version', versionId ?? 0);
		await open('saved-draft', draftId);
		await open('result', testId);
		await open('answer', testId);
		await open('request', `test:${testId}`);
		await open('extract', `${draftId}:0`);
		await open('block', `${messageId}:0`);
		readAgain = [];
		return { draftId, chatId, testId };
	}

	/** Sends a message and lets its answer arrive until some of it is stored. */
	async function streamed(draftId: number, chatId: number): Promise<void> {
		let arrive = () => {};
		const arrived = new Promise<void>((resolve) => (arrive = resolve));
		t.models.says(' and more', { type: 'text', id: 't', text: 'Some' }, () => arrived);
		const run = await t.workshop.send(draftId, 'Go on');
		const stored = new Promise<void>((resolve) => {
			t.store.onDidChange(() => {
				void t.store
					.read(({ chats }) => chats.messages(chatId).at(-1)?.content === 'Some' && resolve())
					.catch(() => undefined);
			});
		});
		await stored;
		arrive();
		await run.finished;
	}

	it('are not read again while the chat of another draft streams', async () => {
		const other = await draftWithBlock();
		await openAll();
		await streamed(other.draftId, other.chatId);
		assert.deepEqual(readAgain, []);
	});

	it('are read again while their own chat streams, and none of another origin is', async () => {
		const { draftId, chatId } = await openAll();
		await streamed(draftId, chatId);
		assert.deepEqual([...new Set(readAgain)].sort(), ['block', 'extract']);
		assert.ok(readAgain.length >= 6, 'the question, a part of the answer and its end');
	});

	it('are read again after a change of what they show', async () => {
		const { draftId, testId } = await openAll();
		const readAfter = async (change: () => Promise<unknown>) => {
			readAgain = [];
			await change();
			return [...new Set(readAgain)].sort();
		};
		const now = new Date().toISOString();
		assert.deepEqual(await readAfter(() => t.workshop.update(draftId, { draftContent: 'You are very brief.' })), [
			'saved-draft',
		]);
		assert.deepEqual(await readAfter(() => t.workshop.updatePrompt('auspex_default', { title: 'The default' })), [
			'prompt',
		]);
		// A draft shows the mean of its ratings, so a result's change is its change too.
		assert.deepEqual(await readAfter(() => t.workshop.rate(draftId, testId, { userRating: 5 })), [
			'answer',
			'request',
			'result',
			'saved-draft',
		]);
		assert.match(await open('result', testId), /Rating: 5 of 5/);
		let trashId = 0;
		assert.deepEqual(
			await readAfter(async () => {
				trashId = await t.store.write(({ trash }) => trash.removeDraft(draftId, now));
			}),
			['answer', 'block', 'extract', 'request', 'result', 'saved-draft'],
		);
		await assert.rejects(open('result', testId), /not found/);
		assert.deepEqual(await readAfter(() => t.workshop.undoDelete(trashId)), [
			'answer',
			'block',
			'extract',
			'request',
			'result',
			'saved-draft',
		]);
		assert.match(await open('result', testId), /Rating: 5 of 5/);
	});

	it('that are still being loaded, or were loaded before the extension host started, count as touched', async () => {
		let loaded = () => {};
		const loading = new Promise<void>((resolve) => (loaded = resolve));
		texts.add({ slow: () => loading.then(() => ({ text: 'a', origin: { results: ['a'] } })) });
		const change = { chats: [1] };
		const reading = open('slow', 'a');
		assert.deepEqual(texts.affectedBy(change, ['slow', 'older']), ['slow', 'older']);
		loaded();
		await reading;
		assert.deepEqual(texts.affectedBy(change, ['slow', 'older']), ['older']);
		assert.deepEqual(texts.affectedBy({ all: true }, ['slow']), ['slow']);
		texts.forget('slow');
		assert.deepEqual(texts.affectedBy({ results: ['a'] }, []), []);
	});
});
