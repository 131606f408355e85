import assert from 'node:assert/strict';
import { problemsOf, readRight } from '../../support/suites/readText.ts';

const suiteOf = (assertion: string) => `cases:\n  - query: q\n    assert:\n      - ${assertion}\n`;
const faults = (assertion: string) => problemsOf(suiteOf(assertion));
const read = async (assertion: string) => (await readRight(suiteOf(assertion))).cases[0]?.assert;

describe('an assertion', () => {
	it('has a type, a value and options', async () => {
		assert.deepEqual(
			await read(
				'{ type: not-levenshtein, value: "{{a}}", threshold: 3, weight: 0, metric: m, transform: output.trim(), provider: a/b, rubricPrompt: "{{output}}" }',
			),
			[
				{
					type: 'levenshtein',
					negate: true,
					value: '{{a}}',
					threshold: 3,
					weight: 0,
					metric: 'm',
					transform: 'output.trim()',
					provider: 'a/b',
					options: { rubricPrompt: '{{output}}' },
					line: 4,
				},
			],
		);
	});

	it('may be a set of others', async () => {
		assert.deepEqual(
			await read(
				'{ type: assert-set, threshold: 0.5, assert: [{ type: contains, value: a },\n          { type: is-refusal }] }',
			),
			[
				{
					type: 'assert-set',
					negate: false,
					threshold: 0.5,
					weight: 1,
					line: 4,
					members: [
						{ type: 'contains', negate: false, value: 'a', weight: 1, line: 4 },
						{ type: 'is-refusal', negate: false, weight: 1, line: 5 },
					],
				},
			],
		);
	});

	for (const [assertion, expected] of [
		['{ value: x }', /^4:9 "type" is missing here$/],
		['contains', /^4:9 Each item of "assert" must be fields with values$/],
		['{ contains: x }', /^4:9 "type" is missing here$/],
		[
			'{ type: contans, value: x }',
			/^4:17 There is no assertion "contans"\. Did you mean "contains"\? The types are equals, /,
		],
		['{ type: not-icontain, value: x }', /^4:17 .* Did you mean "icontains"\?/],
		['{ type: xyzzy, value: x }', /^4:17 There is no assertion "xyzzy"\. The types are equals, /],
		['{ type: bleu, value: x }', /^4:17 Assertions of the type "bleu" are promptfoo's and are not supported here$/],
		['{ type: not-similar, value: x }', /^4:17 Assertions of the type "similar" are promptfoo's/],
		['{ type: contains }', /^4:9 "contains" needs a value$/],
		['{ type: is-refusal, value: x }', /^4:29 warning: "is-refusal" takes no value: this one has no effect$/],
		[
			'{ type: contains, value: x, threshold: 1 }',
			/^4:37 warning: "contains" has no threshold: this one has no effect$/,
		],
		['{ type: contains, value: x, weight: -1 }', /^4:45 "weight" must be at least 0$/],
		['{ type: contains, value: x, weigth: 1 }', /^4:37 There is no field "weigth" here\. Did you mean "weight"\?/],
		['{ type: contains, value: "{{#a}}" }', /^4:35 The section "a" is not closed/],
		['{ type: contains-any, value: [a, "{{a b}}"] }', /^4:43 A name has no spaces/],
		['{ type: regex, value: 5 }', /^4:31 "value" must be text\. Put it in quotation marks$/],
		['{ type: word-count, value: [5] }', /^4:36 "word-count" does not take this value\. A number/],
		[
			'{ type: word-count, value: { mx: 5 } }',
			/^4:38 There is no field "mx" here\. Did you mean "max"\? The fields are min, max$/,
		],
		['{ type: assert-set }', /^4:9 A set needs "assert", the list of its assertions$/],
		['{ type: assert-set, value: x, assert: [] }', /^4:29 A set has no value, only assertions$/],
		['{ type: not-assert-set, assert: [] }', /^4:17 A set of assertions cannot be negated: negate its members$/],
		['{ type: contains, value: x, assert: [] }', /^4:37 Only an "assert-set" has assertions of its own$/],
		[
			'{ type: assert-set, assert: [{ type: assert-set, assert: [] }] }',
			/^4:38 A set of assertions cannot stand in another one$/,
		],
		['{ type: assert-set, assert: [{ type: contans, value: x }] }', /^4:46 There is no assertion "contans"/],
	] as const) {
		it(`is reported: ${assertion}`, async () => {
			const [first = '', ...others] = await faults(assertion);
			assert.match(first, expected);
			assert.ok(others.length <= 1);
		});
	}

	it('may leave the form of its value to its variables', async () => {
		assert.equal((await read('{ type: word-count, value: { min: "{{least}}" } }'))?.length, 1);
	});

	it('keeps braces that are no tag', async () => {
		const value = '^\\d{2} ${{x}} \\\\{{y}} {"a": {"b": 1}} \\{\\{z\\}\\}$';
		assert.equal((await read(`{ type: regex, value: '${value}' }`))?.[0]?.value, value);
	});
});
