import assert from 'node:assert/strict';
import { readPromptTools } from '../../../src/suites/readPromptTools.ts';

const tool = { name: 'get_order', description: 'Order by id', inputSchema: { type: 'object' }, result: 'x' };

describe('the tools of a draft as JSON', () => {
	it('are read as they are written, with what every tool has', async () => {
		const whole = {
			...tool,
			isError: true,
			delay: 0.5,
			results: [{ when: { id: '9' }, result: { state: 'lost' }, isError: true, delay: 1 }],
		};
		const { tools, problems } = await readPromptTools(JSON.stringify([whole, { name: 'bare' }], undefined, '\t'));
		assert.deepEqual(problems, []);
		assert.deepEqual(tools, [whole, { name: 'bare', description: '', inputSchema: {} }]);
	});

	it('are none in an empty list, or in no text at all', async () => {
		for (const text of ['[]', ' [\n] ', '', '\ufeff[]']) {
			assert.deepEqual(await readPromptTools(text), { tools: [], problems: [] }, text);
		}
	});

	const cases: [string, string, number, number, RegExp][] = [
		['a text that is not JSON', '[\n\t{ "name": "a", \n', 3, 1, /not valid JSON/],
		['what is no list', '{ "name": "a" }', 1, 1, /must be a list/],
		['an item that is no tool', '[\n\t7\n]', 2, 2, /fields with values/],
		['a tool without a name', '[\n\t{ "result": "x" }\n]', 2, 2, /"name" is missing/],
		['a name that APIs refuse', '[\n\t{ "name": "get order" }\n]', 2, 12, /"name" is not as it must be/],
		['a field that there is not', '[\n\t{ "name": "a", "resul": "x" }\n]', 2, 17, /Did you mean "result"/],
		['a value of the wrong type', '[{ "name": "a", "delay": "1" }]', 1, 26, /"delay" must be a number/],
		['a name that is there twice', '[{ "name": "a" },\n{ "name": "a" }]', 2, 11, /two tools "a"/],
		[
			'a tag that cannot be rendered',
			'[{ "name": "a", "results": [{ "when": {}, "result": "ab {{#if x}}" }] }]',
			1,
			57,
			/./,
		],
		[
			'arguments that are no object',
			'[{ "name": "a", "inputSchema": { "type": "string" } }]',
			1,
			42,
			/must be "object"/,
		],
		['a tool of the editor, which only suites name', '[{ "editor": "a" }]', 1, 2, /missing|no field/],
	];
	for (const [what, text, line, column, message] of cases) {
		it(`have a problem at its place: ${what}`, async () => {
			const { tools, problems } = await readPromptTools(text);
			assert.deepEqual(tools, []);
			const [first] = problems;
			assert.ok(first);
			assert.match(first.message, message);
			assert.deepEqual([first.line, first.column], [line, column], first.message);
		});
	}

	it('may have the name of a tool of topics, with a warning', async () => {
		const { tools, problems } = await readPromptTools('[{ "name": "get_topic_articles" }]');
		assert.equal(tools.length, 1);
		assert.deepEqual(
			problems.map(({ severity }) => severity),
			['warning'],
		);
	});

	it('have a limit of size', async () => {
		const text = JSON.stringify([{ ...tool, result: 'x'.repeat(1_000_000) }]);
		assert.match((await readPromptTools(text)).problems[0]?.message ?? '', /at most 1000000/);
	});
});
