import assert from 'node:assert/strict';
import { compare } from '../../../src/statistics/compare.ts';
import { effectiveCases } from '../../../src/statistics/effectiveCases.ts';
import { close } from '../../support/statistics/close.ts';
import { sameOutcome, vectors } from '../../support/statistics/vectors.ts';

describe('repeats as effective cases', () => {
	for (const { id, repeats, wins, effective, ...expected } of vectors.repeats) {
		it(`have the numbers of ${id}: ${wins.length} cases, ${repeats} answers each`, () => {
			const { b, c, n } = effectiveCases(wins.map((won) => won / repeats));
			[b, c, n].forEach((value, index) => close(value, effective[index] ?? NaN, { abs: 1e-8 }));
			sameOutcome(compare(b, c, n), expected);
		});
	}

	it('are plain counts with one answer a case', () => {
		assert.deepEqual(effectiveCases([1, -1, 0, 1, 0]), { b: 2, c: 1, n: 5 });
		assert.deepEqual(effectiveCases([0, 0]), { b: 0, c: 0, n: 2 });
	});

	it('keep the mean difference, and are never more than their repeats', () => {
		const differences = [1 / 3, 1 / 3, -2 / 3, 1, 0, 1 / 3];
		const { b, c, n } = effectiveCases(differences);
		close((b - c) / n, differences.reduce((sum, one) => sum + one, 0) / 6, { abs: 1e-12 });
		assert.ok(n >= 6 && n <= 18);
	});
});
