import assert from 'node:assert/strict';
import { isAppError } from '../../../../src/common/errors.ts';
import { compare } from '../../../../src/statistics/compare.ts';
import { passRate } from '../../../../src/statistics/passRate.ts';
import { compareRuns, compareVariants } from '../../../../src/suites/compare/compareRuns.ts';
import { ratedVariants } from '../../../../src/suites/compare/ratedVariants.ts';
import { RunCounts } from '../../../../src/suites/export/runCounts.ts';
import { junitReport } from '../../../../src/suites/export/junitReport.ts';
import { cases, comparedRun, paired } from '../../../support/suites/comparedRun.ts';
import { joined } from '../../../support/suites/joined.ts';
import { runFixture } from '../../../support/suites/runFixture.ts';

const isInvalid = (error: unknown) => isAppError(error, 'validation');

/** What a comparison gets when something about its runs is unusual. */
describe('bad input of comparisons', () => {
	it('0 cases: an error for a comparison, and no rate', () => {
		const none = comparedRun({ A: {}, B: {} });
		assert.throws(() => compareVariants(none, 'A', 'B'), isInvalid);
		const rates = ratedVariants(none.run, none.trials);
		assert.deepEqual(
			rates.map(({ of, rate, interval }) => [of, rate, interval]),
			[
				[0, null, null],
				[0, null, null],
			],
		);
		assert.throws(() => compare(0, 0, 0));
		assert.deepEqual(passRate([]), { passed: 0, of: 0, rate: null, worth: 0, interval: null });
	});

	it('1 case: never a verdict, and an interval that rules nearly nothing out', () => {
		const found = compareVariants(comparedRun({ A: cases('f'), B: cases('p') }), 'A', 'B');
		assert.equal(found.verdict, 'not-told-apart');
		assert.match(
			found.sentence,
			/^Not told apart: \+100\.0 points \(-89\.1 to 100\.0\), 1 case only B, 0 only A\. /,
		);
	});

	it('all errors: an error that says so; one side in error too', () => {
		const reason = /no case has its own answer with a verdict from both/;
		for (const b of [cases('e', 'e'), cases('p', 'f')]) {
			const run = comparedRun({ A: cases('e', 'e'), B: b });
			assert.throws(
				() => compareVariants(run, 'A', 'B'),
				(error) => isInvalid(error) && reason.test(String(error)),
			);
			const [a] = ratedVariants(run.run, run.trials);
			assert.deepEqual([a?.of, a?.errors, a?.rate], [0, 2, null]);
		}
	});

	it('identical arms: no difference, and an interval that has a width', () => {
		for (const one of [paired({ b: 0, c: 0, both: 3 }), paired({ b: 0, c: 0, neither: 7 })]) {
			const { difference, interval, verdict, pValue } = compareVariants(comparedRun(one), 'A', 'B');
			assert.deepEqual([difference, verdict, pValue], [0, 'not-told-apart', 1]);
			assert.ok(interval[0] < -0.05 && interval[1] > 0.05, interval.join());
		}
	});

	it('other cases in the second run: compared on the common ones, the rest named', () => {
		const a = comparedRun({ A: { same: 'f', gone: 'p', edited: 'p' } });
		const b = comparedRun(
			{ A: { same: 'p', added: 'p', edited: 'p' } },
			{
				change: (trial) =>
					trial.case.name === 'edited' ? { ...trial, case: { ...trial.case, hash: 'other' } } : trial,
			},
		);
		const found = compareRuns(a, b);
		assert.deepEqual([found.cases, found.onlyB], [1, 1]);
		assert.deepEqual(found.notes, [
			'Only A has: gone.',
			'Only B has: added.',
			'Changed in between, so not compared: edited.',
		]);
	});

	it('an older version of the suite: cases are matched by their hash, renamed and moved ones too', () => {
		const older = comparedRun({ A: cases('p', 'f', 'f') });
		const newer = comparedRun(
			{ A: cases('p', 'p', 'p') },
			{
				change: (trial) => ({
					...trial,
					case: { ...trial.case, name: `renamed ${trial.case.name}`, index: 9 - trial.case.index },
				}),
			},
		);
		const found = compareRuns(older, newer);
		assert.deepEqual([found.cases, found.onlyB, found.notes], [3, 2, []]);
		assert.deepEqual(
			found.improved.map(({ name }) => name),
			['renamed c2', 'renamed c1'],
		);
	});

	it('clocks that go back: no run took less than no time [fault 6]', async () => {
		const row = runFixture({ startedAt: '2026-11-20T10:00:00.000Z', endedAt: '2026-11-20T09:00:00.000Z' });
		const none = async function* () {};
		const xml = await joined(junitReport({ run: new RunCounts().report(row), pinsText: none, trials: none }));
		assert.match(xml, /<testsuites [^>]* time="0\.000">/);
	});
});
