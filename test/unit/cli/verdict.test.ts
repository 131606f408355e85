import assert from 'node:assert/strict';
import { exitCodes } from '../../../src/cli/exitCodes.ts';
import { verdictOf } from '../../../src/cli/verdict.ts';
import { passRate } from '../../../src/statistics/passRate.ts';
import type { RunReport, VariantReport } from '../../../src/suites/export/reportedRun.ts';

/** A complete run with three answers to each case, of which so many passed. */
function runOf(passed: readonly number[]): RunReport {
	const { worth: _worth, ...rate } = passRate(passed.map((count) => ({ passed: count, of: 3 })));
	const variant = { ...rate, failed: rate.of - rate.passed, errors: 0 } as VariantReport;
	return { status: 'complete', variants: [variant] } as unknown as RunReport;
}

describe('the verdict of a run', () => {
	it('holds at exactly the threshold, although the mean of shares is rounded', () => {
		const run = runOf([3, 1, 1, 1]);
		assert.ok((run.variants[0]?.rate ?? 1) < 0.5);
		assert.equal(verdictOf(run, { failUnder: 0.5 }), exitCodes.fine);
		assert.equal(verdictOf(run, { failUnder: 0.51 }), exitCodes.failed);
		assert.equal(verdictOf(runOf([3, 1, 1, 0]), { failUnder: 0.5 }), exitCodes.failed);
	});
});
