import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { mock } from 'node:test';
import { AppError } from '../../../../src/common/errors.ts';
import { leaveBatches } from '../../../../src/common/suiteModel.ts';
import type { SentRequest } from '../../../../src/providers/provider.ts';
import type { Sandbox } from '../../../../src/suites/sandbox.ts';
import { until } from '../../../support/eventually.ts';
import { RunBudget } from '../../../../src/suites/runBudget.ts';
import { askedQuestions, BatchBench, suiteOf } from '../../../support/suites/batchContext.ts';
import { canaryKey } from '../../../support/wire/wiredModels.ts';
import { WireServer } from '../../../support/wire/wireServer.ts';

const providers = [
	{ api: 'openai', model: 'openai/gpt-5.5', live: (10 * 5 + 5 * 30) / 1e6 },
	{ api: 'anthropic', model: 'anthropic/claude-opus-5-5', live: (10 * 4 + 5 * 20) / 1e6 },
] as const;

for (const { api, model, live } of providers) {
	describe(`A run through the batches of ${api}`, () => {
		let wire: WireServer;
		let bench: BatchBench;
		before(async () => {
			wire = await WireServer.start();
		});
		beforeEach(async () => {
			wire.reset();
			bench = await BatchBench.open(wire);
			wire.batch.endsAfter = 3;
		});
		afterEach(() => bench.close());
		after(() => wire.stop());

		/** Number of the question in the body of a request. */
		const numberOf = (body: unknown) => Number(/<q(\d+)>/.exec(JSON.stringify(body))?.[1]);

		/** Each question was asked once. */
		const assertOnce = (cases: number) => {
			assert.deepEqual(
				[...askedQuestions(wire)].sort(),
				Array.from({ length: cases }, (_, index): [string, number] => [`<q${index}>`, 1]).sort(),
			);
		};

		it('submits once, waits with growing pauses and grades what came', async () => {
			wire.batch.reply = (_id, body) => `answer ${numberOf(body)}`;
			const outcome = await bench.run(
				suiteOf(
					model,
					5,
					'  - { name: strict, query: "<q5>", assert: [{ type: equals, value: "answer 5" }] }\n  - { name: wrong, query: "<q6>", assert: [{ type: equals, value: no }] }',
				),
			);
			assert.deepEqual([outcome.run.status, outcome.run.done, outcome.done.stopReason], ['complete', 7, 'stop']);
			assert.deepEqual(outcome.trials.map((trial) => [trial.case.name, trial.output, trial.verdict]).sort(), [
				...[0, 1, 2, 3, 4].map((index) => [`c${index}`, `answer ${index}`, 'pass']),
				['strict', 'answer 5', 'pass'],
				['wrong', 'answer 6', 'fail'],
			]);
			assert.equal(wire.batch.callsTo('create'), 1);
			assert.equal(outcome.run.calls, 7);
			assertOnce(7);
			assert.equal(wire.requests.filter(({ method }) => method === 'POST').length, 0);
			assert.ok(bench.pauses.length === 2 && (bench.pauses[1] ?? 0) > (bench.pauses[0] ?? 0));
		});

		it('costs half, says so before, and keeps the exact request of each trial', async () => {
			const outcome = await bench.run(suiteOf(model, 4));
			const { batch, costUsd, priceDate } = outcome.plan;
			assert.ok(batch);
			assert.deepEqual([batch.isChosen, batch.trials, batch.live, batch.hours], [true, 4, 0, 24]);
			assert.equal(batch.costUsd, (batch.liveCostUsd ?? 0) / 2);
			assert.equal(costUsd, batch.costUsd);
			assert.match(priceDate ?? '', /^\d{4}-\d\d-\d\d$/);
			assert.ok(outcome.trials.every((trial) => trial.costUsd === live / 2 && trial.latencyMs === null));
			assert.ok(Math.abs((outcome.run.costUsd ?? 0) - 2 * live) < 1e-12);
			for (const { trialId } of outcome.trials) {
				const { requests = '[]', query } = await bench.context.files.trial(outcome.plan.runId, trialId);
				const [sent] = JSON.parse(requests) as SentRequest[];
				assert.ok(sent?.body.includes(query) && !sent.body.includes('custom_id'));
				assert.ok(!requests.includes(canaryKey));
			}
		});

		it('states both prices in the plan of a run without batches', async () => {
			const talk = 'messages: [{ role: user, content: "<q2>" }, { role: user, content: "go on" }]';
			const text = suiteOf(model, 2, `  - { name: talk, ${talk} }`);
			const { planRun } = await import('../../../../src/suites/planRun.ts');
			const { estimate } = await planRun(
				bench.context,
				{ uri: 'file:///a', name: 'a', text, format: 'yaml' },
				{},
			);
			assert.deepEqual([estimate.batch?.isChosen, estimate.batch?.trials, estimate.batch?.live], [false, 2, 1]);
			assert.equal(estimate.costUsd, estimate.batch?.liveCostUsd);
			assert.ok((estimate.batch?.costUsd ?? Infinity) < (estimate.costUsd ?? 0));
		});

		it('asks what needs several requests one by one, meanwhile', async () => {
			const more = `  - { name: talk, messages: [{ role: user, content: "<q2>" }, { role: user, content: "go on" }] }
  - { name: timed, query: "<q3>", assert: [{ type: latency, threshold: 100000 }] }`;
			const outcome = await bench.run(suiteOf(model, 2, more));
			assert.deepEqual([outcome.plan.batch?.trials, outcome.plan.batch?.live], [2, 2]);
			assert.deepEqual([outcome.run.status, outcome.run.variants[0]?.passed], ['complete', 4]);
			assert.deepEqual(
				wire.batch.batches.flatMap(({ lines }) => lines.map(({ body }) => numberOf(body))).sort(),
				[0, 1],
			);
			// The two live trials, one of which has two questions.
			assert.equal(wire.requests.filter(({ method }) => method === 'POST').length, 3);
		});

		it('matches results by their ids, whatever their order, and takes doubled ones once', async () => {
			wire.batch.reply = (_id, body) => `answer ${numberOf(body)}`;
			wire.batch.shuffle = (lines) => [...lines.toReversed(), ...lines, 'nonsense', '{"custom_id":"foreign-1"}'];
			const outcome = await bench.run(suiteOf(model, 6));
			assert.equal(outcome.trials.length, 6);
			assert.ok(outcome.trials.every((trial) => trial.output === `answer ${trial.case.index}`));
			assert.equal(outcome.run.status, 'complete');
		});

		it('tells missing, refused, expired and cancelled requests apart; a resumed run asks only for these again', async () => {
			wire.batch.reply = (_id, body) =>
				[
					'fine' as const,
					{ missing: true as const },
					{ expired: true as const },
					{ cancelled: true as const },
					{ error: { status: 400, type: 'invalid_request_error', message: 'No' } },
				][numberOf(body)] ?? 'fine';
			const first = await bench.run(suiteOf(model, 6));
			assert.deepEqual(
				[first.run.status, first.run.variants[0]?.passed, first.run.variants[0]?.errors],
				['complete', 2, 4],
			);
			const codes = new Map(first.trials.map((trial) => [trial.case.index, trial.error]));
			assert.match(codes.get(1)?.message ?? '', /no result/);
			assert.deepEqual([codes.get(2)?.code, codes.get(3)?.code], ['overloaded', 'cancelled']);
			assert.match(codes.get(4)?.message ?? '', /No/);
			assert.ok(
				[1, 2, 3, 4].every((index) => first.trials.find((trial) => trial.case.index === index)?.costUsd === 0),
			);
			wire.batch.reply = () => 'now fine';
			const second = await bench.resume(first.plan.runId);
			assert.deepEqual(
				[second.run.status, second.run.variants[0]?.passed, second.run.variants[0]?.errors],
				['complete', 6, 0],
			);
			assert.equal(wire.batch.callsTo('create'), 2);
			assert.deepEqual(wire.batch.batches[1]?.lines.map(({ body }) => numberOf(body)).sort(), [1, 2, 3, 4]);
		});

		it('asks what is left one by one if the resumed run should not be a batch', async () => {
			wire.batch.reply = (_id, body) => (numberOf(body) === 1 ? { expired: true } : 'fine');
			const first = await bench.run(suiteOf(model, 3));
			assert.equal(first.run.variants[0]?.errors, 1);
			const second = await bench.resume(first.plan.runId, { batch: false });
			assert.equal(second.run.variants[0]?.passed, 3);
			assert.equal(wire.batch.callsTo('create'), 1);
			assert.equal(wire.requests.filter(({ method }) => method === 'POST').length, 1);
		});

		it('says how many are done while it waits, in its row too', async () => {
			wire.batch.endsAfter = Infinity;
			const rows: (string | undefined)[] = [];
			bench.context.runs.beforePut = (run) => rows.push(run.reason);
			bench.onPause = async (count) => {
				const [batch] = wire.batch.batches;
				assert.ok(batch);
				batch.done = count;
				if (count === 4) {
					await until(() => rows.some((row) => row?.includes(' of 10 done')), 'the row');
					wire.batch.finish();
				}
			};
			const outcome = await bench.run(suiteOf(model, 10));
			const dones = outcome.progress.map(({ done }) => done);
			assert.deepEqual(
				dones,
				dones.toSorted((one, other) => one - other),
			);
			assert.equal(outcome.progress[0]?.state, 'submitting');
			assert.equal(outcome.progress.at(-1)?.state, 'ended');
			assert.ok(outcome.progress.every(({ requests }) => requests === 10));
			assert.ok(rows.some((row) => /^Waiting for the batch: \d+ of 10 done$/.test(row ?? '')));
			if (api === 'openai') {
				assert.ok(dones.includes(3));
			}
			assert.equal(outcome.run.reason, undefined);
		});

		it('survives a network that is gone for hours', async () => {
			wire.batch.fail('retrieve', 'before', Infinity);
			bench.onPause = () => {
				if (bench.hours > 3) {
					wire.batch.heal();
					wire.batch.finish();
				}
			};
			const outcome = await bench.run(suiteOf(model, 3));
			assert.equal(outcome.run.status, 'complete');
			assert.ok(bench.hours > 3);
			assert.ok(bench.pauses.length < 60, 'it does not ask all the time');
			assert.ok(outcome.progress.some(({ trouble }) => trouble !== undefined));
			assert.equal(outcome.progress.at(-1)?.trouble, undefined);
			assertOnce(3);
		});

		it('reads the results again when the connection breaks, without a trial twice', async () => {
			wire.batch.fail('results', 'before').fail('results', { status: 503 });
			const outcome = await bench.run(suiteOf(model, 5));
			assert.deepEqual([outcome.run.status, outcome.trials.length], ['complete', 5]);
		});

		it('looks a submission without an answer up before it is sent again', async () => {
			wire.batch.fail('create', 'after');
			const outcome = await bench.run(suiteOf(model, 4));
			assert.equal(outcome.run.status, 'complete');
			assert.equal(wire.batch.callsTo('create'), 1);
			assertOnce(4);
		});

		it('sends a submission again that has not arrived, but not before a listing would show it', async () => {
			wire.batch.fail('create', 'before').fail('list', 'before');
			const outcome = await bench.run(suiteOf(model, 4));
			assert.equal(outcome.run.status, 'complete');
			assert.equal(wire.batch.callsTo('create'), 2);
			assert.ok(bench.hours * 3600 >= 60);
			assert.equal(outcome.run.calls, 4);
			assertOnce(4);
		});

		it('does not take the batch of somebody else for its own', async () => {
			wire.batch.fail('create', 'before');
			wire.batch.addForeign(api, 4);
			const outcome = await bench.run(suiteOf(model, 4));
			assert.deepEqual([outcome.run.status, outcome.run.variants[0]?.passed], ['complete', 4]);
			assertOnce(4);
		});

		if (api === 'anthropic') {
			it('looks on when a batch that might be its own has lost its results', async () => {
				wire.batch.fail('create', 'before').fail('results', { status: 404 });
				wire.batch.finish('completed', [wire.batch.addForeign(api, 4)]);
				const outcome = await bench.run(suiteOf(model, 4));
				assert.deepEqual([outcome.run.status, outcome.run.variants[0]?.passed], ['complete', 4]);
				assertOnce(4);
			});
		}

		it('reserves only what a batch may still cost when it is resumed', async () => {
			const { context } = bench;
			const settings = context.settings();
			context.settings = () => ({ ...settings, concurrency: 1 });
			const direct = context.sandbox;
			const stop = new AbortController();
			let graded = 0;
			const evaluate: Sandbox['evaluate'] = async (...given) => {
				if (++graded === 5) {
					stop.abort(leaveBatches);
					throw new AppError('cancelled', 'Cancelled');
				}
				return direct.evaluate(...given);
			};
			Object.assign(context, { sandbox: { ...direct, evaluate } });
			const text = suiteOf(model, 8).replaceAll('" }', '", assert: [{ type: javascript, value: "true" }] }');
			const first = await bench.run(text, { signal: stop.signal });
			// The fifth has an answer without a verdict, which is taken from the batch again.
			assert.deepEqual([first.run.status, first.run.done], ['stopped', 5]);
			Object.assign(context, { sandbox: direct });
			const watched = mock.method(RunBudget.prototype, 'holdAgain');
			try {
				const second = await bench.resume(first.plan.runId);
				assert.deepEqual([second.run.status, second.run.done], ['complete', 8]);
			} finally {
				watched.mock.restore();
			}
			const [, held = 0] = watched.mock.calls[0]?.arguments ?? [];
			const whole = first.plan.batch?.costUsd ?? 0;
			assert.ok(Math.abs(held - whole / 2) < 1e-12, `${held} of ${whole}`);
		});

		it('does not cancel a batch that may be that of somebody else', async () => {
			wire.batch.endsAfter = Infinity;
			wire.batch.fail('create', 'before');
			const foreign = wire.batch.addForeign(api, 4);
			const stop = new AbortController();
			bench.onPause = () => {
				if (wire.batch.callsTo('retrieve') > 0) {
					stop.abort();
				}
			};
			const { run } = await bench.run(suiteOf(model, 4), { signal: stop.signal });
			assert.equal(foreign.state, 'running');
			assert.match(run.reason ?? '', api === 'anthropic' ? /not known yet which batch/ : /was cancelled/);
		});

		it('fails with the reason when the key is refused, and goes on once it is not', async () => {
			bench.onPause = (count) => {
				if (count === 1) {
					wire.batch.fail('retrieve', { status: 401 });
				}
			};
			const first = await bench.run(suiteOf(model, 3));
			assert.deepEqual([first.run.status, first.done.error?.code], ['failed', 'auth']);
			const second = await bench.resume(first.plan.runId);
			assert.deepEqual([second.run.status, second.run.done, second.run.calls], ['complete', 3, 3]);
			assert.equal(wire.batch.callsTo('create'), 1);
			assertOnce(3);
		});

		it('keeps the answers of one batch that wait for their grader when another one fails', async () => {
			const { context } = bench;
			const settings = context.settings();
			context.settings = () => ({ ...settings, concurrency: 1 });
			const direct = context.sandbox;
			let isGrading = false;
			const waiting: Sandbox = {
				...direct,
				evaluate: async (_code, _globals, signal) => {
					isGrading = true;
					await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
					throw new AppError('cancelled', 'Cancelled');
				},
			};
			Object.assign(context, { sandbox: waiting });
			let polls = 0;
			bench.onPause = async () => {
				const [first] = wire.batch.batches;
				if (wire.batch.batches.length < 2 || !first) {
					return;
				}
				wire.batch.finish('completed', [first]);
				// The other one is asked about until all answers of the first have been read.
				if (isGrading && ++polls === 10) {
					wire.batch.fail('retrieve', { status: 401 });
				}
			};
			wire.batch.endsAfter = Infinity;
			const text = suiteOf(`[${model}, ${model}-b]`, 4).replaceAll(
				'" }',
				'", assert: [{ type: javascript, value: "true" }] }',
			);
			const first = await bench.run(text);
			assert.deepEqual([first.run.status, first.done.error?.code], ['failed', 'auth']);
			Object.assign(context, { sandbox: direct });
			bench.onPause = () => undefined;
			wire.batch.endsAfter = 1;
			const second = await bench.resume(first.plan.runId);
			assert.deepEqual([second.run.status, second.run.done], ['complete', 8]);
			assert.ok([...askedQuestions(wire).values()].every((count) => count === 2));
		});

		it('fails with what the provider says of a submission that it refuses, with nothing sent', async () => {
			const body = JSON.stringify({ error: { type: 'invalid_request_error', message: 'Too many batches' } });
			wire.batch.fail('create', { status: 400, body });
			const first = await bench.run(suiteOf(model, 3));
			assert.equal(first.run.status, 'failed');
			assert.match(first.run.reason ?? '', /Too many batches/);
			const second = await bench.resume(first.plan.runId);
			assert.equal(second.run.status, 'complete');
			assertOnce(3);
		});

		it('waits as long as the provider asks when it limits the rate', async () => {
			wire.batch.fail('create', { status: 429, headers: { 'retry-after': '700' } });
			const outcome = await bench.run(suiteOf(model, 3));
			assert.equal(outcome.run.status, 'complete');
			assert.equal(bench.pauses[0], 700_000);
			assertOnce(3);
		});

		it('has an error for each trial of a batch that the provider no longer has', async () => {
			bench.onPause = () => void wire.batch.batches.splice(0);
			const outcome = await bench.run(suiteOf(model, 3));
			assert.deepEqual([outcome.run.status, outcome.run.variants[0]?.errors], ['complete', 3]);
			assert.ok(outcome.trials.every(({ error }) => error?.code === 'not-found'));
		});

		it('is cancelled by a Stop; the resumed run takes what was answered and asks for the rest', async () => {
			wire.batch.endsAfter = Infinity;
			const stop = new AbortController();
			bench.onPause = () => stop.abort();
			const first = await bench.run(suiteOf(model, 4), { signal: stop.signal });
			assert.deepEqual([first.run.status, first.done.stopReason, first.run.done], ['stopped', 'cancelled', 0]);
			assert.equal(wire.batch.batches[0]?.state, 'cancelling');
			assert.match(first.run.reason ?? '', /cancelled/);
			bench.onPause = () => undefined;
			wire.batch.endsAfter = 2;
			wire.batch.reply = (id, body) =>
				numberOf(body) % 2 === 0
					? 'in time'
					: id.includes('-1-') && wire.batch.batches.length === 1
						? { cancelled: true }
						: 'later';
			const second = await bench.resume(first.plan.runId);
			assert.deepEqual(
				[second.run.status, second.run.variants[0]?.passed, second.run.variants[0]?.errors],
				['complete', 4, 0],
			);
			assert.deepEqual(second.trials.map(({ output }) => output).sort(), [
				'in time',
				'in time',
				'later',
				'later',
			]);
			assert.deepEqual(wire.batch.batches[1]?.lines.map(({ body }) => numberOf(body)).sort(), [1, 3]);
		});

		it('asks for what a cancelled batch has left one by one, if wanted', async () => {
			wire.batch.endsAfter = Infinity;
			const stop = new AbortController();
			bench.onPause = () => stop.abort();
			const first = await bench.run(suiteOf(model, 3), { signal: stop.signal });
			bench.onPause = () => undefined;
			wire.batch.endsAfter = 2;
			wire.batch.reply = () => ({ cancelled: true });
			const second = await bench.resume(first.plan.runId, { batch: false });
			assert.deepEqual([second.run.status, second.run.variants[0]?.passed], ['complete', 3]);
			assert.equal(wire.batch.callsTo('create'), 1);
		});

		it('goes on at the provider after a Stop that leaves it, and is collected later', async () => {
			wire.batch.endsAfter = Infinity;
			const stop = new AbortController();
			bench.onPause = () => stop.abort(leaveBatches);
			const first = await bench.run(suiteOf(model, 4), { signal: stop.signal });
			assert.equal(first.run.status, 'stopped');
			assert.match(first.run.reason ?? '', /goes on/);
			assert.equal(wire.batch.callsTo('cancel'), 0);
			bench.onPause = () => undefined;
			wire.batch.finish();
			const second = await bench.resume(first.plan.runId);
			assert.deepEqual([second.run.status, second.run.done], ['complete', 4]);
			assert.equal(wire.batch.callsTo('create'), 1);
			assertOnce(4);
		});

		it('says that a batch may go on if it cannot be cancelled', async () => {
			wire.batch.endsAfter = Infinity;
			const stop = new AbortController();
			bench.onPause = () => stop.abort();
			wire.batch.fail('cancel', 'before');
			const outcome = await bench.run(suiteOf(model, 2), { signal: stop.signal });
			assert.match(outcome.run.reason ?? '', /could not be cancelled/);
		});

		it('keeps within a cap of requests', async () => {
			const outcome = await bench.run(suiteOf(model, 5), { maxCalls: 3 });
			assert.deepEqual([outcome.run.status, outcome.run.done, outcome.run.calls], ['capped', 3, 3]);
			assert.equal(wire.batch.batches[0]?.lines.length, 3);
			const second = await bench.resume(outcome.plan.runId);
			assert.deepEqual([second.run.status, second.run.done, second.run.calls], ['complete', 5, 5]);
			assertOnce(5);
		});

		it('leaves no file of requests behind', async () => {
			const outcome = await bench.run(suiteOf(model, 3));
			const names = await readdir(join(bench.folder, 'runs', outcome.plan.runId));
			assert.deepEqual(names.sort(), ['answers.log', 'batches.json', 'pins.json', 'summaries.log']);
			await bench.context.files.remove(outcome.plan.runId);
			assert.deepEqual(await readdir(join(bench.folder, 'runs')), []);
		});

		it('passes on many long results', async () => {
			wire.batch.reply = (_id, body) => `${numberOf(body)} ${'x'.repeat(20_000)}`;
			const outcome = await bench.run(suiteOf(model, 200));
			assert.equal(outcome.trials.length, 200);
			assert.ok(outcome.trials.every((trial) => trial.output.startsWith(`${trial.case.index} `)));
		});
	});
}
