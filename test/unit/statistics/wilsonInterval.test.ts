import assert from 'node:assert/strict';
import { wilsonInterval } from '../../../src/statistics/wilsonInterval.ts';
import { close } from '../../support/statistics/close.ts';
import { oracles } from '../../support/statistics/oracles.ts';

describe('published numbers: wilson-interval', () => {
	for (const { id, inputs, outputs, tolerance } of oracles<
		{ k: number; n: number },
		{ lower: number; upper: number }
	>('wilson-interval')) {
		it(`has the published numbers of ${id}`, () => {
			const { low, high } = wilsonInterval(inputs.k, inputs.n);
			close(low, outputs.lower, tolerance, 'low');
			close(high, outputs.upper, tolerance, 'high');
		});
	}

	it('rules nothing out without a case, takes parts of cases, and widens with the level', () => {
		assert.deepEqual(wilsonInterval(0, 0), { low: 0, high: 1 });
		const [usual, sure] = [wilsonInterval(2.5, 7.5), wilsonInterval(2.5, 7.5, 0.01)];
		assert.ok(sure.low < usual.low && usual.low < 1 / 3 && 1 / 3 < usual.high && usual.high < sure.high);
	});
});
