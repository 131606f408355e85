import assert from 'node:assert/strict';
import type { Verdict } from '../../../src/common/suiteModel.ts';
import { RunTally, tallyOf, type CountedTrial } from '../../../src/suites/runTally.ts';
import { passRate } from '../../../src/statistics/passRate.ts';
import { runFixture, trialFixture } from '../../support/suites/runFixture.ts';

const trial = (name: string, verdict: Verdict, repeat = 1): CountedTrial =>
	trialFixture({ trialId: `${name}-${repeat}`, case: { name, hash: name, index: 0 }, verdict, repeat });

const variantOf = (tally: RunTally) => tally.snapshot({}).variants[0] ?? assert.fail();

describe('the counts of a run', () => {
	it('have the rate by case and what the answers are worth, as if they were counted at the end', () => {
		const tally = new RunTally(runFixture());
		const answers: [string, Verdict][] = [
			['a', 'pass'],
			['a', 'fail'],
			['b', 'pass'],
			['c', 'fail'],
			['b', 'pass'],
			['d', 'error'],
		];
		answers.forEach(([name, verdict], index) => tally.add(trial(name, verdict, index)));
		const { passed, failed, errors, rate, worth } = variantOf(tally);
		assert.deepEqual([passed, failed, errors], [3, 2, 1]);
		const expected = passRate([
			{ passed: 1, of: 2 },
			{ passed: 2, of: 2 },
			{ passed: 0, of: 1 },
		]);
		assert.ok(Math.abs((rate ?? NaN) - 0.5) < 1e-12 && Math.abs((worth ?? NaN) - expected.worth) < 1e-9);
	});

	it('take out a trial that was run again, or that a person has graded anew', () => {
		const tally = new RunTally(runFixture());
		tally.add(trial('a', 'pass'));
		tally.add(trial('b', 'error'));
		tally.add(trial('b', 'fail'), trial('b', 'error'));
		tally.add(trial('b', 'pass'), trial('b', 'fail'));
		const { passed, failed, errors, rate, worth } = variantOf(tally);
		assert.deepEqual([passed, failed, errors, rate, worth], [2, 0, 0, 1, 2]);
	});

	it('have the tokens and the median time of the answers, without those that were run again', () => {
		const tally = new RunTally(runFixture());
		const took = (name: string, latencyMs: number | null, tokens?: [number, number]): CountedTrial => ({
			...trial(name, 'pass'),
			latencyMs,
			usage: tokens ? { inputTokens: tokens[0], outputTokens: tokens[1] } : null,
		});
		const late = { ...took('c', 9_000, [10, 1]), verdict: 'error' as const };
		for (const one of [took('a', 100, [50, 5]), took('b', 300, [70, 7]), late, took('d', null)]) {
			tally.add(one);
		}
		tally.add(took('c', 200, [60, 6]), late);
		// Of an answer with one number of two, neither counts.
		tally.add({ ...took('e', 9_000), usage: { outputTokens: 900 } });
		const expected = { inputTokens: 180, outputTokens: 18, withTokens: 3, medianMs: 250, withTime: 4 };
		assert.deepEqual(variantOf(tally).measures, expected);
		assert.equal('measures' in (tally.snapshot({ status: 'running' }).variants[0] ?? {}), false);
		assert.equal('measures' in variantOf(new RunTally(runFixture())), false);
	});

	it('have the median of 100,000 times in a moment', () => {
		const tally = new RunTally(runFixture());
		for (let number = 0; number < 100_000; number++) {
			tally.add({ ...trial('a', 'pass'), latencyMs: (number * 7_919) % 100_000 });
		}
		const begin = performance.now();
		assert.equal(variantOf(tally).measures?.medianMs, 49_999.5);
		assert.ok(performance.now() - begin < 500);
	});

	it('have no rate before the first verdict, and none for the built-in guide', () => {
		const empty = new RunTally(runFixture());
		empty.add(trial('a', 'error'));
		assert.equal('rate' in variantOf(empty), false);
		const { variants, ...run } = runFixture();
		const guide = new RunTally({ ...run, variants: variants.map((one) => ({ ...one, isModel: false })) });
		guide.add(trial('a', 'pass'));
		assert.deepEqual([variantOf(guide).passed, 'rate' in variantOf(guide)], [1, false]);
	});

	it('are counted from a log, whatever the row says', () => {
		const row = runFixture({ passed: 7, failed: 7, errors: 7 });
		const found = tallyOf(row, [trial('a', 'error'), trial('a', 'pass'), trial('b', 'fail')]).snapshot({});
		assert.deepEqual(
			[found.done, found.variants[0]?.passed, found.variants[0]?.failed, found.variants[0]?.errors],
			[2, 1, 1, 0],
		);
		assert.equal(found.variants[0]?.rate, 0.5);
	});
});
