import assert from 'node:assert/strict';
import { AppError } from '../../../src/common/errors.ts';
import type { Store } from '../../../src/storage/contract.ts';
import type { ScriptStep } from '../../support/workshop/scriptedModels.ts';
import { testWorkshop, type TestWorkshop } from '../../support/workshop/testWorkshop.ts';

const prompt = 'You answer questions about releases. Cite every claim with a link to the article it comes from.';
const question = { testQuery: 'What breaks in version 24?', topic: 'news' };
const request: ScriptStep = {
	type: 'request',
	request: { method: 'POST', url: 'https://example.com', headers: {}, body: '{}' },
};
const fifty = Array.from({ length: 50 }, (_, index) => index);

describe('runs that end together with equal texts', function () {
	this.timeout(30_000);
	let t: TestWorkshop;
	beforeEach(async () => (t = await testWorkshop()));
	afterEach(() => t.dispose());

	it('fifty tests: each has its result and its full answer', async () => {
		t.models.says('Hello');
		const { draft, run } = await t.workshop.start({ draftName: 'Analyst', startingPrompt: prompt });
		await run.finished;
		fifty.forEach(() => t.models.says('It breaks nothing.'));
		const runs = await Promise.all(fifty.map(() => t.workshop.test(draft.id, question)));
		await Promise.all(runs.map(({ finished }) => finished));
		const results = await t.store.read((repositories) => repositories.results.list(draft.id));
		assert.equal(results.length, 50);
		for (const result of results) {
			assert.deepEqual([result.status, result.error], ['complete', null]);
			assert.ok(await t.store.blobs.get(result.responseRef ?? ''));
		}
	});

	it('fifty starts: no answer stays streaming', async () => {
		fifty.forEach(() => t.models.says('Hello', request));
		const started = await Promise.all(fifty.map(() => t.workshop.start({ startingPrompt: prompt })));
		await Promise.all(started.map(({ run }) => run.finished));
		const statuses = await t.store.read(({ chats }) =>
			started.map(({ chatId }) => chats.messages(chatId).at(-1)?.status),
		);
		assert.deepEqual(statuses, Array(50).fill('complete'));
	});
});

describe('a run whose texts cannot be stored', () => {
	let t: TestWorkshop;
	let failing = false;
	beforeEach(async () => {
		failing = false;
		t = await testWorkshop();
		const blobs: Store['blobs'] = {
			...t.store.blobs,
			put: (text) =>
				failing
					? Promise.reject(new AppError('storage', 'Not saved. The disk is full.'))
					: t.store.blobs.put(text),
		};
		const store = new Proxy(t.store, {
			get: (target, key) => {
				const value: unknown = key === 'blobs' ? blobs : Reflect.get(target, key);
				return typeof value === 'function' ? (value as () => unknown).bind(target) : value;
			},
		});
		t.context.store = () => Promise.resolve(store);
	});
	afterEach(() => t.dispose());

	it('ends with what it has answered, and says what is missing', async () => {
		t.models.says('Hello');
		const { draft, chatId, run } = await t.workshop.start({ draftName: 'Analyst', startingPrompt: prompt });
		await run.finished;
		failing = true;
		t.models.says('It breaks nothing.');
		await (
			await t.workshop.test(draft.id, question)
		).finished;
		const [result] = await t.store.read(({ results }) => results.list(draft.id));
		assert.equal(result?.status, 'complete');
		assert.equal(result.responsePreview, 'It breaks nothing.');
		assert.equal(result.fullResponseStored, false);
		assert.match(result.error?.message ?? '', /full answer of this test was not stored.*disk is full/);

		t.models.says('Another answer.', request);
		await (
			await t.workshop.send(draft.id, 'More')
		).finished;
		const answer = await t.store.read(({ chats }) => chats.messages(chatId).at(-1));
		assert.deepEqual([answer?.status, answer?.content], ['complete', 'Another answer.']);
		assert.match(answer?.parts?.error?.message ?? '', /request of this answer was not stored.*disk is full/);
	});
});
