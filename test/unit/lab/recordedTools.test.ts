import assert from 'node:assert/strict';
import type { FixtureMessage } from '../../../src/common/api.ts';
import { recordedTools } from '../../../src/lab/recordedTools.ts';
import { user } from './support.ts';

const signal = new AbortController().signal;

function recording(...calls: [name: string, input: unknown, content?: string, isError?: boolean][]): FixtureMessage[] {
	return [
		user('q'),
		{
			role: 'assistant',
			content: calls.flatMap(([name, input, content, isError = false], index) => [
				{ type: 'tool-call' as const, id: `${index}`, name, input },
				...(content === undefined
					? []
					: [{ type: 'tool-result' as const, id: `${index}`, content, ...(isError && { isError }) }]),
			]),
		},
	];
}

describe('recorded tools', () => {
	it('are those that were called, with what their arguments have in common', () => {
		const tools = recordedTools(
			recording(
				['search', { query: 'p', limit: 3, deep: { a: 1 } }],
				['search', { query: 'q', limit: null }],
				['list', undefined],
				['raw', 'not JSON'],
			),
		);
		assert.deepEqual(
			tools.map(({ name, inputSchema }) => [name, inputSchema]),
			[
				[
					'search',
					{
						type: 'object',
						properties: {
							query: { type: 'string' },
							limit: { type: ['number', 'null'] },
							deep: { type: 'object' },
						},
						required: ['query', 'limit'],
					},
				],
				['list', { type: 'object', properties: {} }],
				['raw', { type: 'object', properties: {} }],
			],
		);
		assert.deepEqual(recordedTools([user('q')]), []);
	});

	it('answer by exact arguments before partial ones, in the order of the recording', async () => {
		const [search] = recordedTools(
			recording(
				['search', { query: 'p' }, 'few'],
				['search', { limit: 2, query: 'p' }, 'exact'],
				['search', { query: 'p' }, 'more'],
				['search', {}, 'all'],
			),
		);
		const ask = async (input: unknown) => (await search?.run(input, signal))?.content;
		assert.equal(await ask({ query: 'p', limit: 2 }), 'exact', 'whatever the order of the fields');
		assert.deepEqual(
			[await ask({ query: 'p' }), await ask({ query: 'p' }), await ask({ query: 'p' })],
			['few', 'more', 'more'],
		);
		assert.equal(await ask({ query: 'p', limit: 9 }), 'few', 'a call with more arguments');
		assert.equal(await ask({}), 'all');
		assert.match((await ask({ query: 'x' })) ?? '', /No call of "search" with these arguments was recorded/);
	});

	it('never take what was recorded for a template', async () => {
		const [search] = recordedTools(recording(['search', { query: '{{x}}' }, '{{args.query}} {{#if}} {%']));
		assert.deepEqual(await search?.run({ query: '{{x}}' }, signal), {
			content: '{{args.query}} {{#if}} {%',
			summary: '{{args.query}} {{#if}} {%',
		});
	});

	it('say of a call that it failed, that its result is missing, or that it was not recorded', async () => {
		const [search] = recordedTools(recording(['search', { a: 1 }, 'no hit', true], ['search', { b: 1 }]));
		const ask = async (input: unknown) => search?.run(input, signal);
		assert.deepEqual(await ask({ a: 1 }), { content: 'no hit', summary: 'no hit', isError: true });
		assert.deepEqual(await ask({ b: 1 }), {
			content: 'This call of "search" was recorded without a result.',
			summary: 'No result of this call was recorded',
			isError: true,
		});
		assert.equal((await ask({ c: 1 }))?.isError, true);
		assert.equal((await ask({}))?.isError, true);
	});
});
