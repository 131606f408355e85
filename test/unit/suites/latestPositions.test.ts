import assert from 'node:assert/strict';
import { latestPositions } from '../../../src/suites/latestPositions.ts';
import { seededRandom } from '../../../src/common/seededRandom.ts';

describe('the positions of the trials that count', () => {
	it('are those of the last of each slot, in the order of the log', () => {
		assert.deepEqual([...latestPositions([])], []);
		assert.deepEqual([...latestPositions([5, 3, 5, 7, 3])], [2, 3, 4]);
	});

	it('are those that a map has too, also of large numbers', () => {
		const random = seededRandom(7);
		for (let round = 0; round < 50; round++) {
			const slots = Array.from({ length: 200 }, () => 999_999_800 + Math.floor(random() * 150));
			const last = new Map(slots.map((slot, position) => [slot, position]));
			assert.deepEqual(
				[...latestPositions(slots)],
				[...last.values()].sort((a, b) => a - b),
			);
		}
	});
});
