import assert from 'node:assert/strict';
import { AppError, isAppError } from '../../../src/common/errors.ts';
import type { StoredTrial, SuiteRunEvent } from '../../../src/common/suiteModel.ts';
import type { Models } from '../../../src/providers/provider.ts';
import { resumeRun, runSuite } from '../../../src/suites/runSuite.ts';
import { until } from '../../support/eventually.ts';
import { announcedRandom } from '../../support/random.ts';
import { AnsweringModels, question } from '../../support/suites/answeringModels.ts';
import { outcomeOf, runToEnd, suiteContext, suiteUri, type TestContext } from '../../support/suites/suiteContext.ts';
import { wiredModels } from '../../support/wire/wiredModels.ts';
import { WireServer } from '../../support/wire/wireServer.ts';

function suiteOf(cases: number, more = ''): string {
	const list = Array.from({ length: cases }, (_, index) => `  - { name: "c${index}", query: "q${index}" }`);
	return `prompt: draft:a\nmodels: local/m\n${more}\ncases:\n${list.join('\n')}\n`;
}

const source = (text: string) => ({ uri: suiteUri, name: 'a', text, format: 'yaml' as const });

async function takeTrials(events: AsyncIterable<SuiteRunEvent>, count: number): Promise<string> {
	let runId = '';
	let trials = 0;
	for await (const event of events) {
		runId = event.type === 'plan' ? event.runId : runId;
		trials += event.type === 'trial' ? 1 : 0;
		if (trials === count) {
			break;
		}
	}
	return runId;
}

describe('a run that is interrupted', () => {
	it('goes on after its process was killed, and asks no case twice whose trial is in the log', async () => {
		const random = announcedRandom();
		for (let round = 0; round < 10; round++) {
			const asked = new Map<string, number>();
			const models = new AnsweringModels((request) => {
				asked.set(question(request), (asked.get(question(request)) ?? 0) + 1);
				return 'x';
			});
			const context = suiteContext(models);
			const killedAt = 1 + Math.floor(random() * 39);
			const killed = killedAfter(context, killedAt);
			const events = runSuite(killed, source(suiteOf(40)));
			const plan = await events.next();
			assert.ok(plan.value?.type === 'plan');
			const { runId } = plan.value;
			for (let taken = 0; taken < killedAt; taken++) {
				await events.next();
			}
			const inLog = new Set(context.runs.trials(runId).map(({ query }) => query));
			assert.ok(inLog.size === killedAt);
			assert.equal(context.runs.rows.get(runId)?.status, 'running');
			const before = new Map(asked);
			const { plan: rest, trials, run, done } = await outcomeOf(resumeRun(context, runId));
			assert.equal(rest.trials, 40 - inLog.size);
			assert.equal(trials.length, 40 - inLog.size);
			assert.deepEqual([run.status, run.done, run.variants[0]?.passed], ['complete', 40, 40]);
			assert.equal(done.stopReason, 'stop');
			for (const query of inLog) {
				assert.equal(asked.get(query), before.get(query), `${query} is asked once`);
			}
			assert.equal(new Set(context.runs.trials(runId).map(({ trialId }) => trialId)).size, 40);
		}
	});

	it('runs again what a provider failed at, and leaves verdicts and broken cases alone', async () => {
		let isDown = true;
		const models = new AnsweringModels((request) => {
			if (isDown && question(request) === 'q1') {
				throw new AppError('overloaded', 'Too busy', { info: { retryable: true } });
			}
			return 'x';
		});
		const context = suiteContext(models);
		const text = `${suiteOf(3)}  - { name: broken, query: "{{nothing}}" }\n`;
		const { run } = await runToEnd(context, text);
		assert.deepEqual([run.status, run.variants[0]?.errors], ['complete', 2]);
		isDown = false;
		const resumed = await outcomeOf(resumeRun(context, run.runId));
		assert.deepEqual(
			resumed.trials.map((trial) => [trial.case.name, trial.verdict]),
			[['c1', 'pass']],
		);
		const [variant] = resumed.run.variants;
		assert.deepEqual([variant?.passed, variant?.failed, variant?.errors], [3, 0, 1]);
		assert.deepEqual([resumed.run.done, resumed.run.calls], [4, 4]);
		const again = await outcomeOf(resumeRun(context, run.runId));
		assert.deepEqual([again.plan.trials, again.trials.length, again.run.status], [0, 0, 'complete']);
		assert.equal(models.requests.length, 4);
	});

	it('goes on as it was planned, whatever became of its suite and prompt', async () => {
		const models = new AnsweringModels(() => 'x');
		const context = suiteContext(models);
		context.prompts['draft:a'] = { text: 'First' };
		const runId = await takeTrials(runSuite(oneAtATime(context), source(suiteOf(6))), 2);
		delete context.prompts['draft:a'];
		const { run } = await outcomeOf(resumeRun(context, runId));
		assert.equal(run.done, 6);
		assert.deepEqual([...new Set(models.requests.map(({ system }) => system))], ['First']);
	});

	it('is resumed by one window only, and two windows that run a suite make two runs', async () => {
		const models = new AnsweringModels(() => 'x');
		const context = suiteContext(models);
		const running = runSuite(oneAtATime(context), source(suiteOf(5)));
		let runId = '';
		for await (const event of running) {
			if (event.type === 'plan') {
				({ runId } = event);
			}
			if (event.type === 'trial') {
				await assert.rejects(outcomeOf(resumeRun(context, runId)), (error) => isAppError(error, 'validation'));
				break;
			}
		}
		const both = await Promise.all([runToEnd(context, suiteOf(5)), outcomeOf(resumeRun(context, runId))]);
		assert.notEqual(both[0].run.runId, runId);
		assert.deepEqual(
			both.map(({ run }) => [run.status, run.done]),
			[
				['complete', 5],
				['complete', 5],
			],
		);
		await assert.rejects(outcomeOf(resumeRun(context, 'nothing')), (error) => isAppError(error, 'not-found'));
	});

	it('keeps what was acknowledged when the disk is full, says why it failed, and goes on later', async () => {
		const models = new AnsweringModels(() => 'x');
		const context = suiteContext(models);
		let left = 7;
		context.runs.beforeAppend = () => {
			if (left-- <= 0) {
				throw new AppError('storage', 'The disk is full');
			}
		};
		const { trials, run, done } = await runToEnd(context, suiteOf(30));
		assert.deepEqual([run.status, run.reason, run.done], ['failed', 'The disk is full', 7]);
		assert.deepEqual(done, {
			type: 'done',
			stopReason: 'error',
			error: { code: 'storage', message: 'The disk is full', retryable: false },
		});
		const ids = trials.map(({ trialId }) => trialId);
		assert.deepEqual(
			context.runs.trials(run.runId).map(({ trialId }) => trialId),
			ids,
		);
		assert.ok(models.requests.length < 30);
		left = Infinity;
		const resumed = await outcomeOf(resumeRun(context, run.runId));
		assert.deepEqual([resumed.run.status, resumed.run.done, resumed.run.reason], ['complete', 30, undefined]);
		assert.ok(resumed.trials.every(({ trialId }) => !ids.includes(trialId)));
	});

	it('fails with the reason if its row cannot be written', async () => {
		const context = suiteContext(new AnsweringModels(() => 'x'));
		context.runs.beforePut = () => {
			throw new AppError('storage', 'The disk is full');
		};
		const { run, done } = await runToEnd(context, suiteOf(3));
		assert.deepEqual([run.status, run.reason, done.stopReason], ['failed', 'The disk is full', 'error']);
	});
});

describe('a cap of a run', () => {
	const priced: Models['price'] = () => ({ input: 100_000, output: 0 });

	it('in requests lets no more of them leave', async () => {
		const models = new AnsweringModels(() => 'x');
		const context = suiteContext(models);
		const { run, done } = await runToEnd(context, suiteOf(30), { maxCalls: 12 });
		assert.deepEqual([run.status, run.calls, run.done, done.stopReason], ['capped', 12, 12, 'cap']);
		assert.equal(models.requests.length, 12);
		assert.match(run.reason ?? '', /limit of 12 requests/);
		const more = await outcomeOf(resumeRun(context, run.runId));
		assert.deepEqual([more.run.status, more.run.calls], ['capped', 24]);
		const last = await outcomeOf(resumeRun(context, run.runId, { maxCalls: 30 }));
		assert.deepEqual([last.run.status, last.run.calls, models.requests.length], ['complete', 30, 30]);
	});

	it('in requests counts tool rounds and retries', async () => {
		const wire = await WireServer.start();
		try {
			wire.always('chat', wire.script.chat({ toolCalls: [{ name: 'get', input: {} }] }));
			const context = suiteContext(wiredModels(wire));
			const tools = 'tools: [{ name: get, description: g, result: "1" }]';
			const { run, trials } = await runToEnd(oneAtATime(context), suiteOf(4, tools), { maxCalls: 7 });
			assert.deepEqual([run.status, run.calls, trials.length], ['capped', 7, 0]);
			assert.equal(wire.requestsTo('chat').length, 7);
			wire.reset();
			wire.always('chat', { status: 503, body: '{}' });
			const retried = await runToEnd(oneAtATime(context), suiteOf(4), { maxCalls: 7 });
			assert.deepEqual(
				[retried.run.status, retried.run.calls, retried.run.variants[0]?.errors],
				['capped', 7, 2],
			);
			assert.equal(wire.requestsTo('chat').length, 7);
		} finally {
			await wire.stop();
		}
	});

	it('in money is not exceeded', async () => {
		const models = new AnsweringModels(() => 'x');
		models.price = priced;
		const context = suiteContext(models);
		// Each answer costs one dollar, and is expected to cost less at first.
		const { plan, run, done } = await runToEnd(context, suiteOf(30), { maxCostUsd: 20 });
		assert.ok((plan.costUsd ?? 0) > 0);
		assert.deepEqual([run.status, done.stopReason], ['capped', 'cap']);
		assert.ok(run.costUsd !== null && run.costUsd <= 20 && run.costUsd >= 18, `${run.costUsd}`);
		assert.match(run.reason ?? '', /limit of \$20/);
	});

	it('in money needs one in requests where a price is unknown', async () => {
		const models = new AnsweringModels(() => 'x');
		const context = suiteContext(models);
		await assert.rejects(
			runToEnd(context, suiteOf(3), { maxCostUsd: 1 }),
			(error) =>
				isAppError(error, 'validation') && error.info.field === 'maxCalls' && /local\/m/.test(error.message),
		);
		const { run } = await runToEnd(context, suiteOf(3), { maxCostUsd: 1, maxCalls: 2 });
		assert.deepEqual([run.status, run.calls, run.costUsd], ['capped', 2, null]);
	});
});

describe('a run against a server', () => {
	let wire: WireServer;
	before(async () => {
		wire = await WireServer.start();
	});
	beforeEach(() => wire.reset());
	after(() => wire.stop());

	it('closes 50 sockets and ends within 100 ms after a Stop, and keeps what is there', async () => {
		// The shortest of some: a busy machine only ever adds to it.
		let shortest = Infinity;
		for (let round = 0; round < 10 && shortest >= 100; round++) {
			shortest = Math.min(shortest, await stopOnce());
		}
		assert.ok(shortest < 100, `${shortest} ms`);
	});

	/** Milliseconds from a Stop to the end of the run and of the last socket. */
	async function stopOnce(): Promise<number> {
		wire.reset();
		for (let index = 0; index < 5; index++) {
			wire.reply('chat', wire.script.chat({ text: 'x' }));
		}
		wire.always('chat', wire.script.chat({ text: 'x', hold: { after: 'text', name: 'never' } }));
		const settings = { concurrency: 50, maxTokens: 10, thinking: 'off', judgeModel: undefined } as const;
		const context = suiteContext(wiredModels(wire, { maxParallel: 50 }), { settings: () => settings });
		const controller = new AbortController();
		const running = outcomeOf(runSuite(context, source(suiteOf(200)), { signal: controller.signal }));
		await until(() => wire.holding === 50, '50 requests');
		const stoppedAt = performance.now();
		controller.abort();
		const { run, trials, done } = await running;
		const took = performance.now() - stoppedAt;
		const isClosed = () => wire.requests.every(({ finished, leftAt }) => finished || leftAt !== undefined);
		await until(isClosed, 'closed sockets');
		assert.deepEqual([run.status, trials.length, done.stopReason], ['stopped', 5, 'cancelled']);
		assert.equal(context.runs.trials(run.runId).length, 5);
		return Math.max(took, ...wire.requests.map(({ leftAt = 0 }) => leftAt - stoppedAt));
	}

	it('goes on through a rate limit, and counts what stays refused as errors', async () => {
		wire.always('chat', wire.script.chat({ text: 'x' }));
		for (let index = 0; index < 13; index++) {
			const seconds = index < 10 ? '0' : '3600';
			wire.reply('chat', { status: 429, body: '{}', headers: { 'retry-after': seconds } });
		}
		const context = suiteContext(wiredModels(wire));
		const { run, trials } = await runToEnd(context, suiteOf(40));
		const errors = run.variants[0]?.errors ?? 0;
		// Three are told to wait too long, and a trial that is refused three times gives up as well.
		assert.ok(errors >= 3 && errors <= 6, `${errors} errors`);
		assert.deepEqual([run.status, run.done, run.variants[0]?.passed], ['complete', 40, 40 - errors]);
		const codes = trials.flatMap(({ verdict, error }) => (verdict === 'error' ? [error?.code] : []));
		assert.deepEqual(codes, Array<string>(errors).fill('rate-limit'));
		assert.equal(run.calls, wire.requestsTo('chat').length);
		const { run: resumed } = await outcomeOf(resumeRun(context, run.runId));
		const [variant] = resumed.variants;
		assert.deepEqual([variant?.errors, variant?.passed, resumed.calls], [0, 40, run.calls + errors]);
	});

	it('writes its row at most twice a second', async () => {
		wire.always('chat', [{ pauseMs: 100 }, ...wire.script.chat({ text: 'x' })]);
		const context = suiteContext(wiredModels(wire));
		await runToEnd(context, suiteOf(160));
		const { puts } = context.runs;
		assert.ok(puts.length >= 3, `${puts.length} writes`);
		// The last write is that of the end.
		const gaps = puts.slice(1, -1).map((at, index) => at - (puts[index] ?? 0));
		assert.ok(Math.min(...gaps) > 450, gaps.join(', '));
	});
});

function oneAtATime(context: TestContext): TestContext {
	const settings = { concurrency: 1, maxTokens: 10, thinking: 'off', judgeModel: undefined } as const;
	return { ...context, settings: () => settings };
}

/** A context as a process has it that is killed after some appends: then nothing of it is sent, written or returned. */
function killedAfter(context: TestContext, appends: number): TestContext {
	let left = appends;
	let isDead = false;
	const dead = new Promise<never>(() => undefined);
	const { files, records } = context.runs;
	const models = context.models();
	return {
		...context,
		// The claims of a dead process belong to nobody.
		claim: async () => async () => undefined,
		models: () => ({
			...models,
			isModel: (model) => models.isModel(model),
			price: (model) => models.price(model),
			run: async function* (request) {
				await (isDead ? dead : undefined);
				yield* models.run(request);
			},
		}),
		files: {
			...files,
			create: async (pins) => {
				const log = await files.create(pins);
				const append = (trial: StoredTrial): Promise<void> => {
					isDead ||= left-- <= 0;
					return isDead ? dead : log.append(trial);
				};
				return { ...log, append };
			},
		},
		records: { ...records, put: (run) => (isDead ? dead : records.put(run)) },
	};
}
