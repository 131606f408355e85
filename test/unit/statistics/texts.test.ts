import assert from 'node:assert/strict';
import { pointsText } from '../../../src/statistics/pointsText.ts';
import { pValueText } from '../../../src/statistics/pValueText.ts';
import { rateText } from '../../../src/statistics/rateText.ts';

describe('numbers of statistics as text', () => {
	for (const [share, expected] of [
		[0.072, '7.2'],
		[-0.0002332, '-0.02'],
		[0.0000004, '0.00004'],
		[0, '0'],
		[1, '100.0'],
	] as const) {
		it(`points of ${share}`, () => assert.equal(pointsText(share), expected));
	}

	it('points have a plus where a difference is named', () => {
		assert.deepEqual([pointsText(0.072, { plus: true }), pointsText(-0.072, { plus: true })], ['+7.2', '-7.2']);
	});

	it('a p-value is never 0', () => {
		assert.deepEqual([0.0438213296, 7e-27, 0, 1].map(pValueText), [
			'p = 0.0438',
			'p < 0.0001',
			'p < 0.0001',
			'p = 1',
		]);
	});

	for (const [passed, of, interval, expected] of [
		[10, 12, [0.5519664, 0.9530459], '10 of 12, 55 to 95 %'],
		[4_650, 5_000, [0.9226, 0.9367], '4650 of 5000, 92.3 to 93.7 %'],
		[0, 10, [0, 0.2775], '0 of 10, 0 to 28 %'],
		[799, 800, [0.993, 0.99978], '799 of 800, 99.3 to 99.98 %'],
		[3, 4, null, '3 of 4'],
	] as const) {
		it(`the rate ${expected}`, () =>
			assert.equal(rateText({ passed, of, interval: interval && [...interval] }), expected));
	}
});
