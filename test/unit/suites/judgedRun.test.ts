import assert from 'node:assert/strict';
import type { RunRequest } from '../../../src/providers/provider.ts';
import { resumeRun } from '../../../src/suites/runSuite.ts';
import { AnsweringModels, question } from '../../support/suites/answeringModels.ts';
import { outcomeOf, runToEnd, suiteContext, type TestContext } from '../../support/suites/suiteContext.ts';

const judgeModel = 'own/judge';

/** Prefers the longer of two answers. */
function verdict(request: RunRequest): string {
	const [first = '', second = ''] = [...question(request).matchAll(/answer-(\w+)/g)].map(([, name = '']) => name);
	const preferred = first.length > second.length ? 'first' : 'second';
	return JSON.stringify({ reason: 'Longer', preferred, pass: true, score: 1 });
}

function judged(answer: (request: RunRequest, number: number) => string): {
	models: AnsweringModels;
	context: TestContext;
	judgements: () => number;
} {
	const models = new AnsweringModels((request, number) =>
		request.model === judgeModel ? verdict(request) : answer(request, number),
	);
	const settings = { concurrency: 1, maxTokens: 100, thinking: 'off', judgeModel } as const;
	const context = suiteContext(models, { settings: () => settings });
	context.prompts['draft:b'] = { text: 'B' };
	return {
		models,
		context,
		judgements: () => models.requests.filter(({ model }) => model === judgeModel).length,
	};
}

const answerOf = ({ system }: RunRequest) => (system === 'B' ? 'answer-long' : 'answer-l');

describe('a run with judges', () => {
	const rubric = 'assert: [{ type: llm-rubric, value: Is it polite? }]';

	it('counts their requests in the plan, in the run and in the caps', async () => {
		const { context, models, judgements } = judged(answerOf);
		const suite = `prompt: draft:a\ncases: [{ name: one, query: q, repeat: 5, ${rubric} }]`;
		const { plan, run } = await runToEnd(context, suite);
		assert.deepEqual([plan.calls, run.calls, judgements(), run.variants[0]?.passed], [10, 10, 5, 5]);
		const before = models.requests.length;
		const capped = await runToEnd(context, suite, { maxCalls: 7 });
		// A trial is begun only if its judge can be asked too.
		assert.deepEqual([capped.run.status, capped.run.calls, capped.run.done], ['capped', 6, 3]);
		assert.equal(models.requests.length - before, 6);
	});

	it('compares the answers of all variants to a case, also with one trial at once', async () => {
		const { context, judgements } = judged(answerOf);
		const suite =
			'prompt: [draft:a, draft:b]\ncases: [{ name: one, query: q, repeat: 3, assert: [{ type: pairwise }] }]';
		const { plan, run } = await runToEnd(context, suite);
		assert.deepEqual([plan.calls, run.status, run.calls, judgements()], [12, 'complete', 12, 6]);
		assert.deepEqual(
			run.variants.map(({ label, passed, failed }) => [label, passed, failed]),
			[
				['a', 0, 3],
				['b', 3, 0],
			],
		);
	});

	it('asks about a pair once in each order, and asks both what else there is', async () => {
		const { context, judgements } = judged(answerOf);
		const both = '[{ type: pairwise }, { type: llm-rubric, value: Is it polite? }]';
		const suite = `prompt: [draft:a, draft:b]\ncases: [{ name: one, query: q, assert: ${both} }]`;
		const { plan, trials } = await runToEnd(context, suite);
		assert.deepEqual([plan.calls, judgements()], [6, 4]);
		const [one, other] = trials.map(({ assertions }) => assertions[0]?.judged ?? []);
		assert.deepEqual(one, [...(other ?? [])].reverse());
		// A pair of three variants is named, and each of them asks about its own.
		context.prompts['draft:c'] = { text: 'C' };
		const three =
			'prompt: [draft:a, draft:b, draft:c]\ncases: [{ name: one, query: q, assert: [{ type: pairwise, value: { against: a } }] }]';
		assert.equal((await runToEnd(context, three)).plan.calls, 9);
	});

	it('compares recorded answers', async () => {
		const { context } = judged(answerOf);
		const { run } = await runToEnd(
			context,
			'cases: [{ name: one, query: q, outputs: { x: answer-abc, y: answer-a }, assert: [{ type: pairwise }] }]',
		);
		assert.deepEqual(
			run.variants.map(({ passed, failed }) => [passed, failed]),
			[
				[1, 0],
				[0, 1],
			],
		);
	});

	it('compares with what an earlier part of the run has, and leaves out a variant that failed', async () => {
		let isDown = true;
		const { context, models } = judged((request) => {
			if (isDown && request.system === 'B') {
				throw new Error('down');
			}
			return answerOf(request);
		});
		const suite = 'prompt: [draft:a, draft:b]\ncases: [{ name: one, query: q, assert: [{ type: pairwise }] }]';
		const first = await runToEnd(context, suite);
		const errors = new Map(first.trials.map(({ variant, error }) => [variant, error?.message]));
		assert.equal(errors.get('b'), 'down');
		assert.match(errors.get('a') ?? '', /no answer of another variant/);
		isDown = false;
		const { trials } = await outcomeOf(resumeRun(context, first.run.runId));
		assert.deepEqual(
			trials.map(({ variant, verdict: found }) => [variant, found]),
			[['b', 'pass']],
		);
		assert.equal(models.requests.filter(({ system }) => system === 'Be brief.').length, 1);
	});

	it('keeps answers whose judge a cap refuses, and grades them on resume', async () => {
		const { context, models, judgements } = judged(answerOf);
		const suite = 'prompt: [draft:a, draft:b]\ncases: [{ name: one, query: q, assert: [{ type: pairwise }] }]';
		const { run, trials } = await runToEnd(context, suite, { maxCalls: 3 });
		assert.deepEqual([run.status, run.calls, judgements()], ['capped', 2, 0]);
		assert.deepEqual(
			trials.map(({ verdict: found }) => found),
			['error', 'error'],
		);
		// Both orders are asked once, so two further calls grade both answers.
		const resumed = await outcomeOf(resumeRun(context, run.runId, { maxCalls: 4 }));
		assert.deepEqual([resumed.run.status, resumed.run.calls, resumed.run.done], ['complete', 4, 2]);
		assert.deepEqual([models.requests.length, judgements()], [4, 2]);
		assert.deepEqual(
			resumed.run.variants.map(({ passed, failed, errors }) => [passed, failed, errors]),
			[
				[0, 1, 0],
				[1, 0, 0],
			],
		);
	});

	it('asks for a judge if none is chosen, and only where one is needed', async () => {
		const { context } = judged(answerOf);
		const purposes: string[] = [];
		const asking: TestContext = {
			...context,
			settings: () => ({ concurrency: 1, maxTokens: 100, thinking: 'off', judgeModel: undefined }),
			chooseModel: async (purpose) => {
				purposes.push(purpose);
				return purpose === 'judge' ? judgeModel : 'own/model';
			},
		};
		await runToEnd(asking, `prompt: draft:a\ncases: [{ name: one, query: q }]`);
		assert.deepEqual(purposes, ['test']);
		await runToEnd(asking, `prompt: draft:a\ncases: [{ name: one, query: q, ${rubric} }]`);
		assert.deepEqual(purposes, ['test', 'test', 'judge']);
		const named = '{ type: llm-rubric, value: polite, provider: own/judge }';
		await runToEnd(asking, `prompt: draft:a\ncases: [{ name: one, query: q, assert: [${named}] }]`);
		assert.deepEqual(purposes, ['test', 'test', 'judge', 'test']);
	});
});
