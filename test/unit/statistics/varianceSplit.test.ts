import assert from 'node:assert/strict';
import { seededRandom } from '../../../src/common/seededRandom.ts';
import { varianceSplit } from '../../../src/statistics/varianceSplit.ts';
import { close } from '../../support/statistics/close.ts';

describe('the split of a variance', () => {
	it('is exact by hand', () => {
		// Case means 1 and 3, answers of a case differ by 2, gradings of an answer do not.
		const found = varianceSplit([
			[
				[0, 0],
				[2, 2],
			],
			[
				[2, 2],
				[4, 4],
			],
		]);
		assert.deepEqual(found, { case: 1, answer: 2, judge: 0 });
	});

	it('says what was not repeated', () => {
		assert.deepEqual(varianceSplit([[[0]], [[1]]]), { case: 0.5, answer: null, judge: null });
		assert.deepEqual(varianceSplit([[[0, 1]], [[0, 1]]])?.answer, null);
		assert.equal(varianceSplit([[[1], [0]]]), null);
		assert.equal(varianceSplit([[[1]], [[]]]), null);
	});

	it('finds the parts that numbers were made of', () => {
		const random = seededRandom(3);
		// A uniform number of width w has the variance w² / 12.
		const noise = (variance: number) => (random() - 0.5) * Math.sqrt(12 * variance);
		const scores = Array.from({ length: 3_000 }, () => {
			const hard = noise(4);
			return Array.from({ length: 3 }, () => {
				const answer = hard + noise(2);
				return Array.from({ length: 2 }, () => answer + noise(1));
			});
		});
		const found = varianceSplit(scores);
		close(found?.case ?? NaN, 4, { abs: 0.25 });
		close(found?.answer ?? NaN, 2, { abs: 0.12 });
		close(found?.judge ?? NaN, 1, { abs: 0.06 });
	});
});
