import assert from 'node:assert/strict';
import type { PromptVariable } from '../../../../src/prompts/promptMetadata.ts';
import { renderPrompt } from '../../../../src/prompts/variables/renderPrompt.ts';

const variables: PromptVariable[] = [
	{ name: 'customer', type: 'text' },
	{ name: 'count', type: 'number', default: '3' },
	{ name: 'tone', type: 'choice', choices: ['warm', 'brief'] },
	{ name: 'orders', type: 'json', default: '[{"id": 7}]' },
];

function render(text: string, given: Record<string, unknown> = {}): unknown {
	const rendered = renderPrompt(text, variables, given);
	return 'text' in rendered ? rendered.text : rendered.problems.map(({ code, message }) => `${code}: ${message}`);
}

describe('rendering a prompt with the values of a form', () => {
	it('takes typed texts by type, and defaults where nothing is given', () => {
		const rendered = renderPrompt('{{customer}} {{count}}{{#orders}} {{id}}{{/orders}}', variables, {
			customer: 'Ada',
			tone: 'odd',
		});
		assert.deepEqual(rendered, {
			text: 'Ada 3 7',
			values: { customer: 'Ada', count: 3, orders: [{ id: 7 }] },
		});
	});

	it('takes values of a caller by type', () => {
		assert.equal(render('{{customer}}{{count}}{{orders}}', { customer: 5, count: 2.5, orders: {} }), '52.5{}');
	});

	it('refuses a number that a stored result could not keep', () => {
		assert.deepEqual(render('{{count}}', { count: '1e400' }), [
			'wrong-value: "count" must be a number such as 3 or 2.5, and is "1e400"',
		]);
		assert.equal(render('{{count}}', { count: '1e21' }), '1e+21');
	});

	it('needs no value for what the text does not use', () => {
		assert.equal(render('no tags, \\{{x}}', { count: 'wrong' }), 'no tags, {{x}}');
	});

	for (const [text, given, expected] of [
		[
			'{{nobody}} {{nobody}}',
			{},
			/^undeclared: The variable "nobody" is not declared: declare it, or write \\{{nobody}} to keep it as text$/,
		],
		['{{customer}}', {}, /^missing-value: The variable "customer" has no value$/],
		['{{count}}', { count: 'many' }, /^wrong-value: "count" must be a number such as 3 or 2.5, and is "many"$/],
		['{{count}}', { count: true }, /^wrong-value: "count" is of the type number, and its value is a boolean/],
		['{{tone}}', { tone: 'rude' }, /^wrong-value: "tone" must be one of warm, brief, and is "rude"$/],
		['{{orders}}', { orders: '[1,' }, /^wrong-value: "orders" must be JSON, and cannot be read: /],
		['{{customer}}', { customer: ['a'] }, /^wrong-value: "customer" is of the type text, and its value is a list/],
	] as const) {
		it(`names the problem of ${text} with ${JSON.stringify(given)}`, () => {
			const problems = render(text, given);
			assert.ok(Array.isArray(problems) && problems.length === (text.match(/nobody/g)?.length ?? 1));
			assert.match(String(problems[0]), expected);
		});
	}

	it('takes names in a section of a JSON value, and only there, as its keys', () => {
		assert.equal(render('{{#orders}}{{id}}{{/orders}}'), '7');
		assert.match(String(render('{{#count}}{{id}}{{/count}}')), /"id" is not declared/);
		assert.match(String(render('{{#orders}}{{/orders}}{{id}}')), /"id" is not declared/);
	});

	it('tells an empty text from one that was not given', () => {
		assert.equal(render('[{{customer}}]', { customer: '' }), '[]');
		assert.equal(render('[{{count}}]', { count: ' ' }), '[3]');
	});

	it('is not misled by names of the prototype', () => {
		const odd: PromptVariable[] = [
			{ name: '__proto__', type: 'text', default: 'a' },
			{ name: 'constructor', type: 'text' },
		];
		const rendered = renderPrompt('{{__proto__}}{{constructor}}', odd, {});
		assert.ok('problems' in rendered);
		assert.deepEqual(
			rendered.problems.map(({ code, variable }) => [code, variable]),
			[['missing-value', 'constructor']],
		);
		assert.equal(rendered.preview, 'a{{constructor}}');
	});
});
