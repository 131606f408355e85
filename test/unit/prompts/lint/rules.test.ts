import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LintRule } from '../../../../src/prompts/lint/rule.ts';
import { lintRules } from '../../../../src/prompts/lint/rules.ts';
import { manifestOfRules } from '../../../support/manifestOfRules.ts';

const root = join(import.meta.dirname, '../../../..');
const folder = join(root, 'src/prompts/lint/rules');
const pages = join(root, 'media/lint');
const [manifest = '', texts = ''] = ['package.json', 'package.nls.json'].map((file) =>
	readFileSync(join(root, file), 'utf8'),
);
const ids = lintRules.map(({ id }) => id);

function camelCase(id: string): string {
	return id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

describe('lint rules', () => {
	it('are those that the files of the folder export, one a file named like it, each with a test and a page', async () => {
		const found: LintRule[] = [];
		for (const file of readdirSync(folder)) {
			const [rule, ...others] = Object.values((await import(join(folder, file))) as Record<string, LintRule>);
			assert.ok(rule && others.length === 0, `${file} does not export one rule`);
			assert.equal(file, `${camelCase(rule.id)}.ts`);
			found.push(rule);
		}
		assert.deepEqual(new Set(found), new Set(lintRules));
		assert.equal(new Set(ids).size, lintRules.length);
		const tests = readdirSync(join(import.meta.dirname, 'rules'));
		assert.deepEqual(tests.sort(), ids.map((id) => `${camelCase(id)}.test.ts`).sort());
		assert.deepEqual(readdirSync(pages).sort(), ids.map((id) => `${id}.md`).sort());
	});

	it('are in the manifest with their descriptions (npm run manifest writes them there)', () => {
		const expected = manifestOfRules(lintRules, manifest, texts);
		assert.deepEqual(JSON.parse(manifest), JSON.parse(expected.manifest));
		assert.deepEqual(
			Object.entries(JSON.parse(texts) as object),
			Object.entries(JSON.parse(expected.texts) as object),
		);
	});

	it('that are new come into the manifest without a hand', () => {
		const rule = { id: 'new-rule', severity: 'error', description: 'A new rule.' } as const;
		const changed = manifestOfRules([...lintRules, rule], manifest, texts);
		assert.match(changed.manifest, /"new-rule": \{[^}]+"%setting.lint.new-rule%"/);
		assert.match(changed.texts, /"setting.lint.new-rule": "A new rule."/);
	});

	for (const { id, source, description } of lintRules) {
		it(`${id} says what it finds and where the advice comes from, on its page too`, () => {
			assert.match(description, /\.$/);
			const page = readFileSync(join(pages, `${id}.md`), 'utf8');
			assert.match(page, new RegExp(`^# ${id}\n`));
			assert.ok(page.includes(source), `the page does not name ${source}`);
			assert.ok(page.includes(`<!-- lint-disable ${id} -->`), 'the page does not say how to turn the rule off');
			for (const heading of ['## Why', '## Example', '## Fix', '## Turn it off']) {
				assert.ok(page.includes(`\n${heading}\n`), heading);
			}
		});
	}
});
