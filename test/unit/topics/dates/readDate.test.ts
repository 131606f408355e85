import assert from 'node:assert/strict';
import { dateOfFileName, readDate } from '../../../../src/topics/dates/readDate.ts';

describe('readDate', () => {
	const cases: [unknown, string | null][] = [
		['2026-03-05', '2026-03-05'],
		['2026/3/5', '2026-03-05'],
		['2026-03-05T10:00:00Z', '2026-03-05T10:00:00.000Z'],
		['2026-03-05 10:00:00 +0200', '2026-03-05T08:00:00.000Z'],
		['2026-03-05T23:30', '2026-03-05'],
		['2026-03-05t23:30:00-05:00', '2026-03-06T04:30:00.000Z'],
		['2026-03-05 23:30:00.25 -5', '2026-03-06T04:30:00.000Z'],
		['2026-03-05 23:30:00+00', '2026-03-05T23:30:00.000Z'],
		['2026-03-05 23:30:00+0530', '2026-03-05T18:00:00.000Z'],
		['2026-02-30', null],
		['20260305', '2026-03-05'],
		[20260305, '2026-03-05'],
		[1772668800, '2026-03-05T00:00:00.000Z'],
		[1772668800000, '2026-03-05T00:00:00.000Z'],
		['March 5, 2026', '2026-03-05'],
		['Thu, 05 Mar 2026 10:00:00 GMT', '2026-03-05'],
		['5th March 2026', '2026-03-05'],
		['25/03/2026', '2026-03-25'],
		['03/25/2026', '2026-03-25'],
		['03/03/2026', '2026-03-03'],
		['03/04/2026', null],
		['soon', null],
		['', null],
		[Number.NaN, null],
		[new Date('2026-03-05T00:00:00Z'), '2026-03-05T00:00:00.000Z'],
		[{}, null],
	];
	for (const [value, expected] of cases) {
		it(`reads ${value instanceof Date ? 'a Date' : JSON.stringify(value)}`, () =>
			assert.equal(readDate(value), expected));
	}

	it('takes the date that a file name begins with', () => {
		assert.equal(dateOfFileName('2026-03-05-title.md'), '2026-03-05');
		assert.equal(dateOfFileName('20260305.md'), '2026-03-05');
		assert.equal(dateOfFileName('2026-13-05.md'), null);
		assert.equal(dateOfFileName('v20.0.0.md'), null);
	});
});
