import assert from 'node:assert/strict';
import { join } from 'node:path';
import { AppError } from '../../../src/common/errors.ts';
import { turnText } from '../../../src/common/turn.ts';
import type { Store } from '../../../src/storage/contract.ts';
import type { LiveRun } from '../../../src/workshop/liveRuns.ts';
import { eventually } from '../../support/eventually.ts';
import { sleep } from '../../support/sleep.ts';
import { mountSmallDisk } from '../../support/storage/smallDisk.ts';
import { testWorkshop, type TestWorkshop } from '../../support/workshop/testWorkshop.ts';

const prompt = 'You answer questions about releases. Cite every claim with a link to the article it comes from.';
const question = { testQuery: 'What breaks in version 24?', topic: 'news' };

describe('a run while the disk is full', () => {
	let t: TestWorkshop;
	let isFull = false;
	let draftId: number;
	let chatId: number;
	let ended: LiveRun[];

	beforeEach(async () => {
		isFull = false;
		t = await testWorkshop();
		const write: Store['write'] = (work) =>
			isFull
				? Promise.reject(new AppError('storage', 'Not saved. The disk is full.', { info: { retryable: true } }))
				: t.store.write(work);
		const store = new Proxy(t.store, {
			get: (target, key) => {
				const value: unknown = key === 'write' ? write : Reflect.get(target, key);
				return typeof value === 'function' ? (value as () => unknown).bind(target) : value;
			},
		});
		t.context.store = () => Promise.resolve(store);
		t.models.says('Hello');
		const started = await t.workshop.start({ startingPrompt: prompt });
		await started.run.finished;
		draftId = started.draft.id;
		({ chatId } = started);
		ended = [];
		t.context.runs.onDidEnd((run) => ended.push(run));
	});
	afterEach(() => t.dispose());

	const fill = async () => {
		isFull = true;
	};
	const lastMessage = () => t.store.read(({ chats }) => chats.messages(chatId).at(-1));
	const newestResult = () => t.store.read(({ results }) => results.list(draftId)[0]);

	it('keeps an answer here with the reason, and stores it as it was when that is possible [fault 2]', async () => {
		t.models.says('Shorter now.', fill);
		const run = await t.workshop.send(draftId, 'Make it shorter');
		await run.finished;
		assert.equal(turnText(run.turn), 'Shorter now.');
		assert.match(run.turn.error?.message ?? '', /only in this window.*The disk is full/);
		assert.deepEqual(t.context.runs.of(draftId), [run]);
		assert.equal((await lastMessage())?.status, 'streaming');
		await assert.rejects(t.workshop.send(draftId, 'More'), /The disk is full/);

		isFull = false;
		await t.context.runs.storeUnstored();
		const stored = await lastMessage();
		assert.deepEqual(
			[stored?.status, stored?.content, stored?.parts?.error],
			['complete', 'Shorter now.', undefined],
		);
		assert.deepEqual([t.context.runs.active, ended], [[], [run, run]]);
		t.models.says('Here you are.');
		await (
			await t.workshop.send(draftId, 'More')
		).finished;
		assert.equal((await lastMessage())?.content, 'Here you are.');
	});

	it('keeps a test here, and stores its result when that is possible [fault 2]', async () => {
		t.models.says('It breaks nothing.', fill);
		const run = await t.workshop.test(draftId, question);
		await run.finished;
		assert.match(run.turn.error?.message ?? '', /only in this window/);
		assert.equal((await newestResult())?.stopReason, null);
		isFull = false;
		await t.context.runs.storeUnstored();
		const result = await newestResult();
		assert.deepEqual([result?.status, result?.responsePreview], ['complete', 'It breaks nothing.']);
	});

	it('is not stopped in the middle of its answer: the whole is stored at its end [fault 2]', async () => {
		const wait = () => sleep(700, 'longer than the store waits between two pieces');
		t.models.answer(
			fill,
			{ type: 'text', id: 't', text: 'First, ' },
			wait,
			{ type: 'text', id: 't', text: 'second, ' },
			async () => {
				isFull = false;
			},
			{ type: 'text', id: 't', text: 'third.' },
			{ type: 'done', stopReason: 'stop' },
		);
		const run = await t.workshop.send(draftId, 'Count');
		await run.finished;
		assert.equal(run.turn.error, undefined);
		const stored = await lastMessage();
		assert.deepEqual([stored?.status, stored?.content], ['complete', 'First, second, third.']);
	});

	it('of a draft that is deleted meanwhile is forgotten', async () => {
		t.models.says('It breaks nothing.', fill);
		await (
			await t.workshop.test(draftId, question)
		).finished;
		isFull = false;
		await t.workshop.remove(draftId);
		await t.context.runs.storeUnstored();
		assert.deepEqual(t.context.runs.active, []);
	});
});

it('a run that ends on a disk that is full is stored by itself when there is space again [fault 2]', async function () {
	this.timeout(60_000);
	const disk = await mountSmallDisk(8);
	if (typeof disk === 'string') {
		console.log(`      skipped: ${disk}`);
		return this.skip();
	}
	const t = await testWorkshop({}, join(disk.folder, 'store'));
	try {
		await t.workshop.tidy();
		t.models.says('Hello');
		const { draft, chatId, run: first } = await t.workshop.start({ startingPrompt: prompt });
		await first.finished;
		// Longer than what the last page of the log has room for.
		const answer = 'A longer answer. '.repeat(1000);
		t.models.says(answer, () => disk.fill());
		const run = await t.workshop.send(draft.id, 'Make it shorter');
		await run.finished;
		assert.match(run.turn.error?.message ?? '', /only in this window.*The disk is full/);
		const stored = () => t.store.read(({ chats }) => chats.messages(chatId).at(-1));
		assert.equal((await stored())?.status, 'streaming');
		await disk.free();
		// The store finds out in a few seconds.
		await eventually(async () => assert.equal((await stored())?.status, 'complete'), 20_000);
		assert.equal((await stored())?.content, answer);
	} finally {
		await t.dispose();
		await disk.remove();
	}
});
