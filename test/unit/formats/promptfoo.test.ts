import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import { importFile } from '../../../src/formats/importFile.ts';
import { renderCase } from '../../../src/suites/renderCase.ts';
import { memoryFolder } from '../../support/formats/folders.ts';
import { verdictOf } from '../../support/formats/verdictOf.ts';
import { importText, suitesOf } from '../../support/formats/importText.ts';
import { givenVerdict, gradeRow, type VerdictRow } from '../../support/suites/gradeRow.ts';
import { readText } from '../../support/suites/readText.ts';

const rows = readFileSync(join(import.meta.dirname, '../../../fixtures/suites/verdicts.jsonl'), 'utf8')
	.trim()
	.split('\n')
	.map((line) => JSON.parse(line) as VerdictRow);

/** Rows of graders that only look at the text, as a config has them. */
const plain = rows.filter(
	({ group, output, context, vars = {}, assertion, assert: list }) =>
		typeof output === 'string' &&
		(context === undefined || Object.keys(context).length === 0) &&
		!group.startsWith('judge') &&
		!Object.values(vars).some((value) => Array.isArray(value) || typeof value === 'object') &&
		(assertion !== undefined || list !== undefined) &&
		!JSON.stringify(vars).includes('{{') &&
		!JSON.stringify([assertion, list]).includes('file://'),
);

describe('promptfoo', () => {
	it('gives the same verdicts after an import', async () => {
		let compared = 0;
		for (const row of plain) {
			const written = row.assert ?? [row.assertion];
			const config = {
				prompts: ['{{asked_here}}'],
				tests: [
					{
						vars: { ...row.vars, asked_here: 'x' },
						assert: written,
						...(typeof row.threshold === 'number' && { threshold: row.threshold }),
					},
				],
			};
			const { suites, report } = await importFile(
				'promptfooconfig.yaml',
				dump(config, { noRefs: true }),
				memoryFolder(),
			);
			const { suite, problems } = await readText(suites[0]?.text ?? '');
			const [one] = suite?.cases ?? [];
			// An assertion that the importer or the reader refuses is named, and decides nothing.
			const isNamed = report.some(({ outcome }) => outcome === 'dropped');
			if (one && problems.length === 0 && !isNamed) {
				// Where our graders differ on purpose, the import may differ in the same way.
				const right = [givenVerdict(row), (await gradeRow(row)).verdict];
				const found = await verdictOf(one, row.output as string);
				assert.ok(right.includes(found), `${row.id}: ${found} instead of ${right.join(' or ')}`);
				compared++;
			}
		}
		assert.ok(compared > 600, `${compared} of ${plain.length}`);
	});

	it('applies the transforms of a test before those of its assertions', async () => {
		const imported = await importText(
			'promptfooconfig.yaml',
			dump({
				prompts: ['{{x}}'],
				providers: [],
				defaultTest: { assert: [{ type: 'equals', value: 'ab' }] },
				tests: [
					{
						vars: { x: 1 },
						options: { transform: 'output.trim()' },
						assert: [{ type: 'equals', value: 'AB', transform: 'output.toUpperCase()' }],
					},
				],
			}),
		);
		const [suite] = await suitesOf(imported);
		const [one] = suite?.cases ?? [];
		assert.ok(one && one.assert.length === 2);
		assert.equal(await verdictOf(one, ' ab '), 'pass');
		assert.equal(await verdictOf(one, ' AB '), 'fail');
	});

	it('asks messages as a system prompt and a question', async () => {
		const text = `prompts:
  - |
    [{"role": "system", "content": "Sort for {{team}}."}, {"role": "user", "content": {{ mail | dump }}}]
tests:
  - vars: { team: a, mail: 'a "b"' }
    assert: [{ type: contains, value: '{{mail}}' }]
`;
		const imported = await importText('x.yaml', text);
		assert.deepEqual(
			imported.drafts.map(({ text: own, promptRole, questions }) => [own, promptRole, questions]),
			[['Sort for {{team}}.', 'system', ['{{mail}}']]],
		);
		const [suite] = await suitesOf(imported);
		const [one] = suite?.cases ?? [];
		assert.ok(one);
		assert.equal(renderCase(one).query, 'a "b"');
	});

	it('runs no program, reaches no server and reads nothing outside [attack 2] [attack 9]', async () => {
		const files = memoryFolder({ 'a.txt': 'Say {{x}}' });
		const imported = await importFile(
			'promptfooconfig.yaml',
			dump({
				prompts: [
					'file://a.txt',
					'file:///etc/passwd',
					'file://../../x.txt',
					'exec:./run.sh',
					'file://p.js',
					'file://make.py:fn',
				],
				providers: [
					{
						id: 'openai:gpt-5',
						config: { apiHost: 'example.invalid', headers: { a: 'b' }, apiKey: 'sk-canary' },
					},
					'https://example.invalid',
					'file://provider.js',
				],
				tests: [
					'https://example.invalid/t.csv',
					'file://../t.csv',
					'file://gen.js',
					{
						vars: { x: 'file://../../y.txt', y: 'file://z.py' },
						assert: [
							{ type: 'javascript', value: 'file://../g.js' },
							{ type: 'contains', value: 'file://../v.txt' },
						],
					},
				],
				extensions: ['file://hook.js:x'],
				nunjucksFilters: { a: './f.js' },
				env: { OPENAI_API_KEY: 'sk-canary' },
			}),
			files,
		);
		assert.deepEqual(files.asked, ['a.txt']);
		assert.doesNotMatch(
			JSON.stringify([imported.drafts, imported.suites, imported.fixtures]),
			/canary|invalid|passwd|\.js|\.py/,
		);
		assert.equal(imported.drafts.length, 1);
	});

	it('gives thousands of tests with the same description names of their own', async () => {
		const tests = Array.from({ length: 6_000 }, (_, at) => ({ description: 'same', vars: { x: at } }));
		tests.push({ description: 'same (2)', vars: { x: 0 } }, { description: 'same', vars: { x: 0 } });
		const start = performance.now();
		const imported = await importText('promptfooconfig.json', JSON.stringify({ prompts: ['Say {{x}}'], tests }));
		assert.ok(performance.now() - start < 6_000);
		const names = (await suitesOf(imported))[0]?.cases.map(({ name }) => name) ?? [];
		assert.deepEqual(names.slice(0, 3), ['same', 'same (2)', 'same (3)']);
		assert.deepEqual(names.slice(-2), ['same (2) (2)', 'same (6001)']);
		assert.equal(new Set(names).size, names.length);
	});

	it('refuses tests that refer to themselves, or to each other without an end [attack 22]', async () => {
		const config = (more: object) =>
			importText('promptfooconfig.json', JSON.stringify({ prompts: ['a'], ...more }));
		const list = (name: string) => Array.from({ length: 9 }, () => ({ $ref: `#/${name}` }));
		await assert.rejects(config({ tests: [{ $ref: '#/tests' }] }), /A list of tests refers to itself/);
		const levels = Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`l${at}`, list(`l${at + 1}`)]));
		await assert.rejects(
			config({ tests: list('l0'), ...levels, l9: [{ vars: { a: 1 } }] }),
			/more than 200000 tests/,
		);
	});

	it('in broken YAML has a place, and as a program a way out', async () => {
		await assert.rejects(
			importText('promptfooconfig.yaml', 'prompts: [a]\ntests:\n  - vars: {a: 1\n  - b\n'),
			/Line \d, column \d+/,
		);
		await assert.rejects(importText('promptfooconfig.js', 'module.exports = {}'), /not run/);
	});
});
