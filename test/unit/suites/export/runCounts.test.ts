import assert from 'node:assert/strict';
import { seededRandom } from '../../../../src/common/seededRandom.ts';
import { verdicts } from '../../../../src/common/suiteModel.ts';
import { passRate } from '../../../../src/statistics/passRate.ts';
import { RunCounts } from '../../../../src/suites/export/runCounts.ts';
import { runFixture, trialFixture } from '../../../support/suites/runFixture.ts';

const run = runFixture({ trials: 60 });
const label = 'claude-sonnet';

describe('the counts of a run', () => {
	it('are those of the last trial of each slot, by variant and case', () => {
		const random = seededRandom(11);
		const counts = new RunCounts();
		const trials = Array.from({ length: 120 }, () => {
			const slot = Math.floor(random() * 60);
			return trialFixture({
				trialId: `a-${slot}`,
				case: { name: 'c', hash: 'c', index: 1_000 + (slot % 20) },
				variant: label,
				verdict: verdicts[Math.floor(random() * 3)] ?? 'pass',
				costUsd: 0.5,
				reused: random() < 0.5,
			});
		});
		trials.forEach(counts.add);
		const kept = [...new Map(trials.map((one) => [one.trialId, one])).values()];
		const of = (verdict: string) => kept.filter((one) => one.verdict === verdict).length;
		const cases = Array.from({ length: 20 }, (_, at) => {
			const own = kept.filter((one) => one.case.index === 1_000 + at && one.verdict !== 'error');
			return { passed: own.filter(({ verdict }) => verdict === 'pass').length, of: own.length };
		});
		const { variants, done, costUsd } = counts.report(run);
		const [variant] = variants;
		assert.equal(done, kept.length);
		assert.equal(costUsd, kept.length / 2);
		assert.deepEqual([variant?.passed, variant?.failed, variant?.errors], verdicts.map(of));
		assert.equal(variant?.reused, kept.filter(({ reused }) => reused).length);
		// Sums of shares are rounded in another order.
		assert.ok(Math.abs((variant?.rate ?? 0) - (passRate(cases).rate ?? 1)) < 1e-12);
		assert.equal(variant?.unit, 'case');
	});

	it('have no cost if that of one answer is not known, and are 0 for a variant without answers', () => {
		const counts = new RunCounts();
		counts.add(trialFixture({ trialId: 'a-1', variant: label, costUsd: null }));
		const { variants, costUsd } = counts.report({
			...run,
			variants: [...run.variants, ...run.variants.map((one) => ({ ...one, label: 'other' }))],
		});
		assert.equal(costUsd, null);
		assert.equal(variants[0]?.costUsd, null);
		assert.deepEqual([variants[1]?.passed, variants[1]?.costUsd, variants[1]?.rate], [0, 0, null]);
	});
});
