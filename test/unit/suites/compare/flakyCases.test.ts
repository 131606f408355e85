import assert from 'node:assert/strict';
import { flakyCases } from '../../../../src/suites/compare/flakyCases.ts';
import { cases, comparedRun } from '../../../support/suites/comparedRun.ts';

const graded = (letters: Record<string, string>, preview: (index: number) => string) =>
	comparedRun({ A: letters }).trials.map((trial, index) => ({ ...trial, preview: preview(index) }));

describe('flaky cases', () => {
	it('are those with passes and failures, with their counts', () => {
		const found = flakyCases(graded(cases('ppp', 'pffpp', 'pe', 'ff', 'epf'), String));
		assert.deepEqual(
			found.map(({ name, passed, of, gradedDifferently }) => [name, passed, of, gradedDifferently]),
			[
				['c1', 3, 5, false],
				['c4', 1, 2, false],
			],
		);
	});

	it('are the judge’s if the same answer has two verdicts, as far as all of it is known', () => {
		assert.equal(flakyCases(graded(cases('pf'), () => 'the same'))[0]?.gradedDifferently, true);
		assert.equal(flakyCases(graded(cases('pf'), () => 'x'.repeat(500)))[0]?.gradedDifferently, false);
	});

	it('count a trial that was run again once', () => {
		const trials = graded(cases('pf'), String);
		const again = { ...(trials[1] ?? assert.fail()), verdict: 'pass' as const };
		assert.deepEqual(flakyCases([...trials, again]), []);
	});
});
