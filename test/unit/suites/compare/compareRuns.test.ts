import assert from 'node:assert/strict';
import { isAppError } from '../../../../src/common/errors.ts';
import { compareRuns, compareVariants } from '../../../../src/suites/compare/compareRuns.ts';
import { comparePairs } from '../../../../src/suites/compare/compareSides.ts';
import { ratedVariants } from '../../../../src/suites/compare/ratedVariants.ts';
import { sideOf } from '../../../../src/suites/compare/side.ts';
import { compare } from '../../../../src/statistics/compare.ts';
import { wilsonInterval } from '../../../../src/statistics/wilsonInterval.ts';
import { sameOutcome, vectors } from '../../../support/statistics/vectors.ts';
import { cases, comparedRun, paired } from '../../../support/suites/comparedRun.ts';

const names = (list: readonly { name: string }[]) => list.map(({ name }) => name);

describe('two variants of a run', () => {
	it('are compared by the one rule, case by case', () => {
		const run = comparedRun(paired({ b: 12, c: 3, both: 20, neither: 5 }));
		const found = compareVariants(run, 'A', 'B');
		const { cases: count, both, onlyA, onlyB, neither, verdict, rule, family, worth } = found;
		assert.deepEqual([count, both, onlyA, onlyB, neither, verdict], [40, 20, 3, 12, 5, 'better']);
		assert.deepEqual([rule, family, worth], ['fixed', 1, 40]);
		const { interval, pValue, difference } = compare(12, 3, 40);
		assert.deepEqual([found.interval, found.pValue, found.difference], [interval, pValue, difference]);
		assert.deepEqual(names(found.regressed), ['c12', 'c13', 'c14']);
		assert.equal(found.sentence, 'B is better: +22.5 points (2.5 to 41.4), 12 cases only B, 3 only A');
		assert.deepEqual(found.notes, []);
		assert.equal('moreCases' in found, false);
	});

	it('are the other way round the other way round, by position too', () => {
		const run = comparedRun(paired({ b: 12, c: 3, both: 20, neither: 5 }));
		const found = compareVariants(run, 1, 0);
		assert.equal(found.sentence, 'B is worse: -22.5 points (-41.4 to -2.5), 3 cases only B, 12 only A');
		assert.deepEqual([found.a.label, found.b.label, found.verdict], ['B', 'A', 'worse']);
	});

	it('that are not told apart say how many more cases would be needed', () => {
		const found = compareVariants(comparedRun(paired({ b: 20, c: 9, both: 212, neither: 9 })), 'A', 'B');
		assert.equal(found.moreCases, 392 - 250);
		assert.equal(
			found.sentence,
			'Not told apart: +4.4 points (-0.02 to 9.2), 20 cases only B, 9 only A. About 150 more cases would be needed to see a difference of 5 points.',
		);
		const single = compareVariants(comparedRun(paired({ b: 1, c: 0, both: 9 })), 'A', 'B');
		assert.match(single.sentence, /, 1 case only B, 0 only A\. /);
		const same = compareVariants(comparedRun(paired({ b: 0, c: 0, both: 250 })), 'A', 'B');
		assert.equal(
			same.sentence,
			'Not told apart: 0 points (-1.9 to 1.9), 0 cases only B, 0 only A. There are enough cases to see a difference of 5 points.',
		);
	});

	it('leave out cases in error, and count them', () => {
		const found = compareVariants(
			comparedRun({ A: cases('p', 'f', 'e', 'p'), B: cases('p', 'p', 'p', 'e') }),
			'A',
			'B',
		);
		assert.deepEqual([found.cases, found.onlyB, names(found.inError)], [2, 1, ['c2', 'c3']]);
		assert.deepEqual([found.a.of, found.a.errors, found.b.passed, found.b.errors], [3, 1, 3, 1]);
		assert.match(found.notes.join(), /because of errors: c2, c3/);
	});

	it('with repeats have the case as the unit; one error of several is left out alone', () => {
		const wins = vectors.repeats.find(({ id }) => id === 'r01');
		assert.ok(wins);
		const letters = (count: number) => 'p'.repeat(count) + 'f'.repeat(3 - count);
		const run = comparedRun({
			A: cases(...wins.wins.map((won) => letters(Math.max(0, -won)))),
			B: cases(...wins.wins.map((won) => letters(Math.max(0, won)))),
		});
		const found = compareVariants(run, 'A', 'B');
		sameOutcome({ ...found, verdict: 0 }, wins);
		assert.deepEqual([found.cases, Math.round(found.worth), found.onlyB, found.onlyA], [10, 15, 5, 1]);
		assert.match(found.sentence, /5 cases more often B, 1 more often A/);
		assert.match(found.notes.join(), /10 cases with repeats, worth 15 single answers/);
		const lame = compareVariants(comparedRun({ A: cases('pe', 'ff'), B: cases('pf', 'ef') }), 'A', 'B');
		assert.deepEqual([lame.cases, lame.difference], [2, -0.25]);
	});

	it('never include the built-in guide', () => {
		const { run, trials } = comparedRun(paired({ b: 2, c: 1, both: 9 }));
		const guided = { ...run, variants: [{ label: 'A', isModel: false }, ...run.variants.slice(1)] };
		assert.throws(
			() => compareVariants({ run: guided, trials }, 'A', 'B'),
			(error) => isAppError(error, 'validation') && /'A' is not a model/.test(error.message),
		);
		const [guide, model] = ratedVariants(guided, trials);
		assert.deepEqual([guide?.passed, guide?.of, guide?.rate, guide?.interval], [10, 12, null, null]);
		assert.deepEqual(model?.interval, Object.values(wilsonInterval(11, 12)));
	});

	it('that do not exist or have nothing in common are errors', () => {
		const run = comparedRun({ A: { one: 'p' }, B: { two: 'p' } });
		assert.throws(
			() => compareVariants(run, 'A', 'C'),
			(error) => isAppError(error, 'not-found'),
		);
		assert.throws(
			() => compareVariants(run, 'A', 'B'),
			(error) => isAppError(error, 'validation') && /no case that both/.test(error.message),
		);
	});

	it('of a run that was stopped keep an interval that is valid at every look', () => {
		const half = paired({ b: 9, c: 1, both: 102 });
		const stopped = comparedRun(half, { status: 'stopped', trials: 800, cases: 400 });
		const found = compareVariants(stopped, 'A', 'B');
		assert.equal(found.rule, 'always-valid');
		assert.deepEqual(found.notes, ['Stopped early after 112 of 400 cases; the interval is still valid.']);
		const fixed = compareVariants(comparedRun(half), 'A', 'B');
		assert.equal(fixed.verdict, 'better');
		assert.equal(found.verdict, 'not-told-apart');
		assert.ok(found.interval[0] < fixed.interval[0] && found.interval[1] > fixed.interval[1]);
		// What ended the run was not what it showed.
		const capped = compareVariants(comparedRun(half, { status: 'capped', trials: 800 }), 'A', 'B');
		assert.equal(capped.rule, 'fixed');
	});

	it('of which one took over the answers of the other are not compared with themselves', () => {
		const first = comparedRun({ A: cases('p', 'f', 'p') });
		const again = comparedRun(
			{ A: cases('p', 'f', 'f') },
			{ change: (trial) => ({ ...trial, reused: trial.case.name !== 'c2' }) },
		);
		const found = compareRuns(first, again);
		assert.deepEqual([found.cases, names(found.reused)], [1, ['c0', 'c1']]);
		// Of a third run they are answers like any other.
		const other = comparedRun(
			{ A: cases('p', 'f', 'f') },
			{ change: (trial) => ({ ...trial, reused: true, requestHash: 'another' }) },
		);
		assert.equal(compareRuns(first, other).cases, 3);
	});
});

describe('two runs', () => {
	it('are compared on the cases that both have; the others are named', () => {
		const older = comparedRun({ sonnet: { same: 'f', renamed: 'p', gone: 'p', edited: 'p' } });
		const newer = comparedRun(
			{ opus: { same: 'p', renamed: 'p', edited: 'f', added: 'f' } },
			{
				change: (trial) => {
					const { case: one } = trial;
					const name = one.name === 'renamed' ? 'new name' : one.name;
					return { ...trial, case: { ...one, name, hash: one.name === 'edited' ? 'other' : one.hash } };
				},
			},
		);
		const found = compareRuns(older, newer);
		assert.deepEqual([found.cases, found.onlyB, found.both], [2, 1, 1]);
		assert.deepEqual(
			[names(found.casesOnlyA), names(found.casesOnlyB), found.changed],
			[['gone'], ['added'], ['edited']],
		);
		assert.match(
			found.notes.join('\n'),
			/Only A has: gone\.\nOnly B has: added\.\nChanged in between, so not compared: edited\./,
		);
	});

	it('of several variants are compared label by label, and the others are named', () => {
		const older = comparedRun({
			x: cases('p', 'f', 'f', 'f'),
			y: cases('f', 'f', 'p', 'f'),
			z: cases('p', 'p', 'p', 'p'),
		});
		const newer = comparedRun({ y: cases('f', 'p', 'p', 'e'), x: cases('p', 'p', 'f', 'f') });
		const found = compareRuns(older, newer);
		const [other, ...more] = found.others ?? [];
		assert.deepEqual([found.a.label, found.b.label, found.difference, found.onlyB], ['x', 'x', 0.25, 1]);
		assert.deepEqual([other?.a.label, other?.b.label, other?.cases, other?.onlyB], ['y', 'y', 3, 1]);
		assert.deepEqual([more, found.family, other?.family], [[], 2, 2]);
		assert.match(found.sentence, /^x: Not told apart: \+25\.0 points .* y: Not told apart: \+33\.3 points/);
		assert.ok(found.notes.includes('Not compared, since there is no counterpart: z'));
	});

	it("whose variants win and lose each other's cases are not averaged to nothing", () => {
		const [half, other] = [cases('p', 'p', 'f', 'f'), cases('f', 'f', 'p', 'p')];
		const found = compareRuns(comparedRun({ x: half, y: other }), comparedRun({ x: other, y: half }));
		assert.deepEqual([found.onlyA, found.onlyB, found.others?.[0]?.onlyA], [2, 2, 2]);
	});

	it('without a variant in common, or without a model, are errors', () => {
		const [one, two] = [
			comparedRun({ a: cases('p'), b: cases('p') }),
			comparedRun({ c: cases('p'), d: cases('p') }),
		];
		assert.throws(
			() => compareRuns(one, two),
			(error) => isAppError(error, 'validation') && /no variant in common/.test(error.message),
		);
		const guide = comparedRun({ a: cases('p') }, { variants: [{ label: 'a', isModel: false }] });
		assert.throws(
			() => compareRuns(guide, guide),
			(error) => isAppError(error, 'validation') && /without answers of a model/.test(error.message),
		);
	});
});

describe('several variants against a baseline', () => {
	const { A } = paired({ b: 30, c: 10, both: 100, neither: 60 });
	const against = [
		{ b: 30, c: 10 },
		{ b: 24, c: 11 },
		{ b: 28, c: 12 },
	];
	/** Passes `b` of the baseline's failures and fails `c` of its passes. */
	const variant = ({ b, c }: { b: number; c: number }) => {
		let [wins, losses] = [b, c];
		return Object.fromEntries(
			Object.entries(A).map(([name, letter]) => {
				const isOther = letter === 'f' ? wins-- > 0 : losses-- > 0;
				return [name, isOther ? (letter === 'f' ? 'p' : 'f') : letter];
			}),
		);
	};
	const run = comparedRun({
		A,
		B: variant(against[0] ?? { b: 0, c: 0 }),
		C: variant(against[1] ?? { b: 0, c: 0 }),
		D: variant(against[2] ?? { b: 0, c: 0 }),
	});
	const sides = ['A', 'B', 'C', 'D'].map((label) => sideOf(run.run, label, run.trials));
	const [baseline, ...others] = sides;

	it('have p-values and intervals that Holm has adjusted, and say so', () => {
		assert.ok(baseline);
		const found = comparePairs(others.map((b) => ({ a: baseline, b })));
		const expected = vectors.holm.filter(({ family }) => family === 'h02');
		for (const [index, comparison] of found.entries()) {
			const { adjusted, interval, level } = expected[index] ?? { adjusted: 0, interval: [0, 0], level: 0 };
			sameOutcome({ ...comparison, verdict: 1 }, { pValue: adjusted, interval: interval, verdict: 1 });
			assert.ok(Math.abs(comparison.level - level) < 1e-9);
			assert.deepEqual([comparison.family, comparison.verdict], [3, 'better']);
			assert.deepEqual(comparison.notes, ['Adjusted for 3 comparisons.']);
		}
	});

	it('are a plain comparison if there is only one', () => {
		assert.ok(baseline && others[0]);
		assert.deepEqual(comparePairs([{ a: baseline, b: others[0] }])[0], compareVariants(run, 'A', 'B'));
	});
});
