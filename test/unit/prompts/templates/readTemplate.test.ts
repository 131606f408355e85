import assert from 'node:assert/strict';
import { readTemplate } from '../../../../src/prompts/templates/readTemplate.ts';
import { templateLimits } from '../../../../src/prompts/templates/template.ts';
import { processorTime } from '../../../support/processorTime.ts';

const file = (frontMatter: string, prompt = 'You answer questions about {{subject}}.\n') =>
	`---\n${frontMatter}\n---\n\n${prompt}`;

const good = `title: Guide
description: Answers questions.
kind: agent
when: Always
variables:
  - name: subject
    default: trains
  - name: count
    type: number
    default: 3
  - name: tone
    type: choice
    choices: [warm, plain]
    default: plain
    note: How it sounds
  - name: labels
    type: json
    default: [{ id: a }]
questions:
  - When does the next train leave?
tools:
  - name: get_train
    description: A train
    inputSchema: { type: object }
    result: '{"id":"{{args.id}}"}'
promptRole: user`;

/** `line:column message`, of each problem. */
const problemsOf = (text: string) =>
	readTemplate(text).problems.map(({ line, column, message }) => `${line}:${column} ${message}`);

describe('the reader of templates', () => {
	it('reads everything that a template may say', () => {
		assert.deepEqual(readTemplate(file(good)).template, {
			title: 'Guide',
			description: 'Answers questions.',
			kind: 'agent',
			when: 'Always',
			variables: [
				{ name: 'subject', type: 'text', default: 'trains' },
				{ name: 'count', type: 'number', default: '3' },
				{ name: 'tone', type: 'choice', default: 'plain', choices: ['warm', 'plain'], note: 'How it sounds' },
				{ name: 'labels', type: 'json', default: '[\n  {\n    "id": "a"\n  }\n]' },
			],
			questions: ['When does the next train leave?'],
			tools: [
				{
					name: 'get_train',
					description: 'A train',
					inputSchema: { type: 'object' },
					result: '{"id":"{{args.id}}"}',
				},
			],
			promptRole: 'user',
			prompt: 'You answer questions about {{subject}}.\n',
		});
	});

	it('needs no more than a title, a kind and a prompt, with any line ends and a byte order mark', () => {
		const { template } = readTemplate(
			'\ufeff---\r\ntitle: T\r\nkind: assistant\r\n---\r\nYou help.\r\n\r\nAlways.',
		);
		assert.deepEqual(template, {
			title: 'T',
			kind: 'assistant',
			variables: [],
			questions: [],
			tools: [],
			promptRole: 'system',
			prompt: 'You help.\n\nAlways.',
		});
	});

	for (const [what, text, ...expected] of [
		['a file without front matter', 'Just a text.', /^1:1 This file is not a template\. A template begins with/],
		['an empty file', '', /^1:1 This file is not a template/],
		['front matter that is not closed', '---\ntitle: T\nkind: agent\n', /^1:1 The front matter is not closed/],
		[
			'a file that is too long',
			file('title: T\nkind: agent', 'x'.repeat(5_000_000)),
			/^1:1 The file has 5000030 characters\. A template may have at most 1048576$/,
		],
		[
			'front matter that is too long',
			file(`title: T\nkind: agent\nwhen: ${'x'.repeat(templateLimits.frontMatter)}`),
			/^1:1 The front matter has 131100 characters/,
		],
		[
			'a missing title and kind',
			file('when: Now', 'You help.'),
			/^2:1 The template has no title\. Add a line "title: …"$/,
			/^2:1 The template has no kind\. Add a line "kind:" with one of research, assistant, agent$/,
		],
		['an empty title', file('kind: agent\ntitle:', 'You help.'), /^3:1 The template has no title/],
		[
			'a title of the wrong type',
			file('kind: agent\ntitle: 12', 'You help.'),
			/^3:8 "title" must be text\. Put it in quotation marks$/,
		],
		[
			'a title of two lines',
			file('kind: agent\ntitle: "a\\nb"', 'You help.'),
			/^3:8 The title must be one line of 1 to 100 characters$/,
		],
		[
			'an unknown kind',
			file('title: T\nkind: oracle', 'You help.'),
			/^3:7 There is no kind "oracle"\. Use one of research, assistant, agent$/,
		],
		[
			'an unknown field',
			file('title: T\nkind: agent\nquestion: [a]', 'You help.'),
			/^4:1 There is no field "question" here\. The fields are title, description, kind,/,
		],
		[
			'a doubled field',
			file('title: T\nkind: agent\ntitle: U', 'You help.'),
			/^4:1 The field "title" is there twice\. Delete one of them$/,
		],
		[
			'a YAML error',
			file('title: T\nkind: [agent', 'You help.'),
			/^\d:\d+ The front matter is not valid YAML: Flow sequence/,
		],
		[
			'front matter that is a list',
			file('- title: T', 'You help.'),
			/^2:1 The front matter must consist of fields, such as "title:" and "kind:"$/,
		],
		[
			'an alias',
			file('title: &t T\nkind: agent\nwhen: *t', 'You help.'),
			/^4:7 A template cannot contain YAML aliases/,
		],
		[
			'a bomb of aliases',
			file(
				`title: T\nkind: agent\na: &a [x, x]\n${[...'bcdefghijklmnop']
					.map((name, index) => `${name}: &${name} [${`*${'abcdefghijklmnop'[index]}, `.repeat(9)}]`)
					.join('\n')}`,
				'You help.',
			),
			/^5:8 A template cannot contain YAML aliases/,
		],
		[
			'lists in lists without end',
			file(`title: T\nkind: agent\nwhen: ${'['.repeat(5_000)}`, 'You help.'),
			/^\d+:\d+ The front matter is not valid YAML/,
		],
		[
			'a doubled variable',
			file('title: T\nkind: agent\nvariables:\n  - name: subject\n  - name: subject'),
			/^6:11 There is already a variable "subject"$/,
		],
		[
			'a variable without a name',
			file('title: T\nkind: agent\nvariables:\n  - note: x', 'You help.'),
			/^5:5 This variable has no name$/,
		],
		[
			'a variable with a name that no tag can have',
			file('title: T\nkind: agent\nvariables:\n  - name: a.b', 'You help.'),
			/^5:11 A variable has a name of 1 to 100 letters/,
		],
		[
			'an unknown type',
			file('title: T\nkind: agent\nvariables:\n  - name: subject\n    type: date'),
			/^6:11 There is no type "date"\. Use one of text, number, choice, json$/,
		],
		[
			'a default that is not one of the choices',
			file(
				'title: T\nkind: agent\nvariables:\n  - name: subject\n    type: choice\n    choices: [a, b]\n    default: c',
			),
			/^8:14 "subject" must be one of a, b, and is "c"$/,
		],
		[
			'a choice without choices',
			file('title: T\nkind: agent\nvariables:\n  - name: subject\n    type: choice'),
			/^5:5 "subject" is a choice: give it at least one value/,
		],
		[
			'a default that is not a number',
			file('title: T\nkind: agent\nvariables:\n  - name: subject\n    type: number\n    default: many'),
			/^7:14 "subject" must be a number/,
		],
		[
			'too many variables',
			file(
				`title: T\nkind: agent\nvariables:\n${Array.from({ length: 201 }, (_, index) => `  - name: v${index}`).join('\n')}`,
				'You help.',
			),
			/^205:5 A prompt has at most 200 variables, and this has 201$/,
		],
		[
			'variables that are not a list',
			file('title: T\nkind: agent\nvariables: subject', 'You help.'),
			/^4:12 "variables" must be a list$/,
		],
		[
			'variables that are names only',
			file('title: T\nkind: agent\nvariables: [subject]', 'You help.'),
			/^4:13 Each item of "variables" must consist of fields, such as "name:"$/,
		],
		[
			'a tool without a name',
			file('title: T\nkind: agent\ntools:\n  - description: x', 'You help.'),
			/^5:5 This tool has no name$/,
		],
		[
			'a doubled tool',
			file('title: T\nkind: agent\ntools:\n  - name: a\n  - name: a', 'You help.'),
			/^6:11 There are two tools "a"$/,
		],
		[
			'a schema that is none',
			file('title: T\nkind: agent\ntools:\n  - name: a\n    inputSchema: text', 'You help.'),
			/^6:18 "inputSchema" must be a JSON Schema$/,
		],
		['no prompt', file('title: T\nkind: agent', '\n\n'), /^6:1 There is no prompt below the front matter$/],
		[
			'a variable that is used and not declared',
			file('title: T\nkind: agent', 'You help.\n\nAsk {{name}} first.'),
			/^8:5 The variable "name" is not declared: declare it under "variables", or put "\\" before it to keep it as text$/,
		],
		[
			'a section that is not closed',
			file('title: T\nkind: agent\nvariables: [{ name: a }]', 'You help.\n{{#a}}\nMore.'),
			/^8:1 The section "a" is not closed/,
		],
	] as [string, string, ...RegExp[]][]) {
		// Errors deep in the YAML parser have long stacks, which mocha keeps whole.
		it(`reports ${what} at its place`, () => {
			const found = problemsOf(text);
			assert.equal(found.length, expected.length, found.join('\n'));
			for (const [index, pattern] of expected.entries()) {
				assert.match(found[index] ?? '', pattern);
			}
		}).timeout(20_000);
	}

	it('reports all problems in the order of the file', () => {
		const found = problemsOf(
			file('kind: oracle\ntitle: T\nvariables:\n  - name: a\n  - name: a', 'Ask {{b}} about {{a}}.'),
		);
		assert.deepEqual(
			found.map((problem) => /^\d+:\d+/.exec(problem)?.[0]),
			['2:7', '6:11', '9:5'],
		);
	});

	for (const [what, text] of [
		['lines with a problem', file('title: T\nkind: agent', '{{a}}\n'.repeat(30_000))],
		[
			'fields',
			file(`title: T\nkind: agent\n${Array.from({ length: 15_000 }, (_, index) => `k${index}:`).join('\n')}`),
		],
	] as const) {
		it(`takes linear time for many ${what}`, function () {
			this.timeout(60_000);
			const used = processorTime();
			assert.ok(problemsOf(text).length >= 15_000);
			// A square takes several seconds.
			assert.ok(used() < 1_000, `${used()} ms`);
		});
	}

	it('ends its front matter at a line of dashes, and not behind a line separator of Unicode', () => {
		const { template } = readTemplate(file('title: One\u2028---\nkind: agent', 'You help.'));
		assert.deepEqual([template?.title, template?.prompt], ['One\u2028---', 'You help.']);
	});

	it('adds nothing to the prototype of objects', () => {
		readTemplate(file('title: T\nkind: agent\ntools:\n  - name: a\n    __proto__: { polluted: yes }', 'You help.'));
		assert.equal(({} as { polluted?: unknown }).polluted, undefined);
	});
});
