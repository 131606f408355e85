import assert from 'node:assert/strict';
import { problemsOf, readRight, readText } from '../../support/suites/readText.ts';

const suiteOf = (path: string, defaults = '') => `${defaults}\ncases:\n  - file: ${path}\n`;
const read = (path: string, text: string, defaults?: string) => readRight(suiteOf(path, defaults), { [path]: text });
const faults = (path: string, text: string) => problemsOf(suiteOf(path), { [path]: text });

describe('a CSV file of cases', () => {
	it('has variables, expectations, a name, metadata and a recorded answer in its columns', async () => {
		const { cases } = await read(
			'data/a.csv',
			[
				'question,__description,__expected,__expected2,__metric,__threshold,__metadata:lang,__metadata:tags[],__providerOutput',
				'"Where, exactly?",lost,shipping,not-contains: refund,label,0.5,en,"a, b",It is shipping',
				'Who?,,,,,,,,',
			].join('\n'),
			'defaults: { query: "{{question}}", tags: [csv] }',
		);
		assert.deepEqual(cases, [
			{
				name: 'lost',
				line: 2,
				file: 'data/a.csv',
				vars: { question: 'Where, exactly?' },
				query: '{{question}}',
				tags: ['csv'],
				repeat: 1,
				threshold: 0.5,
				assert: [
					{ type: 'equals', negate: false, value: 'shipping', metric: 'label', weight: 1, line: 2 },
					{ type: 'contains', negate: true, value: 'refund', metric: 'label', weight: 1, line: 2 },
				],
				metadata: { lang: 'en', tags: ['a', 'b'] },
				output: 'It is shipping',
			},
			{
				name: 'Who?',
				line: 3,
				file: 'data/a.csv',
				vars: { question: 'Who?' },
				query: '{{question}}',
				tags: ['csv'],
				repeat: 1,
				assert: [],
			},
		]);
	});

	it('asks its column query, and takes its column expected for the right answer, as they are written', async () => {
		const { cases } = await read('a.csv', 'query,expected\nWhat is {{this}}?,a tag\n');
		const [first] = cases;
		assert.deepEqual([first?.query, first?.expected, first?.name], ['{{query}}', 'a tag', 'What is {{this}}?']);
		const own = await read('a.csv', 'query\nWhat?\n', 'defaults: { query: "Say: {{query}}" }');
		assert.equal(own.cases[0]?.query, 'Say: {{query}}');
	});

	it('may have a byte order mark, CRLF, quotes, line breaks in cells, empty lines and other delimiters', async () => {
		const { cases } = await read(
			'a.csv',
			'\ufeff"a",b\r\n"two\r\nlines","say ""hi"""\r\n\r\n  x ,say "hi"\r\n"",\r\n',
		);
		assert.deepEqual(
			cases.map(({ vars, line }) => ({ vars, line })),
			[
				{ vars: { a: 'two\nlines', b: 'say "hi"' }, line: 2 },
				{ vars: { a: '  x ', b: 'say "hi"' }, line: 5 },
				{ vars: { a: '', b: '' }, line: 6 },
			],
		);
		for (const delimiter of [';', '\t']) {
			const other = await read('a.csv', `a${delimiter}b\n1,5${delimiter}2\n`);
			assert.deepEqual(other.cases[0]?.vars, { a: '1,5', b: '2' });
		}
		const named = await read('a.csv', 'sep=;\r\na,x;b\r\n1,5;2\r\n');
		assert.deepEqual(named.cases[0]?.vars, { 'a,x': '1,5', b: '2' });
		assert.equal(named.cases[0]?.line, 3);
	});

	it('names the line of what is wrong', async () => {
		assert.deepEqual(await faults('a.csv', 'a,b\n1,2\n"3\n4",5,6\n'), [
			'a.csv 4:1 This row has another number of cells than the header: put a cell that contains a comma in quotation marks (Invalid Record Length: expect 2, got 3 on line 4)',
		]);
		assert.match(
			(await faults('a.csv', 'a,b\n1,"2\n')).at(-1) ?? '',
			/^a\.csv 2:1 A quotation mark that begins in this row is not closed/,
		);
		assert.deepEqual(
			await faults(
				'a.csv',
				'a,__expected,__threshold\n"x\ny",contains: a,\n1,bleu: x,80%\n2,"contains-any: ""a"" b",\n3,contains:,\n',
			),
			[
				'a.csv 4:1 "80%" is not a number: write a threshold such as 0.8',
				'a.csv 4:1 Assertions of the type "bleu" are promptfoo\'s and are not supported here',
				'a.csv 5:1 The list in "__expected" has wrong quotation marks: write "a, b", c',
				'a.csv 6:1 "value" must not be empty',
			],
		);
		assert.deepEqual(await faults('a.csv', 'q,q,__proto__,__expectd,__prefix\n1,2,3,4,5\n'), [
			'a.csv 1:1 The column "q" is there twice. Delete one of them',
			'a.csv 1:1 A field cannot have the name "__proto__"',
			'a.csv 1:1 warning: "__expectd" is read as a variable. Did you mean "__expected"?',
			'a.csv 1:1 warning: The column "__prefix" has no effect',
		]);
	});

	it('may not repeat a name, also not one of another file or the suite', async () => {
		const text = 'cases:\n  - { name: x, query: q }\n  - file: a.csv\n';
		assert.deepEqual(await problemsOf(text, { 'a.csv': 'q,__description\n1,y\n2,x\n3,y\n' }), [
			'a.csv 3:1 There is another case "x": give each case a name of its own',
			'a.csv 4:1 There is another case "y": give each case a name of its own',
		]);
	});

	it('is read with 100,000 rows', async function () {
		this.timeout(120_000);
		const row = (_: unknown, index: number) => `"Where is parcel ${index}, please?",contains: ${index}\n`;
		const text = `question,__expected\n${Array.from({ length: 100_000 }, row).join('')}`;
		const { suite, problems } = await readText(suiteOf('a.csv', 'defaults: { query: "{{question}}" }'), {
			'a.csv': `${text}more,\n`,
		});
		assert.equal(suite?.cases.length, 100_000);
		assert.deepEqual(
			[suite.cases.at(-1)?.name, suite.cases.at(-1)?.line],
			['Where is parcel 99999, please?', 100_001],
		);
		assert.deepEqual(
			problems.map(({ file, line, message }) => `${file} ${line} ${message}`),
			['a.csv 100002 A suite has at most 100000 cases; with this one it would have 100001'],
		);
	});
});

describe('JSON, JSONL and YAML files of cases', () => {
	it('hold cases in our form or as promptfoo tests', async () => {
		const cases = [
			{ name: 'ours', query: 'q', vars: { a: ['x', 'y'] } },
			{ description: 'theirs', vars: { a: 1 }, assert: [{ type: 'equals', value: 1 }], providerOutput: { b: 2 } },
			{ query: 'q' },
		];
		const yaml = `- name: ours\n  query: q\n  vars: { a: [x, y] }\n- description: theirs\n  vars: { a: 1 }\n  assert: [{ type: equals, value: 1 }]\n  providerOutput: { b: 2 }\n- query: q\n`;
		for (const [path, text] of [
			['a.json', JSON.stringify(cases)],
			['a.jsonl', `${cases.map((one) => JSON.stringify(one)).join('\r\n')}\r\n`],
			['a.yaml', yaml],
			['a.YML', yaml],
		] as const) {
			const suite = await read(path, text);
			assert.deepEqual(
				suite.cases.map(({ name, output, file, assert: own }) => [name, output, file, own.length]),
				[
					['ours [1]', undefined, path, 0],
					['ours [2]', undefined, path, 0],
					['theirs', '{"b":2}', path, 1],
					['q', undefined, path, 0],
				],
			);
		}
	});

	it('have their problems at their places', async () => {
		assert.deepEqual(await faults('a.jsonl', '{"query":"q"}\n\n{"query":"q","asert":[]}\n'), [
			`a.jsonl 3:14 There is no field "asert" here. Did you mean "assert"? The fields are ${fields}`,
		]);
		assert.match(
			(await faults('a.jsonl', '{"query":"q"}\n{"query":\n'))[0] ?? '',
			/^a\.jsonl 2:1 This line is not valid JSON: /,
		);
		assert.deepEqual(
			await faults('a.json', '[\r\n\t{ "query": "q", "repeat": "2" },\r\n\t{ "query": "r", "options": {} }\r\n]'),
			['a.json 2:28 "repeat" must be a whole number', 'a.json 3:18 warning: "options" has no effect here'],
		);
		assert.deepEqual(await faults('a.yaml', 'text'), ['a.yaml 1:1 The file must hold a list of cases']);
	});
});

const fields =
	'name, vars, expand, query, messages, tags, repeat, thinking, maxTokens, timeout, threshold, assert, conversation, expected, output, outputs, metadata, description, providerOutput, options';

describe('an entry for a file of cases', () => {
	it('says why the file cannot be read', async () => {
		assert.deepEqual(await problemsOf(suiteOf('gone.csv')), [
			'3:11 The file "gone.csv" cannot be read: There is no file gone.csv',
		]);
		assert.deepEqual(await problemsOf(suiteOf('a.txt')), [
			'3:11 A file of cases ends with one of .csv, .jsonl, .json, .yaml, .yml',
		]);
	});

	it('is a problem if the file holds no cases', async () => {
		assert.deepEqual(await faults('a.csv', 'a,b\n'), ['3:11 The file "a.csv" holds no cases']);
		assert.deepEqual(await faults('a.json', '[]'), ['3:11 The file "a.json" holds no cases']);
	});

	it('has no other fields, and files name no further files', async () => {
		assert.deepEqual(await problemsOf('cases:\n  - { file: a.csv, tags: [x] }'), [
			'2:20 There is no field "tags" here. The fields are file',
		]);
		const [problem = ''] = await faults('a.json', '[{ "file": "b.csv" }]');
		assert.match(problem, /^a\.json 1:4 There is no field "file" here/);
	});

	it('keeps the order of the suite', async () => {
		const { suite } = await readText('cases:\n  - query: a\n  - file: a.csv\n  - query: c\n', {
			'a.csv': 'query\nb\n',
		});
		assert.deepEqual(
			suite?.cases.map(({ name }) => name),
			['a', 'b', 'c'],
		);
	});
});
