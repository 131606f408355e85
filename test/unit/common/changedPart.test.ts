import assert from 'node:assert/strict';
import fc from 'fast-check';
import { changedPart } from '../../../src/common/changedPart.ts';

describe('the changed part of a text', () => {
	for (const [before, after, expected] of [
		['a\nb\n', 'a\nnew\nb\n', { start: 2, end: 2, text: 'new\n' }],
		['abc', 'abc', { start: 3, end: 3, text: '' }],
		['', 'a', { start: 0, end: 0, text: 'a' }],
		['aaa', 'aa', { start: 2, end: 3, text: '' }],
		['a\r\nb', 'a\r\n\r\nb', { start: 3, end: 3, text: '\r\n' }],
		['a\r\nb', 'a\rb', { start: 1, end: 3, text: '\r' }],
		['😀', '😁', { start: 0, end: 2, text: '😁' }],
		['x🙀', 'x🌀', { start: 1, end: 3, text: '🌀' }],
	] as const) {
		it(`from ${JSON.stringify(before)} to ${JSON.stringify(after)}`, () =>
			assert.deepEqual(changedPart(before, after), expected));
	}

	it('makes the other text of the first, and no part of a character or line break is in it', () => {
		const text = fc
			.array(fc.constantFrom('a', 'b', '\r\n', '\n', '\r', '😀', '😁', '🙀'))
			.map((list) => list.join(''));
		fc.assert(
			fc.property(text, text, (before, after) => {
				const part = changedPart(before, after);
				assert.equal(before.slice(0, part.start) + part.text + before.slice(part.end), after);
				for (const one of [before.slice(part.start, part.end), part.text]) {
					assert.ok(!/^[\udc00-\udfff]|[\ud800-\udbff]$/.test(one), JSON.stringify(part));
				}
			}),
			{ numRuns: 2000 },
		);
	});
});
