import assert from 'node:assert/strict';
import type { SuiteRun } from '../../../../src/common/suiteModel.ts';
import { rateInterval } from '../../../../src/statistics/passRate.ts';
import { reportTrend } from '../../../../src/suites/report/reportTrend.ts';
import { runFixture } from '../../../support/suites/runFixture.ts';
import { runIdOf } from '../../../support/suites/storedTrial.ts';

function run(number: number, rate: number | undefined, change: Partial<SuiteRun['variants'][number]> = {}): SuiteRun {
	const startedAt = `2026-11-${String(number).padStart(2, '0')}T10:00:00.000Z`;
	const row = runFixture({ runId: runIdOf(number), startedAt, passed: 6, failed: 4, errors: 1 });
	const rated = rate === undefined ? {} : { rate, worth: 10 };
	return { ...row, variants: row.variants.map((variant) => ({ ...variant, ...rated, ...change })) };
}

describe('the trend of a suite', () => {
	it('has the rates of the runs, oldest first, with their intervals', () => {
		const runs = [run(3, 0.6), run(2, 0.5), { ...run(1, 0.4), blessedAt: '2026-11-04T10:00:00.000Z' }];
		const trend = reportTrend(run(3, 0.6), runs);
		assert.deepEqual(
			trend.map(({ runId, rate, isBaseline }) => [runId, rate, isBaseline]),
			[
				[runIdOf(1), 0.4, true],
				[runIdOf(2), 0.5, false],
				[runIdOf(3), 0.6, false],
			],
		);
		assert.deepEqual(trend[0]?.interval, rateInterval(0.4, 10));
		assert.deepEqual([trend[0].passed, trend[0].of, trend[0].errors], [6, 10, 1]);
	});

	it('keeps the order of the store, whatever the clock said [fault 6]', () => {
		const trend = reportTrend(run(3, 0.6), [run(1, 0.6), run(2, 0.5), run(3, 0.4)]);
		assert.deepEqual(
			trend.map(({ rate }) => rate),
			[0.4, 0.5, 0.6],
		);
	});

	it('follows a prompt whose text or label changes, and no other prompt, model or thinking', () => {
		const shown = run(9, 0.9);
		const trend = reportTrend(shown, [
			shown,
			run(6, undefined),
			run(5, 0.5, { isModel: false }),
			run(4, 0.4, { thinking: 'high' }),
			run(3, 0.3, { model: 'openai/other' }),
			run(2, 0.2, { prompt: 'draft:2' }),
			run(1, 0.1, { promptHash: 'c'.repeat(64), label: 'renamed' }),
		]);
		assert.deepEqual(
			trend.map(({ rate, series, promptHash }) => [rate, series, promptHash?.[0]]),
			[
				[0.1, 'claude-sonnet', 'c'],
				[0.9, 'claude-sonnet', 'b'],
			],
		);
	});

	it('tells recorded answers apart by their labels, and keeps the newest of many', () => {
		const recorded = { prompt: null, promptHash: null, model: null, thinking: null };
		const old = run(1, 0.1, { ...recorded, label: 'old' });
		const other = run(2, 0.2, { ...recorded, label: 'new' });
		assert.deepEqual(
			reportTrend(old, [old, other]).map(({ series }) => series),
			['old'],
		);
		const many = Array.from({ length: 250 }, (_, index) => ({
			...run(1, index / 250),
			startedAt: new Date(Date.UTC(2026, 0, 1 + index)).toISOString(),
		}));
		const trend = reportTrend(run(1, 0.5), many.toReversed());
		assert.deepEqual([trend.length, trend[0]?.rate, trend.at(-1)?.rate], [200, 50 / 250, 249 / 250]);
	});
});
