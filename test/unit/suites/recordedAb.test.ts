import assert from 'node:assert/strict';
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
			// An answer in steps that was cut off before the marker fails.
			const cutOff = recordedCases(task).filter((one) => !one.cot.includes(marker));
			assert.equal(cutOff.length, expected.cotWithoutMarker);
			assert.deepEqual(
				cutOff.filter(({ id }) => cot.has(id)),
				[],
			);
		});
	}
});
