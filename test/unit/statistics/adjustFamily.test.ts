import assert from 'node:assert/strict';
import { adjustFamily, type Adjustment } from '../../../src/statistics/adjustFamily.ts';
import { compare } from '../../../src/statistics/compare.ts';
import { announcedRandom } from '../../support/random.ts';
import { close } from '../../support/statistics/close.ts';
import { oracles } from '../../support/statistics/oracles.ts';
import { sameOutcome, vectors } from '../../support/statistics/vectors.ts';

describe('published numbers: multiple-comparisons', () => {
	for (const { id, inputs, outputs, tolerance } of oracles<
		{ method: Adjustment; p: number[] },
		{ adjusted: number[] }
	>('multiple-comparisons')) {
		it(`have the published adjusted p-values of ${id}`, () => {
			const adjusted = adjustFamily(inputs.p, 0.05, inputs.method);
			outputs.adjusted.forEach((expected, index) => close(adjusted[index]?.pValue ?? NaN, expected, tolerance));
		});
	}

	for (const family of new Set(vectors.holm.map((row) => row.family))) {
		it(`have the levels and intervals of ${family}`, () => {
			const rows = vectors.holm.filter((row) => row.family === family);
			const adjusted = adjustFamily(rows.map(({ b, c, n }) => compare(b, c, n).pValue));
			for (const [index, { b, c, n, level, adjusted: expected, ...outcome }] of rows.entries()) {
				close(adjusted[index]?.pValue ?? NaN, expected, { rel: 1e-8 });
				close(adjusted[index]?.level ?? NaN, level, { rel: 1e-9 });
				sameOutcome(compare(b, c, n, adjusted[index]?.level), outcome);
			}
		});
	}

	for (const method of ['holm', 'benjamini-hochberg'] as const) {
		it(`never contradict their intervals (${method})`, () => {
			const random = announcedRandom();
			for (let family = 0; family < 500; family++) {
				const counts = Array.from({ length: 2 + Math.floor(random() * 6) }, () => {
					const n = 10 + Math.floor(random() * 200);
					const b = Math.floor(random() * n * 0.4);
					return { b, c: Math.floor(random() * random() * n * 0.4), n };
				});
				const adjusted = adjustFamily(
					counts.map(({ b, c, n }) => compare(b, c, n).pValue),
					0.05,
					method,
				);
				for (const [index, { b, c, n }] of counts.entries()) {
					const { pValue = 1, level = 0 } = adjusted[index] ?? {};
					const { interval, verdict } = compare(b, c, n, level);
					const name = JSON.stringify(counts);
					assert.equal(verdict !== 0, pValue < 0.05, name);
					assert.equal(interval[0] > 0 || interval[1] < 0, pValue < 0.05, name);
				}
			}
		});
	}

	it('of none are none', () => assert.deepEqual(adjustFamily([]), []));
});
