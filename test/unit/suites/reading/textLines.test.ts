import assert from 'node:assert/strict';
import { textLines } from '../../../../src/suites/reading/textLines.ts';

async function linesOf(pieces: readonly string[]): Promise<string[]> {
	async function* source() {
		yield* pieces;
	}
	const found: string[] = [];
	for await (const lines of textLines(source())) {
		found.push(...lines);
	}
	return found;
}

describe('the lines of a text in pieces', () => {
	it('are the same wherever it is cut', async () => {
		const text = '\ufeffone\r\ntwo\rthree\n\n\r\n\r\rfour\n\rfive';
		const expected = text.split(/\r\n?|\n/);
		assert.deepEqual(await linesOf([...text]), expected);
		for (let first = 0; first <= text.length; first++) {
			for (let second = first; second <= text.length; second++) {
				const pieces = [text.slice(0, first), text.slice(first, second), '', text.slice(second)];
				assert.deepEqual(await linesOf(pieces), expected);
			}
		}
	});

	it('are one empty line of nothing', async () => {
		assert.deepEqual(await linesOf([]), ['']);
		assert.deepEqual(await linesOf(['a\n']), ['a', '']);
	});
});
