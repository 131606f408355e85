import assert from 'node:assert/strict';
import { csvHeader, csvRows } from '../../../../src/formats/reading/csvRows.ts';
import { ForeignFile } from '../../../../src/formats/reading/foreignFile.ts';

const file = (text: string) => new ForeignFile('a.csv', text);

describe('the rows of a CSV file of another tool', () => {
	for (const [title, text] of [
		['commas', 'act,prompt\na,"b;c"\n'],
		['semicolons', 'act;prompt\na;"b;c"\n'],
		['tabs', 'act\tprompt\na\tb;c\n'],
	] as const) {
		it(`are split at ${title}`, () => {
			assert.deepEqual(csvHeader(file(text)), ['act', 'prompt']);
			assert.deepEqual(csvRows(file(text)), [{ row: { act: 'a', prompt: 'b;c' }, line: 2 }]);
		});
	}

	it('have the delimiter of the line with which Excel names it, and lines that count it', () => {
		const text = '\ufeffsep=;\r\nact,x;prompt\r\na;"b\r\nc"\r\nd;e\r\n';
		assert.deepEqual(csvHeader(file(text)), ['act,x', 'prompt']);
		assert.deepEqual(
			csvRows(file(text)).map(({ row, line }) => [row['act,x'], line]),
			[
				['a', 3],
				['d', 5],
			],
		);
		assert.throws(() => csvRows(file('sep=;\na;b\nc;"d\n')), /not valid CSV/);
	});
});
