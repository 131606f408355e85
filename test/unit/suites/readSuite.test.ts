import assert from 'node:assert/strict';
import { performance } from 'node:perf_hooks';
import { graders } from '../../../src/suites/graders/all.ts';
import { readSuite } from '../../../src/suites/readSuite.ts';
import { problemsOf, readRight, readText } from '../../support/suites/readText.ts';

const caseOf = (fields: string) => `cases:\n  - name: a\n${fields.replace(/^/gm, '    ')}\n`;

describe('readSuite', () => {
	it('reads all fields of a suite', async () => {
		const suite = await readRight(`
description: Support triage
prompt: [draft:Support triage, 'file:prompts/triage.md']
models: [anthropic/claude-sonnet]
topic: General
tools:
  - name: get_order
    description: Order by id
    inputSchema: { type: object, properties: { id: { type: string } } }
    result: '{"id":"{{args.id}}"}'
    results:
      - { when: { id: "9" }, result: not found, isError: true, delay: 0.5 }
      - { when: {}, result: { state: shipped } }
cases:
  - name: lost parcel
    vars: { customer: Ada, n: 1, list: [1, 2] }
    query: Where is my parcel 7?
    expected: shipping
    tags: [billing]
    repeat: 5
    thinking: low
    maxTokens: 100
    timeout: 2.5
    threshold: 0.5
    metadata: { source: ticket }
    assert:
      - { type: not-equals, value: "{{expected}}", weight: 2, metric: label, transform: output.trim() }
  - { name: recorded, query: q, output: "" }
  - { name: A/B, query: q, outputs: { old: a, new: b } }
  - name: talk
    messages: [{ role: user, content: Hi }, { role: user, content: Bye }]
  - name: taken up
    conversation: { fixture: 7c, turn: 2 }
`);
		const { cases, ...head } = suite;
		assert.deepEqual(head, {
			description: 'Support triage',
			prompts: ['draft:Support triage', 'file:prompts/triage.md'],
			models: ['anthropic/claude-sonnet'],
			topic: 'General',
			tools: [
				{
					name: 'get_order',
					description: 'Order by id',
					inputSchema: { type: 'object', properties: { id: { type: 'string' } } },
					result: { content: '{"id":"{{args.id}}"}', isError: false, delayMs: 0 },
					results: [
						{ when: { id: '9' }, content: 'not found', isError: true, delayMs: 500 },
						{ when: {}, content: '{"state":"shipped"}', isError: false, delayMs: 0 },
					],
				},
			],
		});
		assert.deepEqual(cases, [
			{
				name: 'lost parcel',
				line: 15,
				vars: { customer: 'Ada', n: 1, list: [1, 2] },
				query: 'Where is my parcel 7?',
				expected: 'shipping',
				tags: ['billing'],
				repeat: 5,
				thinking: 'low',
				maxTokens: 100,
				timeout: 2.5,
				threshold: 0.5,
				metadata: { source: 'ticket' },
				assert: [
					{
						type: 'equals',
						negate: true,
						value: '{{expected}}',
						weight: 2,
						metric: 'label',
						transform: 'output.trim()',
						line: 27,
					},
				],
			},
			{ name: 'recorded', line: 28, vars: {}, query: 'q', tags: [], repeat: 1, assert: [], output: '' },
			{
				name: 'A/B',
				line: 29,
				vars: {},
				query: 'q',
				tags: [],
				repeat: 1,
				assert: [],
				outputs: { old: 'a', new: 'b' },
			},
			{
				name: 'talk',
				line: 30,
				vars: {},
				messages: [
					{ role: 'user', content: 'Hi' },
					{ role: 'user', content: 'Bye' },
				],
				tags: [],
				repeat: 1,
				assert: [],
			},
			{
				name: 'taken up',
				line: 32,
				vars: {},
				conversation: { fixture: '7c', turn: 2 },
				tags: [],
				repeat: 1,
				assert: [],
			},
		]);
	});

	it('merges defaults into cases: assertions before the own ones, variables and tags together', async () => {
		const { cases } = await readRight(`
defaults:
  vars: { a: 1, b: 2 }
  tags: [all]
  repeat: 3
  query: "What is {{a}}?"
  timeout: 9
  threshold: 0.7
  assert: [{ type: contains, value: x }]
cases:
  - vars: { b: 3 }
    tags: [one, all]
    assert: [{ type: contains, value: y }]
  - { name: own, query: own, repeat: 1, threshold: 0 }
  - { name: talk, messages: [{ role: user, content: Hi }] }
`);
		const [first, own, talk] = cases;
		assert.deepEqual(first?.vars, { a: 1, b: 3 });
		assert.deepEqual(first.tags, ['all', 'one']);
		assert.deepEqual(
			first.assert.map(({ value, line }) => ({ value, line })),
			[
				{ value: 'x', line: 9 },
				{ value: 'y', line: 13 },
			],
		);
		assert.deepEqual([first.repeat, first.timeout, first.threshold, first.query], [3, 9, 0.7, 'What is {{a}}?']);
		assert.deepEqual([own?.repeat, own?.threshold, own?.query], [1, 0, 'own']);
		assert.equal(talk?.query, undefined);
	});

	it('takes fields that have no value yet as absent', async () => {
		const suite = await readRight('prompt:\nmodels:\ndefaults:\ncases:\n  - query: q\n    tags:\n    assert:\n');
		assert.equal(suite.cases[0]?.name, 'q');
	});

	it('reads JSON with its positions', async () => {
		const json = JSON.stringify({ cases: [{ name: 'a', query: 'q', nmae: 1 }] }, undefined, '\t');
		const { suite, problems } = await readText(json, {}, 'json');
		assert.equal(suite?.cases.length, 0);
		assert.deepEqual(
			problems.map(({ line, column }) => ({ line, column })),
			[{ line: 6, column: 4 }],
		);
		assert.match(problems[0]?.message ?? '', /Did you mean "name"\?/);
	});

	it('takes brackets that close where their field begins, and says where they may not', async () => {
		const suite = await readRight(
			'models: [\n  a/b,\n\n]\ncases: [\n  {\n    query: q,\n    tags: [\n      x\n    ]\n  }\n]\ntopic: x\n',
		);
		assert.deepEqual([suite.models, suite.cases[0]?.tags, suite.topic], [['a/b'], ['x'], 'x']);
		assert.deepEqual(await problemsOf('cases: [\n  { query: q } # c\n]\n'), [
			'3:1 This is not valid YAML: deficient indentation',
		]);
	});

	it('names an unknown field with its place, the field that was meant and all others', async () => {
		const [problem = '', ...others] = await problemsOf(
			'description: x\r\ncases:\r\n  - query: q\r\n    asert: []\r\n',
		);
		assert.match(
			problem,
			/^4:5 There is no field "asert" here\. Did you mean "assert"\? The fields are name, vars, /,
		);
		assert.deepEqual(others, []);
		assert.match((await problemsOf('promt: x\ncases: [{ query: q }]'))[0] ?? '', /^1:1 .* Did you mean "prompt"\?/);
		assert.match(
			(await problemsOf('zzzzzz: x\ncases: [{ query: q }]'))[0] ?? '',
			/here\. The fields are description, /,
		);
	});

	for (const [fields, expected] of [
		['query: 5', '3:12 "query" must be text. Put it in quotation marks'],
		['tags: billing', '3:11 "tags" must be a list'],
		['tags: [a, 2]', '3:15 Each item of "tags" must be text. Put it in quotation marks'],
		['repeat: 0', '3:13 "repeat" must be at least 1'],
		['repeat: 1.5', '3:13 "repeat" must be a whole number'],
		['repeat: 1001', '3:13 "repeat" must be at most 1000'],
		['timeout: 0', '3:14 "timeout" must be more than 0'],
		['thinking: much', '3:15 There is no thinking "much". Use one of off, low, medium, high'],
		['vars: [1]', '3:11 "vars" must be fields with values'],
		['output: 5', '3:13 "output" must be text. Put it in quotation marks'],
		['outputs: {}', '3:14 "outputs" must not be empty'],
		['messages: []', '3:15 "messages" must not be empty'],
		['messages: [{ role: user }]', '3:16 "content" is missing here'],
		['messages: [{ role: system, content: x }]', '3:24 There is no role "system". Use one of user, assistant'],
		[
			'messages: [{ role: assistant, content: x }]',
			"3:16 The last message must be the user's: the model answers it",
		],
		['conversation: { fixture: x }', '3:19 "turn" is missing here'],
		[
			'query: q\nmessages: [{ role: user, content: x }]',
			'4:5 A case has either "query" or "messages". Delete one of them',
		],
		['output: a\noutputs: { x: b }', '4:5 A case has either "output" or "outputs". Delete one of them'],
		['query: "{{ name"', '3:13 This "{{" is not closed: write "}}" after the name, or "\\{{" to keep it as text'],
		['query: "{{a}} {{#b}}"', '3:19 The section "b" is not closed: write {{/b}} where it ends'],
	] as const) {
		it(`refuses ${fields.replaceAll('\n', ', ')}`, async () => {
			assert.deepEqual(await problemsOf(caseOf(fields)), [expected]);
		});
	}

	it('refuses prompts and models that are named wrongly', async () => {
		assert.deepEqual(await problemsOf('prompt: triage\nmodels: [gpt]\ncases: [{ query: q }]'), [
			'1:9 "triage" names no prompt: write draft:NAME, library:NAME, version:ID or file:PATH',
			'2:10 "gpt" names no model: write provider/model',
		]);
	});

	it('reads tools of the editor by name', async () => {
		const suite = await readRight('tools: [{ editor: shout }, { name: a, result: x }]\ncases: [{ query: q }]');
		assert.deepEqual(suite.editorTools, ['shout']);
		assert.deepEqual(
			suite.tools.map(({ name }) => name),
			['a'],
		);
		assert.deepEqual(
			await problemsOf(
				'tools: [{ editor: a, result: x }, { editor: b }, { editor: b }, {}]\ncases: [{ query: q }]',
			),
			[
				'1:9 A tool of the editor has only its name, as "editor"',
				'1:60 There are two tools "b"',
				'1:65 The tool has no "name"',
			],
		);
	});

	it('refuses tools without a result, with the name of another, and with a name no model takes', async () => {
		assert.deepEqual(
			await problemsOf(
				'tools: [{ name: a }, { name: b, result: x }, { name: b, result: y }]\ncases: [{ query: q }]',
			),
			['1:9 The tool "a" has no "result" and no "results"', '1:54 There are two tools "b"'],
		);
		assert.deepEqual(await problemsOf('tools: [{ name: "a b", result: x }]\ncases: [{ query: q }]'), [
			'1:17 "name" is not as it must be: Letters, digits, "_" and "-".',
		]);
	});

	it('reports what is no suite', async () => {
		const noSuite = 'A suite consists of fields, such as "prompt:" and "cases:"';
		assert.deepEqual(await problemsOf(''), [`1:1 ${noSuite}`]);
		assert.deepEqual(await problemsOf('# only a comment\n'), [`1:1 ${noSuite}`]);
		assert.deepEqual(await problemsOf('- name: a'), [`1:1 ${noSuite}`]);
		assert.deepEqual(await problemsOf('description: x'), [
			'1:1 warning: The suite has no cases. Add "cases:" with at least one',
		]);
		assert.deepEqual(await problemsOf('cases: 5'), ['1:8 "cases" must be a list']);
		assert.match((await problemsOf('cases:\n  - query: "a'))[0] ?? '', /^2:14 This is not valid YAML: /);
		assert.match(
			(await problemsOf('cases: [{ query: q }]\n---\nb: 2'))[0] ?? '',
			/^3:1 The file must hold one document/,
		);
	});
});

describe('names of cases', () => {
	it('come from the question, with its variables, and get a number if they are taken', async () => {
		const { cases } = await readRight(`
defaults: { query: "Where is {{what}}?" }
cases:
  - vars: { what: it }
  - vars: { what: it }
  - name: Where is it? (2)
  - messages: [{ role: user, content: "Hello\\nthere" }]
  - output: x
    query: ""
`);
		assert.deepEqual(
			cases.map(({ name }) => name),
			['Where is it?', 'Where is it? (3)', 'Where is it? (2)', 'Hello', 'Line 8'],
		);
	});

	it('are a problem where one is there twice, and stay unique', async () => {
		const text = 'cases:\n  - { name: a, query: q }\n  - { name: b, query: q }\n  - { name: a, query: q }\n';
		assert.deepEqual(await problemsOf(text), ['4:13 There is another case "a": give each case a name of its own']);
		const { suite } = await readText(text);
		assert.deepEqual(
			suite?.cases.map(({ name }) => name),
			['a', 'b', 'a (2)'],
		);
	});

	it('are compared after lists were expanded', async () => {
		const text = 'cases:\n  - name: a [2]\n  - name: a\n    vars: { x: [p, q] }\n';
		assert.deepEqual(await problemsOf(text), [
			'3:11 There is another case "a [2]": give each case a name of its own',
		]);
	});
});

describe('lists of variables', () => {
	const casesOf = async (vars: string, more = '') =>
		(await readRight(`cases:\n  - name: c\n    vars: ${vars}\n${more}`)).cases.map(({ name, vars: own }) => [
			name,
			own,
		]);

	it('make one case of each combination, the last variable changing fastest', async () => {
		assert.deepEqual(await casesOf('{ b: ["1", "2"], c: [x], a: [x, 2] }'), [
			['c [1]', { b: '1', c: 'x', a: 'x' }],
			['c [2]', { b: '1', c: 'x', a: 2 }],
			['c [3]', { b: '2', c: 'x', a: 'x' }],
			['c [4]', { b: '2', c: 'x', a: 2 }],
		]);
	});

	it('are values if they do not begin with a text, or if the case says so', async () => {
		assert.deepEqual(await casesOf('{ a: [1, x], b: [], c: [{ k: 1 }] }'), [
			['c', { a: [1, 'x'], b: [], c: [{ k: 1 }] }],
		]);
		assert.deepEqual(await casesOf('{ a: [x, y] }', '    expand: false\n'), [['c', { a: ['x', 'y'] }]]);
		assert.deepEqual(await casesOf('{ a: [x, y] }', 'defaults: { expand: false }\n'), [['c', { a: ['x', 'y'] }]]);
	});

	it('are refused before they are expanded if there would be too many cases', async () => {
		const items = JSON.stringify(Array.from({ length: 60 }, (_, index) => `x${index}`));
		const text = `cases:\n  - query: q\n  - vars: { a: ${items}, b: ${items}, c: ${items} }\n`;
		assert.deepEqual(await problemsOf(text), [
			'3:5 A suite has at most 100000 cases; with this one it would have 216001',
		]);
	});
});

describe('YAML that harms', () => {
	it('is refused if its aliases stand for too much', async () => {
		const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]'];
		for (const [name, before] of ['ba', 'cb', 'dc', 'ed', 'fe']) {
			bomb.push(`${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(', ')}]`);
		}
		const started = performance.now();
		const { suite, problems } = await readText(`${bomb.join('\n')}\ncases: *f\n`);
		assert.equal(suite, undefined);
		assert.deepEqual(
			problems.map(({ line, message }) => `${line} ${message}`),
			['6 The aliases of this file stand for more than 100000 values'],
		);
		assert.ok(performance.now() - started < 1_000);
	});

	it('may use anchors and merge keys for what is small', async () => {
		const { cases } = await readRight(`
defaults: { assert: &asserts [{ type: contains, value: x }] }
cases:
  - &first { name: a, query: q, assert: *asserts }
  - { <<: *first, name: b }
  - { <<: [{ query: r }, *first], name: c }
`);
		assert.deepEqual(
			cases.map(({ name, query, assert: own }) => [name, query, own.length]),
			[
				['a', 'q', 2],
				['b', 'q', 2],
				['c', 'r', 2],
			],
		);
	});

	for (const [text, expected] of [
		['cases: *x', '1:8 There is no anchor "x" before this alias'],
		['cases: &x [*x]', '1:12 The alias "x" stands for something that contains it'],
		['cases: [{ query: a, query: b }]', '1:21 The field "query" is there twice. Delete one of them'],
		['cases: [{ vars: { __proto__: { x: 1 } } }]', '1:19 A field cannot have the name "__proto__"'],
		['cases: [{ vars: { ? [a] : b } }]', '1:21 The name of a field must be text'],
		[
			'cases: [{ vars: { a: .inf } }]',
			'1:22 A number must be finite. To write it as text, put it in quotation marks',
		],
		[
			'cases: [{ vars: { a: !!js/function x } }]',
			'1:36 The value does not fit its tag !!js/function, or the tag is not supported',
		],
		['cases: !!set { a }', '1:8 A tag such as !!set is not supported'],
	] as const) {
		it(`is reported: ${text}`, async () => {
			assert.deepEqual((await problemsOf(text)).slice(0, 1), [expected]);
		});
	}

	it('is refused if it is nested too deeply', async () => {
		const [problem = ''] = await problemsOf(`cases: ${'['.repeat(100_000)}`);
		assert.match(problem, /^1:107 This is not valid YAML: nesting exceeded/);
	});

	it('reports at most a thousand problems', async () => {
		const { problems } = await readText(`cases:\n${'  - { x: 1 }\n'.repeat(3_000)}`);
		assert.equal(problems.length, 1_001);
		assert.equal(problems.at(-1)?.message, 'There are more problems than these 1000');
	});
});

describe('a suite of 100,000 cases', () => {
	const items = Array.from(
		{ length: 100_000 },
		(_, index) =>
			`  - name: case ${index}\n    query: "Where is parcel ${index}?"\n    assert:\n      - { type: equals, value: "{{expected}}" }\n`,
	);
	const large = `cases:\n${items.join('')}`;

	it('is read, lets others work meanwhile, and one more is a problem', async function () {
		this.timeout(120_000);
		let ticks = 0;
		const timer = setInterval(() => ticks++, 1);
		const { suite, problems } = await readText(`${large}  - { name: one more, query: q }\n`);
		clearInterval(timer);
		assert.equal(suite?.cases.length, 100_000);
		assert.equal(suite.cases.at(-1)?.line, 399_998);
		assert.deepEqual(
			problems.map(({ line, message }) => `${line} ${message}`),
			['400002 A suite has at most 100000 cases; with this one it would have 100001'],
		);
		assert.ok(ticks > 20, `${ticks} ticks`);
	});

	it('is not read to its end once it is cancelled', async function () {
		this.timeout(120_000);
		const controller = new AbortController();
		const reading = readSuite(`cases:\n${items.slice(0, 5_000).join('')}`, {
			format: 'yaml',
			graders,
			readFile: async () => '',
			signal: controller.signal,
		});
		controller.abort();
		await assert.rejects(reading, { code: 'cancelled' });
	});
});
