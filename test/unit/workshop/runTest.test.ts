import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { isAppError } from '../../../src/common/errors.ts';
import type { TestResult } from '../../../src/common/model.ts';
import type { StreamPart } from '../../../src/common/streamParts.ts';
import { eventually, until } from '../../support/eventually.ts';
import { noTopics, testWorkshop, type TestWorkshop } from '../../support/workshop/testWorkshop.ts';

const prompt = 'You answer questions about releases. Cite every claim with a link to the article it comes from.';
const question = { testQuery: 'What breaks in version 24?', topic: 'news' };

async function draftWithText(t: TestWorkshop, text = prompt): Promise<number> {
	t.models.says('Hello');
	const { draft, run } = await t.workshop.start({ draftName: 'Release analyst', startingPrompt: text });
	await run.finished;
	return draft.id;
}

function resultOf(parts: StreamPart[]): TestResult {
	const part = parts.find((one) => one.type === 'result');
	assert.ok(part?.type === 'result');
	return part.result;
}

describe('runTest', () => {
	let t: TestWorkshop;
	beforeEach(async () => {
		const returned = new Set<string>();
		t = await testWorkshop({
			topics: noTopics(() =>
				Promise.resolve({
					tools: [
						{
							name: 'enhanced_database_search',
							description: 'Searches',
							inputSchema: { type: 'object' },
							run: () => Promise.resolve({ content: '', summary: '' }),
						},
					],
					returned,
					checkCitations: () => {
						returned.add('https://a').add('https://b');
						return Promise.resolve([{ url: 'https://a', label: 'A', support: 'supported' as const }]);
					},
				}),
			),
		});
	});
	afterEach(() => t.dispose());

	/** The model begins an answer and does not go on; resolves when its beginning has arrived. */
	function answerHalf(): Promise<void> {
		return new Promise((resolve) => {
			t.models.answer({ type: 'text', id: 't', text: 'Half' }, () => {
				resolve();
				return new Promise(() => undefined);
			});
		});
	}

	it('takes text that turns out to be thinking for the first token, and for no part of the answer', async () => {
		const draftId = await draftWithText(t);
		t.models.says(
			'[A](https://a) breaks.',
			{ type: 'text', id: 'x', text: 'See https://b first.' },
			{ type: 'reclassify', id: 'x', as: 'thinking' },
		);
		const run = await t.workshop.test(draftId, question);
		const parts: StreamPart[] = [];
		for await (const part of run.parts()) {
			parts.push(part);
		}
		const result = resultOf(parts);
		assert.equal(result.responsePreview, '[A](https://a) breaks.');
		assert.equal(result.responseLength, result.responsePreview.length);
		assert.notEqual(result.timeToFirstTokenMs, null);
		const [first, turned] = parts;
		assert.ok(first?.type === 'text' && turned?.type === 'reclassify');
		assert.ok((turned.at ?? -1) >= (first.at ?? 0), 'stamped as the parts before it');
	});

	it('streams, measures and stores a result, and moves the draft to testing', async () => {
		const draftId = await draftWithText(t);
		t.models.says(
			'[A](https://a) breaks.',
			{ type: 'thinking', id: 'x', text: 'Search first.' },
			{ type: 'tool-call', id: '1', name: 'enhanced_database_search', input: { query: 'version 24' } },
			{ type: 'tool-result', id: '1', name: 'enhanced_database_search', summary: '2 articles', articleCount: 2 },
			{ type: 'usage', inputTokens: 10, outputTokens: 5 },
		);
		const run = await t.workshop.test(draftId, question);
		const parts: StreamPart[] = [];
		for await (const part of run.parts()) {
			parts.push(part);
		}
		assert.deepEqual(
			parts.map(({ type }) => type),
			['thinking', 'tool-call', 'tool-result', 'usage', 'text', 'result', 'done'],
		);
		const result = resultOf(parts);
		assert.equal(result.status, 'complete');
		assert.deepEqual(result.toolsUsed, ['enhanced_database_search']);
		assert.equal(result.responseLength, '[A](https://a) breaks.'.length);
		assert.deepEqual(result.usage, { inputTokens: 10, outputTokens: 5 });
		assert.equal(result.costUsd, null);
		assert.ok(result.executionTimeMs >= 0 && result.timeToFirstTokenMs !== null);
		assert.deepEqual(result.citations, [{ url: 'https://a', label: 'A', support: 'supported' }]);
		assert.equal(t.models.requests.at(-1)?.system, prompt);
		assert.deepEqual(await t.store.read(({ results }) => results.get(result.testId)), result);
		assert.equal((await t.store.read(({ drafts }) => drafts.get(draftId))).status, 'testing');
		const stored = await t.workshop.response(result.testId);
		assert.equal(stored?.systemPrompt, prompt);
		assert.deepEqual(stored?.turn.blocks, run.turn.blocks);
	});

	it('measures the answer as it streamed, its texts joined as they are', async () => {
		const draftId = await draftWithText(t);
		t.models.says(
			'It breaks.',
			{ type: 'text', id: 'a', text: 'Let me look. ' },
			{ type: 'tool-call', id: '1', name: 'enhanced_database_search', input: {} },
			{ type: 'tool-result', id: '1', name: 'enhanced_database_search', summary: 'none' },
			{ type: 'text', id: 'b', text: '\n' },
		);
		const run = await t.workshop.test(draftId, question);
		const parts: StreamPart[] = [];
		for await (const part of run.parts()) {
			parts.push(part);
		}
		const streamed = parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
		const result = resultOf(parts);
		assert.equal(result.responsePreview, streamed);
		assert.equal(result.responseLength, streamed.length);
	});

	it('does not count a name that is no tool among the tools; the call stays to be seen', async () => {
		const draftId = await draftWithText(t);
		t.models.says(
			'Done',
			{ type: 'tool-call', id: '1', name: 'browse_the_web', input: {} },
			{ type: 'tool-result', id: '1', name: 'browse_the_web', summary: 'Unknown tool', isError: true },
			{ type: 'tool-call', id: '2', name: 'enhanced_database_search', input: {} },
			{ type: 'tool-result', id: '2', name: 'enhanced_database_search', summary: 'none' },
		);
		const run = await t.workshop.test(draftId, question);
		await run.finished;
		const result = await t.store.read(({ results }) => results.get(run.key));
		assert.deepEqual(result.toolsUsed, ['enhanced_database_search']);
		const calls = run.turn.blocks.filter((block) => block.type === 'tool');
		assert.deepEqual(
			calls.map(({ name, result: told }) => [name, told?.isError ?? false]),
			[
				['browse_the_web', true],
				['enhanced_database_search', false],
			],
		);
	});

	for (const [stopReason, status, moves] of [
		['stop', 'complete', true],
		['unknown', 'complete', true],
		['length', 'truncated', false],
		['refusal', 'refused', false],
		['tools', 'tools', false],
		['cancelled', 'stopped', false],
		['error', 'failed', false],
	] as const) {
		it(`that ends with ${stopReason} is ${status}, and ${moves ? 'moves the draft on' : 'leaves the draft where it is'}`, async () => {
			const draftId = await draftWithText(t);
			t.models.answer({ type: 'text', id: 't', text: 'Some' }, { type: 'done', stopReason });
			const run = await t.workshop.test(draftId, question);
			await run.finished;
			const { result, draft } = await t.store.read(({ results, drafts }) => ({
				result: results.get(run.key),
				draft: drafts.get(draftId),
			}));
			assert.deepEqual([result.status, result.stopReason], [status, stopReason]);
			assert.equal(draft.status, moves ? 'testing' : 'draft');
		});
	}

	it('that ends for a reason which nobody knows is no pass', async () => {
		const draftId = await draftWithText(t);
		const notice = 'The server ended with the reason "x"';
		t.models.answer({ type: 'text', id: 't', text: 'Some' }, { type: 'done', stopReason: 'unknown', notice });
		const run = await t.workshop.test(draftId, question);
		await run.finished;
		assert.equal((await t.store.read(({ results }) => results.get(run.key))).status, 'unknown');
		assert.equal((await t.store.read(({ drafts }) => drafts.get(draftId))).status, 'draft');
	});

	it('stores which model answered, and whether it was one', async () => {
		const draftId = await draftWithText(t);
		const resultWith = async (model: string) => {
			const run = await t.workshop.test(draftId, { ...question, model });
			await run.finished;
			return t.store.read(({ results }) => results.get(run.key));
		};
		t.models.says('Done', { type: 'answered', model: 'scripted/fallback' });
		const fallback = await resultWith('scripted/model');
		assert.deepEqual(
			[fallback.model, fallback.answeredModel, fallback.isModel],
			['scripted/model', 'scripted/fallback', true],
		);
		t.models.says('Found');
		const guide = await resultWith('own/guide');
		assert.deepEqual([guide.answeredModel, guide.isModel], [null, false]);
	});

	it('stores a stopped run with what arrived and leaves the status', async () => {
		const draftId = await draftWithText(t);
		const half = answerHalf();
		const run = await t.workshop.test(draftId, question);
		await half;
		run.stop();
		await run.finished;
		const result = await t.store.read(({ results }) => results.get(run.key));
		assert.equal(result.status, 'stopped');
		assert.equal(result.responsePreview, 'Half');
		assert.equal((await t.store.read(({ drafts }) => drafts.get(draftId))).status, 'draft');
	});

	it('stores what has arrived every five seconds, also after that failed once', async () => {
		const draftId = await draftWithText(t);
		const half = answerHalf();
		mock.timers.enable({ apis: ['setInterval'] });
		const put = mock.method(t.store.blobs, 'put');
		try {
			const run = await t.workshop.test(draftId, question);
			await half;
			put.mock.mockImplementationOnce(() => Promise.reject(new Error('disk full')));
			mock.timers.tick(5000);
			const stored = async (): Promise<[string, boolean]> => {
				const result = await t.store.read(({ results }) => results.get(run.key));
				return [result.responsePreview, result.fullResponseStored];
			};
			await eventually(async () => assert.deepEqual(await stored(), ['Half', false]));
			mock.timers.tick(5000);
			await until(async () => (await stored())[1], 'the whole answer to be stored');
			run.stop();
			await run.finished;
		} finally {
			mock.timers.reset();
			mock.restoreAll();
		}
	});

	it('orders error, result, done', async () => {
		const draftId = await draftWithText(t);
		t.models.answer(
			{ type: 'error', code: 'auth', message: 'Refused the key (401)', retryable: false },
			{ type: 'done', stopReason: 'error' },
		);
		const run = await t.workshop.test(draftId, question);
		const parts: StreamPart[] = [];
		for await (const part of run.parts()) {
			parts.push(part);
		}
		assert.deepEqual(
			parts.map(({ type }) => type),
			['error', 'result', 'done'],
		);
		assert.equal(resultOf(parts).status, 'failed');
		assert.equal(resultOf(parts).error?.code, 'auth');
	});

	it('turns an exception into an error part and a failed result', async () => {
		const draftId = await draftWithText(t);
		t.models.answer({ type: 'text', id: 't', text: 'Some' }, () => Promise.reject(new Error('the wire broke')));
		const run = await t.workshop.test(draftId, question);
		await run.finished;
		const result = await t.store.read(({ results }) => results.get(run.key));
		assert.equal(result.status, 'failed');
		assert.match(result.error?.message ?? '', /the wire broke/);
		assert.equal(run.turn.stopReason, 'error');
	});

	it('keeps a rating that is given while it runs', async () => {
		const draftId = await draftWithText(t);
		let release = () => {};
		const held = new Promise<void>((resolve) => {
			release = resolve;
		});
		t.models.says('Done', () => held);
		const run = await t.workshop.test(draftId, question);
		await t.workshop.rate(draftId, run.key, { userRating: 4, notes: 'Needs dates' });
		release();
		await run.finished;
		const result = await t.store.read(({ results }) => results.get(run.key));
		assert.deepEqual([result.userRating, result.notes], [4, 'Needs dates']);
	});

	it('has no stop reason while it runs; a new window gives one to a test whose process ended', async () => {
		const draftId = await draftWithText(t);
		const reasonOf = (testId: string) => t.store.read(({ results }) => results.get(testId).stopReason);
		t.models.answer(() => new Promise(() => undefined));
		const run = await t.workshop.test(draftId, question);
		const lost = await t.store.write(({ results }) => {
			const result = { ...results.get(run.key), testId: 'lost' };
			results.put(result);
			return result.testId;
		});
		await t.workshop.tidy();
		assert.deepEqual([await reasonOf(run.key), await reasonOf(lost)], [null, 'unknown']);
		run.stop();
		await run.finished;
		assert.equal(await reasonOf(run.key), 'cancelled');
	});

	it('ends when its result is deleted, which an Undo brings back as it was stopped', async () => {
		const draftId = await draftWithText(t);
		t.models.answer(() => new Promise(() => undefined));
		const run = await t.workshop.test(draftId, question);
		const trashId = await t.workshop.removeResult(run.key);
		assert.equal(t.workshop.runs.active.length, 0);
		await t.workshop.undoDelete(trashId);
		assert.equal((await t.store.read(({ results }) => results.get(run.key))).status, 'stopped');
	});

	it('refuses bad input before anything is stored or sent', async () => {
		const draftId = await draftWithText(t);
		const short = await draftWithText(t, 'Too short to test');
		const sent = t.models.requests.length;
		const cases: [number, Partial<typeof question> & { limit?: number; thinking?: never }, RegExp][] = [
			[draftId, { testQuery: '' }, /10/],
			[draftId, { testQuery: 'x'.repeat(1001) }, /1001|1,001/],
			[draftId, { limit: 4 }, /5/],
			[draftId, { thinking: 'much' as never }, /much/],
			[draftId, { topic: 'nowhere' }, /nowhere/],
			[short, {}, /50/],
		];
		for (const [id, change, message] of cases) {
			await assert.rejects(
				() => t.workshop.test(id, { ...question, ...change }),
				(error) => error instanceof Error && message.test(error.message),
			);
		}
		assert.equal((await t.store.read(({ results }) => results.list(draftId))).length, 0);
		assert.equal(t.models.requests.length, sent);
	});

	it('does not rate a result of another draft', async () => {
		const [one, two] = [await draftWithText(t), await draftWithText(t)];
		t.models.says('Done');
		const run = await t.workshop.test(one, question);
		await run.finished;
		await assert.rejects(
			() => t.workshop.rate(two, run.key, { userRating: 5 }),
			(error) => isAppError(error, 'not-found'),
		);
		await assert.rejects(
			() => t.workshop.rate(one, run.key, { userRating: 6 }),
			(error) => isAppError(error, 'validation'),
		);
	});
});
