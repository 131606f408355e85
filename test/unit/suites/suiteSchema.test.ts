import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { graders } from '../../../src/suites/graders/all.ts';
import { promptToolsSchema } from '../../../src/suites/promptToolsSchema.ts';
import { readPromptTools } from '../../../src/suites/readPromptTools.ts';
import { suiteSchema } from '../../../src/suites/suiteSchema.ts';
import { readText } from '../../support/suites/readText.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const schema = suiteSchema(graders);
const validate = new Ajv({ strict: false }).compile(schema);

describe('the JSON Schema of the tools of a draft', () => {
	const readMedia = (name: string): unknown => JSON.parse(readFileSync(join(root, 'media', 'schemas', name), 'utf8'));

	it('is in media, and the manifest names it', () => {
		const written = readMedia('prompttools.schema.json');
		assert.deepEqual(written, JSON.parse(JSON.stringify(promptToolsSchema)), 'Run npm run manifest');
		const { contributes } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
			contributes: { jsonValidation: unknown[] };
		};
		const entry = { fileMatch: '*.prompttools.json', url: './media/schemas/prompttools.schema.json' };
		assert.ok(contributes.jsonValidation.some((one) => JSON.stringify(one) === JSON.stringify(entry)));
	});

	it('proposes a tool that the reader takes', async () => {
		const [snippet] = promptToolsSchema['defaultSnippets'] as { body: unknown }[];
		const text = JSON.stringify(snippet?.body).replace(/\$\{\d:([^}]*)\}/g, '$1');
		assert.deepEqual((await readPromptTools(text)).problems, []);
		assert.ok(new Ajv({ strict: false }).compile(promptToolsSchema)(JSON.parse(text)));
	});
});

describe('the JSON Schema of suites', () => {
	it('is in media, and the manifest names it', () => {
		const file = join('media', 'schemas', 'prompttest.schema.json');
		const written: unknown = JSON.parse(readFileSync(join(root, file), 'utf8'));
		assert.deepEqual(written, JSON.parse(JSON.stringify(schema)), 'Run npm run manifest');
		const { contributes } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
			contributes: Record<'jsonValidation' | 'yamlValidation', { fileMatch: string | string[]; url: string }[]>;
		};
		const url = `./${file.replaceAll('\\', '/')}`;
		const matched = [...contributes.jsonValidation, ...contributes.yamlValidation].filter(
			(entry) => entry.url === url,
		);
		assert.deepEqual(
			matched.flatMap(({ fileMatch }) => fileMatch),
			['*.prompttest.json', '*.prompttest.yaml', '*.prompttest.yml'],
		);
	});

	/** Texts, and whether they are right: for editors as for the reader. */
	const cases: [string, boolean][] = [
		['description: x\nprompt: [draft:a]\ncases: [{ query: q }, { file: a.csv }]', true],
		['cases: [{ quer: q }]', false],
		['cases: [{ file: a.csv, tags: [] }]', false],
		['cases: [{ query: q, tags: x }]', false],
		['cases: [{ query: q, assert: [{ type: not-contains, value: x }] }]', true],
		['cases: [{ query: q, assert: [{ type: contans, value: x }] }]', false],
		['cases: [{ query: q, assert: [{ type: contains }] }]', false],
		['cases: [{ query: q, assert: [{ type: regex, value: 5 }] }]', false],
		['cases: [{ query: q, assert: [{ type: not-regex, value: 5 }] }]', false],
		['cases: [{ query: q, assert: [{ type: word-count, value: { min: 5 } }] }]', true],
		['cases: [{ query: q, assert: [{ type: word-count, value: { mn: 5 } }] }]', false],
		['cases: [{ query: q, assert: [{ type: max-tool-calls, value: "{{most}}" }] }]', true],
		['cases: [{ query: q, assert: [{ type: assert-set, assert: [{ type: equals, value: 5 }] }] }]', true],
		['defaults: { repeat: 0 }\ncases: [{ query: q }]', false],
		[
			'tools: [{ name: a, result: { b: 1 }, results: [{ when: { c: 1 }, result: x, delay: 1 }] }]\ncases: [{ query: q }]',
			true,
		],
	];
	for (const [text, isRight] of cases) {
		it(`${isRight ? 'takes' : 'refuses'} what the reader ${isRight ? 'takes' : 'refuses'}: ${text.split('\n').at(-1)}`, async () => {
			assert.equal(validate(parse(text)), isRight, JSON.stringify(validate.errors));
			const { problems } = await readText(text, { 'a.csv': 'query\nq\n' });
			assert.equal(problems.length === 0, isRight, JSON.stringify(problems));
		});
	}

	it('takes the suites of the templates', () => {
		const names = globSync('media/templates/*.prompttest.yaml', { cwd: root });
		assert.ok(names.length > 10);
		for (const name of names) {
			const suite: unknown = parse(readFileSync(join(root, name), 'utf8'));
			assert.ok(validate(suite), `${name}: ${JSON.stringify(validate.errors)}`);
		}
	});
});
