import assert from 'node:assert/strict';
import { isAppError } from '../../../src/common/errors.ts';
import { mockOf, mockTools, type MockResult, type MockTool } from '../../../src/prompts/mockTools.ts';

const signal = new AbortController().signal;

function result(content: string, fields: Partial<MockResult> = {}): MockResult {
	return { content, isError: false, delayMs: 0, ...fields };
}

function tool(fields: Partial<MockTool>) {
	const [made] = mockTools([
		{ name: 'get_order', description: 'An order', inputSchema: { type: 'object' }, results: [], ...fields },
	]);
	assert.ok(made);
	return made;
}

describe('mock tools', () => {
	it('answer with the first result that fits the arguments, and else with the default', async () => {
		const orders = tool({
			result: result('shipped'),
			results: [
				{ when: { id: '9' }, ...result('lost', { isError: true }) },
				{ when: { id: '9', deep: { a: [1] } }, ...result('never') },
				{ when: { deep: { a: [1, 2] } }, ...result('deep') },
			],
		});
		const answers: [unknown, string][] = [
			[{ id: '9', more: true }, 'lost'],
			[{ id: 9 }, 'lost'],
			[{ deep: { a: [1, 2], b: 3 } }, 'deep'],
			[{ deep: { a: [1] } }, 'shipped'],
			[{}, 'shipped'],
		];
		for (const [input, content] of answers) {
			assert.equal((await orders.run(input, signal)).content, content);
		}
		assert.equal((await orders.run({ id: '9' }, signal)).isError, true);
		assert.equal((await orders.run({}, signal)).isError, undefined);
	});

	it('put the arguments into the result', async () => {
		const orders = tool({ result: result('{"id":"{{args.id}}","items":{{args.items | json}}}') });
		const { content, summary } = await orders.run({ id: '7', items: [1] }, signal);
		assert.equal(content, '{"id":"7","items":[1]}');
		assert.equal(summary, content);
	});

	it('say that no result fits, and that one cannot be rendered', async () => {
		const none = await tool({}).run({ id: '1' }, signal);
		assert.equal(none.isError, true);
		assert.match(none.content, /No result is written for this call of "get_order"/);
		const missing = await tool({ result: result('{{args.id}}') }).run({}, signal);
		assert.equal(missing.isError, true);
		assert.match(missing.content, /cannot be rendered/);
	});

	it('shorten what people read, and nothing of what the model reads', async () => {
		const { content, summary } = await tool({ result: result('x'.repeat(500)) }).run({}, signal);
		assert.equal(content.length, 500);
		assert.equal(summary.length, 80);
	});

	it('end a delay as soon as the signal is aborted', async () => {
		const controller = new AbortController();
		const running = tool({ result: result('late', { delayMs: 60_000 }) }).run({}, controller.signal);
		controller.abort();
		await assert.rejects(running, (error) => isAppError(error, 'cancelled'));
		assert.equal((await tool({ result: result('soon', { delayMs: 1 }) }).run({}, signal)).content, 'soon');
	});

	it('are read from the tools of an agent, without what cannot be read', () => {
		const schema = { type: 'object', properties: {} };
		assert.deepEqual(
			mockOf({
				name: 'a',
				description: 'A',
				inputSchema: schema,
				result: { state: 'open' },
				delay: 0.5,
				results: [{ when: { id: 1 }, result: 'no', isError: true }, { when: 3, result: 'x' }, 'y'],
			}),
			{
				name: 'a',
				description: 'A',
				inputSchema: schema,
				result: result('{"state":"open"}', { delayMs: 500 }),
				results: [{ when: { id: 1 }, ...result('no', { isError: true }) }],
			},
		);
		assert.deepEqual(mockOf({ name: 'b', description: '', inputSchema: {} }), {
			name: 'b',
			description: '',
			inputSchema: { type: 'object' },
			results: [],
		});
	});
});
