import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Verdict } from '../../../../src/common/suiteModel.ts';
import { RuleAblation, type AblationQuestion } from '../../../../src/suites/coverage/ruleAblation.ts';
import { baselineRepeats, confirmations, stableVerdict } from '../../../../src/suites/coverage/stableVerdict.ts';

interface World {
	rules: number;
	/** Rules that decide each case: muting any of them turns its verdict. */
	deciding: Record<string, number[]>;
	budget: number;
	answer?: (verdict: Verdict, question: AblationQuestion) => Verdict;
}

/** Asks until the end. A case passes with the whole prompt. */
function ablate({ rules, deciding, budget, answer = (verdict) => verdict }: World) {
	const stable = new Map(Object.keys(deciding).map((name) => [name, 'pass' as const]));
	const ablation = new RuleAblation({ rules, stable, callsOf: () => 1, budget });
	let calls = 0;
	const rounds: AblationQuestion[][] = [];
	for (let asked = ablation.next(); asked.length > 0; asked = ablation.next()) {
		rounds.push(asked);
		for (const question of asked) {
			const { block, cases, repeat } = question;
			calls += cases.length * repeat;
			const verdictOf = (name: string): Verdict =>
				deciding[name]?.some((rule) => rule >= block.from && rule < block.to) ? 'fail' : 'pass';
			ablation.take(
				question,
				new Map(
					cases.map((name) => [name, Array(repeat).fill(answer(verdictOf(name), question)) as Verdict[]]),
				),
			);
		}
	}
	return { findings: ablation.findings, calls, rounds };
}

describe('rule ablation', () => {
	it('mutes each rule by itself if the budget allows it, and asks again before a verdict counts', () => {
		const { findings, rounds, calls } = ablate({ rules: 4, deciding: { a: [1], b: [1, 3], c: [] }, budget: 100 });
		assert.deepEqual(
			findings.map(({ changed }) => changed),
			[[], ['a', 'b'], [], ['b']],
		);
		assert.ok(findings.every(({ isUndecided }) => !isUndecided));
		assert.deepEqual(
			rounds.map((round) => round.map(({ block, cases, repeat }) => [block.from, cases.length, repeat])),
			[
				[
					[0, 3, 1],
					[1, 3, 1],
					[2, 3, 1],
					[3, 3, 1],
				],
				[
					[1, 2, 2],
					[3, 1, 2],
				],
			],
		);
		assert.equal(calls, 18);
	});

	it('mutes blocks under a small budget and halves those that changed a verdict', () => {
		const { findings, rounds, calls } = ablate({ rules: 64, deciding: { a: [37] }, budget: 20 });
		assert.deepEqual(
			findings.flatMap(({ changed }, index) => (changed.length > 0 ? [index] : [])),
			[37],
		);
		assert.equal(findings.filter(({ isUndecided }) => isUndecided).length, 0);
		assert.equal(rounds[0]?.length, 13);
		assert.ok(calls <= 20);
	});

	it('leaves undecided what the budget does not reach', () => {
		const none = ablate({ rules: 3, deciding: { a: [0], b: [], c: [] }, budget: 2 });
		assert.equal(none.calls, 0);
		assert.ok(none.findings.every(({ isUndecided, changed }) => isUndecided && changed.length === 0));
		const first = ablate({ rules: 8, deciding: { a: [5] }, budget: 3 });
		assert.ok(first.findings[5]?.isUndecided);
	});

	it('does not count an error, a difference that does not come again, or a case that is not stable', () => {
		const withErrors = ablate({ rules: 2, deciding: { a: [0] }, budget: 50, answer: () => 'error' });
		assert.ok(withErrors.findings.every(({ isUndecided, changed }) => isUndecided && changed.length === 0));
		const once = ablate({
			rules: 2,
			deciding: { a: [] },
			budget: 50,
			answer: (_, { repeat }) => (repeat === 1 ? 'fail' : 'pass'),
		});
		assert.deepEqual(once.findings, [
			{ changed: [], isUndecided: false },
			{ changed: [], isUndecided: false },
		]);
		assert.ok(ablate({ rules: 2, deciding: {}, budget: 50 }).findings.every(({ isUndecided }) => isUndecided));
	});

	it('never asks more than its budget or names a rule that decides nothing, and says what it has not decided', () => {
		const world = fc.record({
			rules: fc.integer({ min: 1, max: 40 }),
			budget: fc.integer({ min: 0, max: 300 }),
			hidden: fc.array(fc.array(fc.nat(39), { maxLength: 3 }), { minLength: 1, maxLength: 5 }),
		});
		fc.assert(
			fc.property(world, ({ rules, budget, hidden }) => {
				const deciding = Object.fromEntries(
					hidden.map((list, index) => [`c${index}`, list.filter((rule) => rule < rules)]),
				);
				const { findings, calls } = ablate({ rules, budget, deciding });
				assert.ok(calls <= budget);
				findings.forEach(({ changed, isUndecided }, rule) => {
					const truth = Object.keys(deciding).filter((name) => deciding[name]?.includes(rule));
					assert.ok(changed.every((name) => truth.includes(name)));
					assert.ok(isUndecided || changed.length === truth.length);
				});
				const enough = 3 * rules * hidden.length * 2;
				assert.ok(budget < enough || findings.every(({ isUndecided }) => !isUndecided));
			}),
			{ numRuns: 500 },
		);
	});

	it('a case that a rule has nothing to do with counts for it in at most 1 of 128', () => {
		const answers = baselineRepeats + 1 + confirmations;
		let worst = 0;
		for (let percent = 0; percent <= 100; percent++) {
			const p = percent / 100;
			let chance = 0;
			for (let bits = 0; bits < 2 ** answers; bits++) {
				const verdicts = Array.from({ length: answers }, (_, at): Verdict =>
					(bits >> at) & 1 ? 'pass' : 'fail',
				);
				const whole = stableVerdict(verdicts.slice(0, baselineRepeats), baselineRepeats);
				const muted = stableVerdict(verdicts.slice(baselineRepeats), 1 + confirmations);
				if (whole !== undefined && muted !== undefined && whole !== muted) {
					const passes = verdicts.filter((verdict) => verdict === 'pass').length;
					chance += p ** passes * (1 - p) ** (answers - passes);
				}
			}
			worst = Math.max(worst, chance);
		}
		assert.equal(worst, 1 / 128);
	});
});
