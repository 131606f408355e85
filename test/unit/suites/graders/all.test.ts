import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { graders } from '../../../../src/suites/graders/all.ts';
import type { Grader } from '../../../../src/suites/graders/grader.ts';

const folder = join(import.meta.dirname, '../../../../src/suites/graders');
/** Files of the folder that are no graders. */
const others = ['all.ts', 'grader.ts'];

function camelCase(type: string): string {
	return type.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

describe('graders', () => {
	it('are those that the files of the folder export, one a file named like it', async () => {
		const found: Grader[] = [];
		for (const file of readdirSync(folder).filter((name) => !others.includes(name))) {
			const [grader, ...more] = Object.values((await import(join(folder, file))) as Record<string, Grader>);
			assert.ok(grader && more.length === 0, `${file} does not export one grader`);
			assert.equal(file, `${camelCase(grader.type)}.ts`);
			found.push(grader);
		}
		assert.deepEqual(new Set(found), new Set(graders));
		assert.equal(new Set(graders.map(({ type }) => type)).size, graders.length);
	});

	for (const { type, summary, value, threshold } of graders) {
		it(`${type} says what it is, and what its value and threshold may be`, () => {
			assert.match(type, /^(?!not-)[a-z]+(-[a-z]+)*$/);
			assert.match(summary, /^[A-Z].*[^.]\.$/);
			if (value) {
				assert.equal(typeof new Ajv({ strictTypes: false }).compile(value), 'function');
				assert.match(String(value.description), /\.$/, 'the schema says in words what the value may be');
			}
			assert.match(threshold ?? 'The .', /\.$/);
		});
	}
});
