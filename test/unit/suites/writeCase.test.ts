import assert from 'node:assert/strict';
import fc from 'fast-check';
import { appendCase, newSuite } from '../../../src/suites/writeCase.ts';
import type { WrittenCase } from '../../../src/suites/reading/readCase.ts';
import { announceSeed, fuzzSeed } from '../../support/random.ts';
import { readText } from '../../support/suites/readText.ts';

const added: WrittenCase = { name: 'new', query: 'Why?', assert: [{ type: 'contains', value: 'so' }] };
const block = (indent: string) =>
	['- name: new', '  query: Why?', '  assert:', '    - type: contains', '      value: so', '']
		.map((line) => (line === '' ? '' : indent + line))
		.join('\n');

describe('appendCase', () => {
	for (const [what, text, expected] of [
		['at the end', 'cases:\n  - query: a # why\n', `cases:\n  - query: a # why\n${block('  ')}`],
		['without a line break at the end', 'cases:\n  - query: a', `cases:\n  - query: a\n${block('  ')}`],
		['with the list at the margin', 'cases:\n- query: a\n', `cases:\n- query: a\n${block('')}`],
		[
			'before the next field, its comment and the empty line before it',
			'# top\ncases:\n    - { query: a,\n        tags: [x\n    ] }\n\n# about tools\ntools: []\n',
			`# top\ncases:\n    - { query: a,\n        tags: [x\n    ] }\n${block('    ')}\n# about tools\ntools: []\n`,
		],
		[
			'after a text that keeps its empty lines',
			'cases:\n  - query: |+\n      a\n\n\ntopic: x\n',
			`cases:\n  - query: |+\n      a\n\n\n${block('  ')}topic: x\n`,
		],
		['where there is no value', 'cases: # none yet\ntopic: x\n', `cases: # none yet\n${block('  ')}topic: x\n`],
		['where there is an empty list', 'cases: [ ] # none\ntopic: x\n', `cases: # none\n${block('  ')}topic: x\n`],
		['where there is null', 'cases: null\n', `cases:\n${block('  ')}`],
		['where there is no field', 'topic: x', `topic: x\ncases:\n${block('  ')}`],
		['to nothing', '', `cases:\n${block('  ')}`],
		[
			'to a list in brackets',
			'cases: [{ query: a, tags: [b] } ] # c\n',
			`cases: [{ query: a, tags: [b] }, ${JSON.stringify(added)} ] # c\n`,
		],
		['after a comma', 'cases: [{ query: a },]\n', `cases: [{ query: a }, ${JSON.stringify(added)}]\n`],
		['to JSON on one line', '{"cases":[{"query":"]"}]}', `{"cases":[{"query":"]"}, ${JSON.stringify(added)}]}`],
		['to JSON without cases', '{"topic":"x"}', `{"topic":"x", "cases": [${JSON.stringify(added)}]}`],
		[
			'to JSON with lines',
			'{\n  "cases": [\n    {\n      "query": "a"\n    }\n  ]\n}\n',
			`{\n  "cases": [\n    {\n      "query": "a"\n    },\n${JSON.stringify(added, undefined, 2).replace(/^/gm, '    ')}\n  ]\n}\n`,
		],
		[
			'with the line ends of the file',
			'\ufeffcases:\r\n  - query: a\r\ntopic: x\r\n',
			`\ufeffcases:\r\n  - query: a\r\n${block('  ').replaceAll('\n', '\r\n')}topic: x\r\n`,
		],
	] as const) {
		it(`adds a case ${what}`, () => assert.equal(appendCase(text, added), expected));
	}

	it('adds a case that ends with empty lines, and another one after it', async () => {
		const last = { name: 'b', assert: [{ type: 'contains', value: 'v\n\n' }] };
		const text = appendCase(appendCase('cases:\n  - query: a\n', last), { name: 'c', query: 'q' });
		const { suite } = await readText(text);
		assert.equal(suite?.cases[1]?.assert[0]?.value, 'v\n\n');
		assert.equal(suite?.cases[2]?.query, 'q');
	});

	for (const text of ['cases: 5', '- a', 'cases: [', 'cases: *x', 'a: 1\n...\n', 'cases: { a: 1 }']) {
		it(`refuses ${JSON.stringify(text)}`, () => {
			assert.throws(() => appendCase(text, added), { code: 'validation' });
		});
	}

	it('adds cases that are read as they were written, and leaves the others', async function () {
		this.timeout(60_000);
		announceSeed();
		const text = fc.oneof(
			fc.string({ unit: 'grapheme' }),
			fc.string({ unit: 'binary' }),
			fc.stringMatching(/^[ \t\r\n#:\-|>'"{}[\]&*!%@`~,.0-9eanulty\\]*$/),
		);
		const plain = text.map((value) => value.replaceAll('{', '('));
		const suites = fc.constantFrom(
			'cases:\n  - query: a\n    name: a#1\n',
			'# c\ncases: []\ntopic: x\n',
			'{"cases":[{"query":"a","name":"a#1"}]}',
			'cases:\r\n- query: |+\r\n    a\r\n\r\n  name: a#1\r\n# end',
		);
		await fc.assert(
			fc.asyncProperty(
				suites,
				fc.record({
					name: plain.map((name) => `n${name}`),
					query: plain,
					vars: fc.dictionary(
						fc.string().filter((key) => key !== '__proto__'),
						fc.oneof(text, fc.integer(), fc.boolean()),
					),
					output: text,
					assert: fc.array(
						fc.record({ type: fc.constant('contains'), value: plain.map((value) => `v${value}`) }),
					),
				}),
				async (before, record) => {
					// Without the prototypes that the generator leaves out.
					const written = JSON.parse(JSON.stringify(record)) as typeof record;
					const { suite, problems } = await readText(appendCase(before, written));
					assert.deepEqual(problems, []);
					const { name, query, vars, output, assert: assertions } = suite?.cases.at(-1) ?? {};
					assert.deepEqual(
						{ name, query, vars, output, assert: assertions?.map(({ type, value }) => ({ type, value })) },
						written,
					);
				},
			),
			{ seed: fuzzSeed, numRuns: 200 },
		);
	});
});

describe('newSuite', () => {
	it('writes a suite that is read again', async () => {
		const text = newSuite({ description: 'd: 1', prompt: 'draft:7' }, [added]);
		assert.equal(text, `description: 'd: 1'\nprompt: draft:7\ncases:\n${block('  ')}`);
		assert.deepEqual((await readText(text)).problems, []);
	});
});
