import assert from 'node:assert/strict';
import { isAppError } from '../../../src/common/errors.ts';
import { compareStoredVariants } from '../../../src/suites/compare/storedComparison.ts';
import { EarlyStop } from '../../../src/suites/earlyStop.ts';
import type { PlannedRun } from '../../../src/suites/plannedRun.ts';
import { planRun, type PlanOptions } from '../../../src/suites/planRun.ts';
import { resumeRun } from '../../../src/suites/runSuite.ts';
import { TrialOrder } from '../../../src/suites/trialOrder.ts';
import { AnsweringModels, question } from '../../support/suites/answeringModels.ts';
import { outcomeOf, runToEnd, suiteContext, suiteUri, type TestContext } from '../../support/suites/suiteContext.ts';

const count = 200;

/** Cases that ask for their own name; B answers it, A only every `share`th. */
function fixture(share: number): { context: TestContext; models: AnsweringModels; suite: string } {
	const models = new AnsweringModels((request) => {
		const asked = question(request);
		return request.system === 'B' || Number(asked.slice(1)) % share === 0 ? asked : 'no';
	});
	const context = suiteContext(models);
	context.prompts['draft:b'] = { text: 'B', label: 'b' };
	const cases = Array.from({ length: count }, (_, index) => `c${index}`);
	const lines = cases.map(
		(name) => `  - { name: ${name}, query: ${name}, assert: [{ type: equals, value: ${name} }] }`,
	);
	return { context, models, suite: `prompt: [draft:a, draft:b]\nmodels: own/m\ncases:\n${lines.join('\n')}` };
}

describe('a run that may stop early', () => {
	it('stops as soon as it is clear which variant is better, and keeps an interval that is valid', async () => {
		const { context, models, suite } = fixture(2);
		const { run, events } = await runToEnd(context, suite, { stopEarly: true });
		assert.equal(run.status, 'stopped');
		assert.match(run.reason ?? '', /^After \d+ of 200 cases it was clear which variant is better$/);
		assert.ok(run.done < 120 && models.requests.length < 140, `${run.done} answers`);
		assert.deepEqual(events.at(-1), { type: 'done', stopReason: 'stop' });
		const found = await compareStoredVariants(context, run.runId, 'a', 'b');
		assert.deepEqual([found.verdict, found.rule], ['better', 'always-valid']);
		assert.match(found.notes.join(' '), /Stopped early after \d+ of 200 cases; the interval is still valid\./);
		// Resumed, it goes on to the end: all cases are wanted now.
		const resumed = await outcomeOf(resumeRun(context, run.runId));
		assert.deepEqual([resumed.run.status, resumed.run.done], ['complete', 2 * count]);
	});

	it('that sees no difference asks all cases, and is decided by the same rule', async () => {
		const { context, suite } = fixture(1);
		const { run } = await runToEnd(context, suite, { stopEarly: true });
		assert.deepEqual([run.status, run.done], ['complete', 2 * count]);
		const found = await compareStoredVariants(context, run.runId, 0, 1);
		assert.deepEqual([found.verdict, found.rule], ['not-told-apart', 'always-valid']);
		assert.match(found.notes.join(' '), /^200 of 200 cases, any of which could have ended the run/);
	});

	it('ends at its cap like any other', async () => {
		const { context, suite } = fixture(1);
		const { run } = await runToEnd(context, suite, { stopEarly: true, maxCalls: 20 });
		assert.deepEqual([run.status, run.calls], ['capped', 20]);
		assert.equal((await compareStoredVariants(context, run.runId, 0, 1)).rule, 'always-valid');
	});

	it('leaves out recorded answers, which are of neither side', async () => {
		const { context, suite } = fixture(1);
		const text = `${suite}\n  - { name: recorded, query: q, output: x }`;
		const variants = [{ prompt: 'draft:a' }, { prompt: 'draft:b' }];
		const { run } = await runToEnd(context, text, { stopEarly: true, variants });
		assert.deepEqual([run.variants.length, run.trials], [2, 2 * count]);
	});

	it('compares two models, and is no batch', async () => {
		const { context, suite } = fixture(1);
		const plan = (options: PlanOptions) =>
			planRun(
				context,
				{ uri: suiteUri, name: 'a', text: suite, format: 'yaml' },
				{ stopEarly: true, ...options },
			);
		for (const options of [
			{ variants: [{ prompt: 'draft:a' }] },
			{ variants: [{}, { prompt: 'draft:b' }] },
			{ batch: true },
		] satisfies PlanOptions[]) {
			await assert.rejects(
				plan(options),
				(error) => isAppError(error, 'validation') && error.info.field === 'stopEarly',
			);
		}
	});
});

describe('the look after a case', () => {
	const plan = (cases: number, repeat = 1) =>
		({
			cases: Array.from({ length: cases }, () => ({ repeat: 1 })),
			variants: [{ kind: 'asked' }, { kind: 'asked' }],
			repeat,
			seed: 7,
			stopsEarly: true,
		}) as unknown as PlannedRun;

	it('waits for the cases before it in the order, so that fast answers do not decide', () => {
		const order = new TrialOrder(plan(20));
		const early = new EarlyStop(order);
		const slots = Array.from({ length: order.length }, (_, position) => order.at(position) ?? assert.fail());
		const [first, ...rest] = slots;
		for (const { number, variantAt } of rest) {
			assert.equal(early.add(number, variantAt === 0 ? 'fail' : 'pass'), false);
		}
		assert.equal(early.complete, 19);
		assert.equal(early.add(first?.number ?? -1, first?.variantAt === 0 ? 'fail' : 'pass'), true);
	});

	it('is at whole cases: all repeats of a case come before the next one, and errors count for nothing', () => {
		const order = new TrialOrder(plan(3, 2));
		const cases = Array.from({ length: order.length }, (_, position) => order.at(position)?.caseAt);
		assert.equal(new Set(cases.slice(0, 4)).size, 1);
		const early = new EarlyStop(order);
		for (let position = 0; position < order.length; position++) {
			assert.equal(early.add(order.at(position)?.number ?? -1, 'error'), false);
		}
		assert.deepEqual([early.complete, early.isDecided], [3, false]);
	});

	it('tells equal variants apart in at most 5 % of the runs', () => {
		let seed = 1;
		const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
		let wrong = 0;
		for (let run = 0; run < 400; run++) {
			const order = new TrialOrder(plan(60));
			const early = new EarlyStop(order);
			let isOver = false;
			for (let position = 0; position < order.length && !isOver; position++) {
				isOver = early.add(order.at(position)?.number ?? -1, random() < 0.6 ? 'pass' : 'fail');
			}
			wrong += isOver ? 1 : 0;
		}
		assert.ok(wrong <= 20, `${wrong} of 400`);
	});
});
