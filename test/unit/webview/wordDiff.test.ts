import assert from 'node:assert/strict';
import { markTexts, type MarkedSide } from '../../../src/webview/shared/wordDiff.ts';

const marked = (side: MarkedSide | undefined, mark: string) =>
	side?.filter((piece) => piece.mark === mark).map(({ text }) => text);
const whole = (side: MarkedSide | undefined) => side?.map(({ text }) => text).join('');

describe('the marks of a comparison', () => {
	it('are set by words, those in a row together', async () => {
		const { base, others } = await markTexts('It breaks five things.', ['It breaks three old things.']);
		assert.deepEqual(marked(base, 'removed'), ['five']);
		assert.deepEqual(marked(others[0], 'added'), ['three old ']);
	});

	it('tell of several texts what each adds, and of the first what all of them leave out', async () => {
		const { base, others } = await markTexts('One two three four five six.', [
			'One 2 three 4 five six.',
			'One two three 4th five 6.',
		]);
		assert.deepEqual(marked(base, 'removed'), ['four']);
		assert.deepEqual(
			others.map((side) => marked(side, 'added')),
			[
				['2', '4'],
				['4th', '6'],
			],
		);
	});

	it('are set by words inside the lines that differ, where the whole is too long for words', async () => {
		const line = (index: number) => `line ${index} says ${Math.imul(index + 1, 2654435761) >>> 0} about it\n`;
		const lines = Array.from({ length: 4000 }, (_, index) => line(index));
		const changed = lines.map((text, index) => (index % 20 === 7 ? text.replace('says', 'denies') : text));
		const { base, others } = await markTexts(lines.join(''), [changed.join('')]);
		assert.equal(marked(base, 'removed')?.length, 200);
		assert.deepEqual(new Set(marked(others[0], 'added')), new Set(['denies']));
	});

	it('leave the texts whole', async () => {
		const old = 'one two three four five six';
		const fresh = ['one 2 three four five six', 'one two three 4 five six seven'];
		const { base, others } = await markTexts(old, fresh);
		assert.equal(whole(base), old);
		assert.deepEqual(others.map(whole), fresh);
	});

	it('are left out where most of the words differ, and do not count for the others then', async () => {
		const { base, others } = await markTexts('one two three four', ['alpha beta gamma delta', 'one two three 4']);
		assert.equal(others[0], undefined);
		assert.deepEqual(marked(base, 'removed'), ['four']);
		assert.deepEqual(await markTexts('one two', ['three four']), { base: undefined, others: [undefined] });
	});
});
