import assert from 'node:assert/strict';
import type { Citation } from '../../../../src/common/model.ts';
import type { GradedAnswer } from '../../../../src/suites/graders/grader.ts';
import { assertion, gradeWith } from '../../../support/suites/gradeWith.ts';

/** What an assertion says of an answer, as `true: reason`. */
async function says(type: string, value: unknown, fields: Partial<GradedAnswer>, threshold?: number): Promise<string> {
	const parts = { ...(value === undefined ? {} : { value }), ...(threshold === undefined ? {} : { threshold }) };
	const { pass, error, reason } = await gradeWith(assertion(type, parts), 'x', fields);
	return `${error ? 'error' : pass}: ${reason}`;
}

const calls = (...toolCalls: GradedAnswer['toolCalls']) => ({ model: 'a/b', toolCalls });
const called = calls(
	{ name: 'search', input: { query: 'parcel', limit: 5 } },
	{ name: 'get_order', input: { id: '7', deep: { a: 1, b: [1, { c: 2, d: 3 }] } } },
);

describe('graders of tool calls', () => {
	for (const [type, value, expected] of [
		['tool-called', 'search', 'true: The expected tools were called: tools called: search, get_order'],
		['tool-called', ['search', 'send'], 'false: Not called: send; tools called: search, get_order'],
		['tool-called', [], 'error: "tool-called" needs a value: the name of a tool, or a list of names'],
		[
			'tool-args',
			{ name: 'search', args: { query: 'parcel' } },
			'true: Expected search {"query":"parcel"}; it was called with {"query":"parcel","limit":5}',
		],
		[
			'tool-args',
			{ name: 'get_order', args: { id: 7 } },
			'false: Expected get_order {"id":7}; it was called with {"id":"7",',
		],
		['tool-args', { name: 'get_order', args: { deep: { b: [1, { d: 3 }] } } }, 'true'],
		['tool-args', { name: 'get_order', args: { deep: { b: [1] } } }, 'false'],
		['tool-args', { name: 'get_order', args: { toString: {} } }, 'false'],
		['tool-args', { name: 'send', args: {} }, 'false: Expected send {}; tools called: search, get_order'],
		['tool-args', 'search', 'error: "tool-args" needs a value: an object with "name"'],
		['tool-sequence', ['search', 'get_order'], 'true: Expected the order search → get_order; tools called'],
		['tool-sequence', ['get_order', 'search'], 'false'],
		['tool-sequence', ['get_order'], 'true'],
		[
			'tool-sequence',
			{ names: ['get_order'], exact: true },
			'false: Expected exactly get_order; tools called: search, get_order',
		],
		['tool-sequence', { names: ['search', 'get_order'], exact: true }, 'true'],
		['max-tool-calls', 2, 'true: Tool calls: 2; expected at most 2; tools called: search, get_order'],
		['max-tool-calls', '1', 'false: Tool calls: 2; expected at most 1'],
		['max-tool-calls', { name: 'search', max: 0 }, 'false: Calls of search: 1; expected at most 0'],
		['max-tool-calls', 1.5, 'error: "max-tool-calls" needs a value: a whole number'],
	] as const) {
		it(`${type} ${JSON.stringify(value)} says ${expected}`, async () => {
			const said = await says(type, value, called);
			assert.ok(said.startsWith(expected), said);
		});
	}

	it('fail without calls, and cannot know of those of a recorded answer', async () => {
		assert.equal(await says('tool-called', 'search', calls()), 'false: Not called: search; no tool was called');
		const unknown = 'error: It is not known which tools were called: the answer is recorded';
		for (const [type, value] of [
			['tool-called', 'a'],
			['not-tool-called', 'a'],
			['tool-args', { name: 'a', args: {} }],
			['tool-sequence', 'a'],
			['max-tool-calls', 1],
			['searched', undefined],
		] as const) {
			assert.equal(await says(type, value, {}), unknown, type);
		}
		assert.match(await says('tool-called', 'search', { ...called, model: null }), /^true/);
	});

	it('searched counts searches of the topic', async () => {
		const searches = calls(
			{ name: 'enhanced_database_search', input: {} },
			{ name: 'get_topic_articles', input: {} },
			{ name: 'search_articles_by_keywords', input: {} },
		);
		assert.match(await says('searched', undefined, searches), /^true: Searches: 2; expected at least 1/);
		assert.match(await says('searched', '3', searches), /^false: Searches: 2; expected at least 3/);
		assert.match(await says('searched', undefined, calls()), /^false: Searches: 0; .*no tool was called/);
		assert.match(await says('searched', -1, searches), /^error: "searched" needs a value: a whole number/);
	});
});

describe('graders of figures', () => {
	for (const [type, fields, limit, expected] of [
		['latency', { latencyMs: 99.6 }, 100, 'true: 100 ms, within the limit of 100 ms'],
		['latency', { latencyMs: 101 }, 100, 'false: 101 ms, over the limit of 100 ms'],
		['not-latency', { latencyMs: 99 }, 100, 'false: 99 ms, within the limit of 100 ms (the opposite was expected)'],
		['first-token', { firstTokenMs: 3 }, 5, 'true: 3 ms, within the limit of 5 ms'],
		['cost', { costUsd: 0.0123456 }, 0.01, 'false: $0.01235, over the limit of $0.01'],
		[
			'output-tokens',
			{ usage: { outputTokens: 5 } },
			5,
			'true: 5 output tokens, within the limit of 5 output tokens',
		],
		[
			'thinking-tokens',
			{ usage: { thinkingTokens: 6 } },
			5,
			'false: 6 thinking tokens, over the limit of 5 thinking tokens',
		],
	] as const) {
		it(`${type} says ${expected}`, async () => {
			assert.equal(await says(type, undefined, fields, limit), expected);
			assert.match(await says(type, undefined, { usage: {} }, limit), /^error: There is no /);
			assert.match(await says(type, undefined, fields), /^error: ".*" needs a threshold: The maximum /);
		});
	}

	it('finish-reason knows the words of providers, and is an error where there is none', async () => {
		const ended = { stopReason: 'tools' } as const;
		assert.equal(
			await says('finish-reason', 'tool_calls', ended),
			'true: The answer ended with "tools"; expected "tool_calls"',
		);
		assert.match(await says('finish-reason', 'STOP', ended), /^false/);
		assert.match(await says('finish-reason', 'stop', {}), /^error: It is not known why/);
		assert.match(await says('not-finish-reason', 'stop', { stopReason: 'unknown' }), /^error/);
		assert.match(await says('finish-reason', 5, ended), /^error: "finish-reason" needs a value/);
	});
});

describe('graders of citations', () => {
	const cited = (...supports: Citation['support'][]) => ({
		citations: supports.map((support, index) => ({ url: `https://x.y/${index}`, label: '', support })),
	});

	it('cites-returned needs links, all of them returned', async () => {
		assert.equal(await says('cites-returned', undefined, cited('supported')), 'true: Tools returned all 1 links');
		const mixed = await gradeWith(
			assertion('cites-returned'),
			'x',
			cited('supported', 'unknown', 'not-returned', 'supported'),
		);
		assert.deepEqual([mixed.pass, mixed.score], [false, 0.5]);
		assert.equal(mixed.reason, 'No tool returned 2 of 4 links: https://x.y/1, https://x.y/2');
		assert.match(await says('cites-returned', undefined, cited()), /^false: The answer has no link/);
	});

	it('no-unsupported-links says of each link what is wrong with it', async () => {
		assert.match(await says('no-unsupported-links', undefined, cited()), /^true/);
		assert.equal(
			await says('no-unsupported-links', undefined, cited('supported', 'unknown', 'not-returned')),
			'false: Unsupported links: the topic does not have https://x.y/1; the topic has https://x.y/2, but no tool returned it',
		);
	});

	it('min-citations counts different articles that were returned', async () => {
		const { citations } = cited('supported', 'supported', 'unknown');
		const twice = { citations: [...citations, ...citations] };
		assert.match(await says('min-citations', 2, twice), /^true: The answer cites 2 articles/);
		assert.match(
			await says('min-citations', 3, twice),
			/^false: The answer cites 2 articles.* at least 3: https:\/\/x.y\/0/,
		);
		assert.match(await says('min-citations', undefined, cited('unknown')), /^false: The answer cites no article/);
		assert.match(await says('min-citations', 0, cited()), /^true/);
	});

	it('cannot know of links without a topic', async () => {
		for (const type of ['cites-returned', 'no-unsupported-links', 'min-citations', 'not-min-citations']) {
			assert.match(await says(type, undefined, {}), /^error: The links cannot be checked/);
		}
	});
});
