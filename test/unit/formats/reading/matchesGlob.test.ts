import assert from 'node:assert/strict';
import { matchesGlob } from '../../../../src/formats/reading/matchesGlob.ts';

describe('a pattern of paths', () => {
	for (const [pattern, fits, others] of [
		['a/*.txt', ['a/b.txt', 'a/.txt'], ['a/b/c.txt', 'a/b.txt.md', 'b.txt']],
		['**/z.md', ['z.md', 'a/z.md', 'a/b/z.md'], ['az.md', 'a/z.mdx', 'a/yz.md']],
		['a/**', ['a/b', 'a/b/c'], ['b/a']],
		['a/**/c', ['a/c', 'a/b/c', 'a/b/b/c'], ['a/bc', 'ac']],
		['?.js', ['a.js'], ['/.js', 'ab.js', '.js']],
		['*a*b', ['ab', 'xaxb', 'aab'], ['ba', 'a/b']],
		['a+(b).txt', ['a+(b).txt'], ['aab.txt']],
	] as const) {
		it(`takes ${pattern}`, () => {
			assert.deepEqual(
				[...fits, ...others].filter((path) => matchesGlob(pattern, path)),
				[...fits],
			);
		});
	}

	it('takes no time that grows with the number of its stars', () => {
		const start = performance.now();
		assert.ok(!matchesGlob(`${'**/'.repeat(200)}z`, `${'a/'.repeat(200)}b`));
		assert.ok(!matchesGlob(`${'*a'.repeat(200)}b`, 'a'.repeat(250)));
		assert.ok(!matchesGlob('*'.repeat(100_000), 'a/b'));
		assert.ok(performance.now() - start < 5_000);
	});
});
