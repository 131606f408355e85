import assert from 'node:assert/strict';
import { compareAlwaysValid } from '../../../src/statistics/alwaysValid.ts';
import { close } from '../../support/statistics/close.ts';
import { differencesOf, sameOutcome, vectors } from '../../support/statistics/vectors.ts';

describe('the comparison that may be looked at after every case', () => {
	for (const { id, e, ...row } of vectors.alwaysValid) {
		it(`has the numbers of ${id}`, () => {
			const repeats = vectors.repeats.find((one) => 'answersOf' in row && one.id === row.answersOf);
			const differences =
				'n' in row ? differencesOf(row) : (repeats?.wins.map((won) => won / repeats.repeats) ?? []);
			const found = compareAlwaysValid(differences);
			sameOutcome(found, row);
			close(Math.exp(found.logBet), e, { rel: 1e-8 }, 'e');
		});
	}

	it('is the same in both of its forms', () => {
		for (const [b, c, n] of [
			[3, 1, 4],
			[0, 7, 7],
			[12, 2, 40],
		] as const) {
			const whole = differencesOf({ b, c, n });
			// A difference a hair off 0 takes the form for any differences.
			const parted = compareAlwaysValid([...whole.slice(0, -1), (whole.at(-1) ?? 0) * (1 - 1e-12) || 1e-12]);
			const counted = compareAlwaysValid(whole);
			close(parted.logBet, counted.logBet, { abs: 1e-9 });
			close(parted.interval[0], counted.interval[0], { abs: 1e-9 });
			close(parted.interval[1], counted.interval[1], { abs: 1e-9 });
		}
	});

	it('never contradicts itself, and swaps with its variants', () => {
		for (const n of [1, 2, 6, 12, 20]) {
			for (let b = 0; b <= n; b++) {
				for (let c = 0; c <= n - b; c++) {
					const { difference, interval, pValue, verdict } = compareAlwaysValid(differencesOf({ b, c, n }));
					const [low, high] = interval;
					const name = `${b}, ${c}, ${n}`;
					assert.equal(verdict, low > 0 ? 1 : high < 0 ? -1 : 0, name);
					assert.equal(verdict !== 0, pValue <= 0.05, name);
					assert.ok(-1 <= low && low <= difference && difference <= high && high <= 1 && low < high, name);
					const swapped = compareAlwaysValid(differencesOf({ b: c, c: b, n }));
					close(swapped.interval[0], -high, { abs: 1e-9 }, name);
				}
			}
		}
	});

	it('rules nothing out before the first case', () => {
		const { interval, pValue, verdict } = compareAlwaysValid([]);
		assert.deepEqual([interval, pValue, verdict], [[-1, 1], 1, 0]);
	});
});
