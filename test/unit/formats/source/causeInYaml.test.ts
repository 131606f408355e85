import assert from 'node:assert/strict';
import { parseSource } from '../../../../src/formats/source/parseSource.ts';

/** Line, column and message of what is wrong. */
function problemOf(text: string): [number, number, string] {
	const found: [number, number, string][] = [];
	parseSource(text, 'yaml', (offset, message) => {
		const lines = text.slice(0, offset).split('\n');
		found.push([lines.length, (lines.at(-1) ?? '').length + 1, message]);
	});
	assert.equal(found.length, 1);
	return found[0] ?? [0, 0, ''];
}

describe('the place where a text stops being YAML', () => {
	it('is the key that lacks its colon, not the line after it', () => {
		for (const [text, line, column] of [
			['input:\n  schema\n    name: string\n', 2, 3],
			['schema\n  name: string\n', 1, 1],
			['a: 1\nschema\n\n  name: string\n', 2, 1],
			['a: 1\r\nschema\r\n  name: string\r\n', 2, 1],
		] as const) {
			const found = problemOf(text);
			assert.deepEqual(found.slice(0, 2), [line, column], text);
			assert.match(found[2], /no colon/);
		}
	});

	it('is where the parser says in any other case', () => {
		assert.deepEqual(problemOf('a: 1\n b: 2\n').slice(0, 2), [2, 3]);
		assert.deepEqual(problemOf('a: [\n').slice(0, 2), [2, 1]);
		assert.deepEqual(problemOf('a: "x"\n  b: 1\n').slice(0, 2), [2, 3]);
	});
});
