import assert from 'node:assert/strict';
import { isAppError } from '../../../src/common/errors.ts';
import { compare } from '../../../src/statistics/compare.ts';
import { sameOutcome, vectors } from '../../support/statistics/vectors.ts';

describe('the comparison of two variants', () => {
	for (const { id, b, c, n, alpha, ...expected } of vectors.fixed) {
		it(`has the numbers of ${id}: ${b} only B, ${c} only A of ${n}`, () => {
			const found = compare(b, c, n, alpha);
			sameOutcome(found, expected);
			assert.equal(found.difference, (b - c) / n);
		});
	}

	it('never contradicts itself, never has width 0, and swaps with its variants', () => {
		for (const n of [1, 2, 5, 10, 20, 30]) {
			for (let b = 0; b <= n; b++) {
				for (let c = 0; c <= n - b; c++) {
					const { difference, interval, pValue, verdict } = compare(b, c, n);
					const [low, high] = interval;
					const name = `${b}, ${c}, ${n}`;
					const excludes = low > 0 ? 1 : high < 0 ? -1 : 0;
					assert.equal(verdict, excludes, name);
					assert.equal(verdict !== 0, pValue < 0.05, name);
					assert.ok(-1 <= low && low <= difference && difference <= high && high <= 1 && low < high, name);
					const swapped = compare(c, b, n);
					assert.deepEqual([swapped.pValue, swapped.verdict + verdict], [pValue, 0], name);
					assert.ok(Math.abs(swapped.interval[0] + high) < 1e-12, name);
				}
			}
		}
	});

	it('refuses what are no counts', () => {
		for (const [b, c, n] of [
			[0, 0, 0],
			[3, 3, 5],
			[-1, 0, 5],
			[NaN, 0, 5],
		] as const) {
			assert.throws(
				() => compare(b, c, n),
				(error) => isAppError(error, 'internal'),
			);
		}
	});
});
