import assert from 'node:assert/strict';
import { adjustFamily } from '../../../src/statistics/adjustFamily.ts';
import { mcnemar } from '../../../src/statistics/mcnemar.ts';
import { newcombePaired } from '../../../src/statistics/newcombePaired.ts';
import { compareVariants } from '../../../src/suites/compare/compareRuns.ts';
import { close } from '../../support/statistics/close.ts';
import { sameOutcome, vectors } from '../../support/statistics/vectors.ts';
import type { Sandbox } from '../../../src/suites/sandbox.ts';
import { runSuite } from '../../../src/suites/runSuite.ts';
import { AnsweringModels } from '../../support/suites/answeringModels.ts';
import { expectedTasks, recordedCases, recordedSuite } from '../../support/suites/recordedAb.ts';
import { outcomeOf, suiteContext, suiteUri } from '../../support/suites/suiteContext.ts';
import { testSandbox } from '../../support/suites/testSandbox.ts';

const marker = 'So the answer is';

describe('recorded answers of seven tasks, graded as a suite', function () {
	this.timeout(120_000);
	let sandbox: Sandbox;
	before(() => {
		sandbox = testSandbox({ limits: { code: 60_000 } });
	});
	after(() => sandbox.dispose());

	for (const [task, expected] of Object.entries(expectedTasks)) {
		it(`pass exactly where a correct evaluation says: ${task}`, async () => {
			const models = new AnsweringModels(() => {
				throw new Error('A model was asked');
			});
			const context = suiteContext(models, { sandbox });
			const text = recordedSuite(task);
			const source = { uri: suiteUri, name: task, text, format: 'json' as const };
			const { run, trials, plan } = await outcomeOf(runSuite(context, source));
			assert.deepEqual([plan.calls, run.status, run.calls, run.costUsd], [0, 'complete', 0, 0]);
			assert.deepEqual(
				run.variants.map(({ label, passed, failed, errors }) => [label, passed, passed + failed, errors]),
				[
					['direct', expected.passes.direct, expected.n, 0],
					['cot', expected.passes.cot, expected.n, 0],
				],
			);
			const passes = (variant: string) =>
				new Set(
					trials.flatMap((trial) =>
						trial.variant === variant && trial.verdict === 'pass' ? [trial.case.name] : [],
					),
				);
			const [direct, cot] = [passes('direct'), passes('cot')];
			const only = (own: Set<string>, other: Set<string>) => [...own].filter((name) => !other.has(name)).length;
			assert.deepEqual([only(cot, direct), only(direct, cot)], [expected.b, expected.c]);
			const found = compareVariants({ run, trials }, 'direct', 'cot');
			const { both, onlyA, onlyB, neither, difference, interval, pValue } = found;
			assert.deepEqual(
				[both, onlyA, onlyB, neither, difference],
				[expected.bothPass, expected.c, expected.b, expected.neitherPasses, expected.difference],
			);
			assert.deepEqual([found.a.passed, found.b.passed], [expected.passes.direct, expected.passes.cot]);
			found.a.interval?.forEach((limit, end) =>
				close(limit, expected.wilson95.direct[end] ?? NaN, { abs: 1e-9 }),
			);
			found.b.interval?.forEach((limit, end) => close(limit, expected.wilson95.cot[end] ?? NaN, { abs: 1e-9 }));
			const vector = vectors.fixed.find(
				({ b, c, n, alpha }) => b === expected.b && c === expected.c && n === expected.n && alpha === undefined,
			);
			if (vector) {
				sameOutcome({ interval, pValue, verdict: vector.verdict }, vector);
			}
			// An answer in steps that was cut off before the marker fails.
			const cutOff = recordedCases(task).filter((one) => !one.cot.includes(marker));
			assert.equal(cutOff.length, expected.cotWithoutMarker);
			assert.deepEqual(
				cutOff.filter(({ id }) => cot.has(id)),
				[],
			);
		});
	}

	it('have the expected numbers of experts', () => {
		const tasks = Object.values(expectedTasks);
		const tests = tasks.map(({ b, c }) => mcnemar(b, c));
		for (const [index, task] of tasks.entries()) {
			const table = { both: task.bothPass, onlyFirst: task.b, onlySecond: task.c, neither: task.neitherPasses };
			const { low, high } = newcombePaired(table);
			close(low, task.newcombePaired95[0], { abs: 1e-9 });
			close(high, task.newcombePaired95[1], { abs: 1e-9 });
			close(tests[index]?.exact ?? NaN, task.mcnemarExactP, { rel: 1e-9 });
			close(tests[index]?.midP ?? NaN, task.mcnemarMidP, { rel: 1e-9 });
		}
		for (const kind of ['exact', 'midP'] as const) {
			const raw = tests.map((test) => test[kind]);
			adjustFamily(raw).forEach(({ pValue }, index) =>
				close(pValue, tasks[index]?.holmP[kind] ?? NaN, { rel: 1e-9 }),
			);
			adjustFamily(raw, 0.05, 'benjamini-hochberg').forEach(({ pValue }, index) =>
				close(pValue, tasks[index]?.benjaminiHochbergP[kind] ?? NaN, { rel: 1e-9 }),
			);
		}
	});
});
