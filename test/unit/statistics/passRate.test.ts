import assert from 'node:assert/strict';
import { addCase, noCases, passRate, rateInterval, rateOfSums } from '../../../src/statistics/passRate.ts';
import { wilsonInterval } from '../../../src/statistics/wilsonInterval.ts';
import { seededRandom } from '../../../src/common/seededRandom.ts';
import { close } from '../../support/statistics/close.ts';

const many = (count: number, passed: number, of: number) => Array.from({ length: count }, () => ({ passed, of }));

describe('the pass rate of a variant', () => {
	it('has Wilson’s interval with one answer a case; errors are no answers', () => {
		const { low, high } = wilsonInterval(10, 12);
		const cases = [...many(10, 1, 1), ...many(2, 0, 1), ...many(3, 0, 0)];
		assert.deepEqual(passRate(cases), { passed: 10, of: 12, rate: 10 / 12, interval: [low, high], worth: 12 });
	});

	it('takes answers that always agree as one', () => {
		const [repeated, once] = [
			passRate([...many(6, 5, 5), ...many(4, 0, 5)]),
			passRate([...many(6, 1, 1), ...many(4, 0, 1)]),
		];
		assert.equal(repeated.of, 50);
		close(repeated.worth, 10, { abs: 1e-9 });
		close(repeated.interval?.[0] ?? NaN, once.interval?.[0] ?? NaN, { abs: 1e-9 });
	});

	it('gains from repeats that differ within cases, never more than their number', () => {
		const { worth } = passRate([...many(10, 2, 5), ...many(10, 3, 5)]);
		assert.ok(worth > 60 && worth <= 100, String(worth));
		assert.ok(passRate(many(20, 1, 2)).worth <= 40);
	});

	it('is the mean of the cases, so that one with many repeats counts no more than another', () => {
		const found = passRate([
			{ passed: 0, of: 8 },
			{ passed: 1, of: 1 },
			{ passed: 1, of: 1 },
		]);
		assert.deepEqual([found.passed, found.of], [2, 10]);
		close(found.rate ?? NaN, 2 / 3, { abs: 1e-12 });
	});

	it('is never of width 0, and null without an answer', () => {
		for (const cases of [many(1, 0, 5), many(8, 5, 5), many(8, 0, 5), many(3, 2, 4)]) {
			const { interval } = passRate(cases);
			assert.ok(interval && interval[1] - interval[0] > 0.05, JSON.stringify(interval));
		}
		assert.deepEqual(passRate(many(3, 0, 0)), { passed: 0, of: 0, rate: null, interval: null, worth: 0 });
		assert.equal(rateInterval(1, 3.3)[1], 1);
	});

	it('adds up case by case, and takes a case out again', () => {
		const sums = noCases();
		addCase(sums, { passed: 3, of: 5 });
		addCase(sums, { passed: 1, of: 2 });
		addCase(sums, { passed: 1, of: 2 }, -1);
		addCase(sums, { passed: 4, of: 5 });
		const [found, expected] = [
			rateOfSums(sums),
			passRate([
				{ passed: 3, of: 5 },
				{ passed: 4, of: 5 },
			]),
		];
		close(found.worth, expected.worth, { abs: 1e-9 });
		close(found.rate ?? NaN, 0.7, { abs: 1e-12 });
	});

	it('covers the true rate as often as without repeats, whether or not they repeat themselves', () => {
		const random = seededRandom(11);
		for (const likeness of [0, 0.5, 1]) {
			let covered = 0;
			for (let run = 0; run < 2_000; run++) {
				const cases = Array.from({ length: 20 }, () => {
					const chance = random() < likeness ? Number(random() < 0.7) : 0.7;
					const passed = Array.from({ length: 5 }, () => random() < chance).filter(Boolean).length;
					return { passed, of: 5 };
				});
				const [low = 1, high = 0] = passRate(cases).interval ?? [];
				covered += low <= 0.7 && 0.7 <= high ? 1 : 0;
			}
			assert.ok(covered >= 0.935 * 2_000, `${covered} of 2,000 at ${likeness}`);
		}
	});
});
