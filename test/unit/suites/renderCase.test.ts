import assert from 'node:assert/strict';
import { caseHash } from '../../../src/suites/caseHash.ts';
import { renderCase } from '../../../src/suites/renderCase.ts';
import type { SuiteCase } from '../../../src/suites/suite.ts';
import { readRight } from '../../support/suites/readText.ts';

const caseOf = (fields: Partial<SuiteCase>): SuiteCase => ({
	name: 'a',
	line: 1,
	vars: {},
	tags: [],
	repeat: 1,
	assert: [],
	...fields,
});

describe('renderCase', () => {
	it('fills variables into the question and into texts of values at any depth', async () => {
		const { cases } = await readRight(`
cases:
  - vars: { city: Oslo, n: 2, limits: { max: 5 }, words: [1, 2] }
    query: "{{n}} days in {{city | upper}}?"
    expected: [ja, nei]
    assert:
      - { type: contains-any, value: ["{{city}}", "x{{n}}"] }
      - { type: equals, value: { a: [{ b: "{{city}}" }], c: 1 } }
      - { type: assert-set, assert: [{ type: contains, value: "{{city}}", transform: "output + '{{city}}'" }] }
      - { type: equals, value: "{{limits}}" }
      - { type: contains-any, value: "{{ expected }}" }
      - { type: contains, value: "is {{expected}}" }
      - { type: contains, value: "{{n}}" }
`);
		const [first] = cases;
		assert.ok(first);
		const rendered = renderCase(first);
		assert.equal(rendered.query, '2 days in OSLO?');
		assert.deepEqual(
			rendered.assert.map(
				({ value, members }) => value ?? members?.map((member) => [member.value, member.transform]),
			),
			[
				['Oslo', 'x2'],
				{ a: [{ b: 'Oslo' }], c: 1 },
				[['Oslo', "output + '{{city}}'"]],
				{ max: 5 },
				['ja', 'nei'],
				'is ja,nei',
				'2',
			],
		);
	});

	it('fills variables into messages, and leaves tags in values as text', () => {
		const messages = [{ role: 'user' as const, content: '{{a}} \\{{a}} ${{a}}' }];
		const { messages: rendered } = renderCase(caseOf({ vars: { a: '{{b}}' }, messages }));
		assert.deepEqual(rendered, [{ role: 'user', content: '{{b}} {{a}} ${{a}}' }]);
	});

	it('keeps the pattern of a regular expression', () => {
		const value = '^\\d{2,3} "\\w+": \\{\\s*[{}]{{1}}$';
		const [assertion] = renderCase(
			caseOf({ assert: [{ type: 'regex', negate: false, value, weight: 1, line: 1 }] }),
		).assert;
		assert.equal(assertion?.value, value);
	});

	it('names case and variable where there is no value', () => {
		assert.throws(() => renderCase(caseOf({ name: 'lost parcel', query: 'Hi {{customer.name}}' })), {
			code: 'validation',
			message: 'The case "lost parcel" cannot be used: The variable "customer.name" has no value',
			info: { field: 'customer' },
		});
		const assertion = { type: 'equals', negate: false, value: ['{{expected}}'], weight: 1, line: 1 };
		assert.throws(() => renderCase(caseOf({ assert: [assertion] })), /The variable "expected" has no value/);
		assert.throws(() => renderCase(caseOf({ query: '{% if a %}' })), /Statements such as/);
	});

	it('reaches nothing that a value inherits', () => {
		assert.throws(() => renderCase(caseOf({ vars: { a: {} }, query: '{{a.toString}}' })), /has no value/);
		assert.throws(() => renderCase(caseOf({ query: '{{constructor}}' })), /has no value/);
	});
});

describe('caseHash', () => {
	const assertion = { type: 'equals', negate: false, value: { a: 1, b: 2 }, weight: 1, line: 7 };
	const original = caseOf({ query: 'q', vars: { x: 1, y: 2 }, assert: [assertion] });

	it('is the same wherever the case stands, whatever it is called, and in any order of keys', () => {
		const moved = caseOf({
			...original,
			name: 'b',
			line: 99,
			file: 'a.csv',
			tags: ['t'],
			repeat: 9,
			timeout: 3,
			vars: { y: 2, x: 1 },
			assert: [{ ...assertion, value: { b: 2, a: 1 }, line: 3 }],
		});
		assert.equal(caseHash(moved), caseHash(original));
		assert.match(caseHash(original), /^[0-9a-f]{64}$/);
		const set = { type: 'assert-set', negate: false, weight: 1, line: 1, members: [assertion] };
		const other = { ...set, line: 2, members: [{ ...assertion, line: 3 }] };
		assert.equal(caseHash(caseOf({ assert: [set] })), caseHash(caseOf({ assert: [other] })));
	});

	it('is another one for everything that changes what is asked or how it is graded', () => {
		const changes: Partial<SuiteCase>[] = [
			{},
			{ query: 'r' },
			{ vars: { x: 1 } },
			{ vars: { x: '1', y: 2 } },
			{ messages: [{ role: 'user', content: 'q' }] },
			{ conversation: { fixture: 'f', turn: 0 } },
			{ expected: 'x' },
			{ thinking: 'low' },
			{ maxTokens: 5 },
			{ threshold: 0.5 },
			{ output: '' },
			{ outputs: { a: 'x' } },
			{ metadata: { a: 1 } },
			{ assert: [] },
			{ assert: [{ ...assertion, negate: true }] },
			{ assert: [{ ...assertion, weight: 2 }] },
			{ assert: [{ ...assertion, options: { rubricPrompt: 'x' } }] },
			{ assert: [assertion, assertion] },
		];
		const hashes = changes.map((change) => caseHash({ ...original, ...change }));
		assert.equal(new Set(hashes).size, changes.length);
	});
});
