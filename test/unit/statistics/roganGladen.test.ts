import assert from 'node:assert/strict';
import { seededRandom } from '../../../src/common/seededRandom.ts';
import { roganGladen } from '../../../src/statistics/roganGladen.ts';
import { close } from '../../support/statistics/close.ts';

describe('a pass rate corrected for the judge’s errors', () => {
	it('is (rate + specificity - 1) / (sensitivity + specificity - 1)', () => {
		const found = roganGladen(60, 100, { good: 50, goodPassed: 45, bad: 40, badFailed: 32 });
		assert.ok(found);
		close(found.rate, (0.6 + 0.8 - 1) / (0.9 + 0.8 - 1), { abs: 1e-12 });
		assert.ok(found.low < found.rate && found.rate < found.high);
	});

	it('is wider than the raw interval, and nothing if the judge is no better than a coin', () => {
		const sure = roganGladen(60, 100, { good: 5_000, goodPassed: 4_500, bad: 4_000, badFailed: 3_200 });
		const few = roganGladen(60, 100, { good: 15, goodPassed: 13, bad: 15, badFailed: 12 });
		assert.ok(sure && few && few.high - few.low > sure.high - sure.low && sure.high - sure.low > 0.2);
		assert.equal(roganGladen(60, 100, { good: 10, goodPassed: 5, bad: 10, badFailed: 5 }), null);
		assert.equal(roganGladen(60, 100, { good: 0, goodPassed: 0, bad: 10, badFailed: 5 }), null);
	});

	it('covers the true rate', () => {
		const random = seededRandom(5);
		const times = (count: number, chance: number) =>
			Array.from({ length: count }, () => random() < chance).filter(Boolean).length;
		let covered = 0;
		for (let run = 0; run < 2_000; run++) {
			const judge = { good: 30, goodPassed: times(30, 0.9), bad: 30, badFailed: times(30, 0.8) };
			const found = roganGladen(times(100, 0.7 * 0.9 + 0.3 * 0.2), 100, judge);
			covered += found && found.low <= 0.7 && 0.7 <= found.high ? 1 : 0;
		}
		assert.ok(covered >= 0.94 * 2_000, String(covered));
	});
});
