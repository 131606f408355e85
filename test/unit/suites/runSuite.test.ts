import assert from 'node:assert/strict';
import { isAppError } from '../../../src/common/errors.ts';
import type { SuiteRunEvent } from '../../../src/common/suiteModel.ts';
import { runSuite } from '../../../src/suites/runSuite.ts';
import { AnsweringModels, question } from '../../support/suites/answeringModels.ts';
import { runToEnd, suiteContext, suiteUri } from '../../support/suites/suiteContext.ts';

const twoCases = `
prompt: draft:a
models: own/model
cases:
  - { name: one, query: "One?", assert: [{ type: equals, value: one }] }
  - { name: two, query: "Two?", assert: [{ type: contains, value: two }] }
`;

const source = (text: string) => ({ uri: suiteUri, name: 'a', text, format: 'yaml' as const });

describe('a suite that is run', () => {
	it('asks each case, grades its answer and counts', async () => {
		const models = new AnsweringModels((request) => (question(request) === 'One?' ? 'one' : 'three'));
		const context = suiteContext(models);
		const { plan, trials, run, done } = await runToEnd(context, twoCases);
		assert.equal(plan.trials, 2);
		assert.equal(plan.calls, 2);
		assert.equal(plan.costUsd, undefined);
		assert.deepEqual(trials.map((trial) => [trial.case.name, trial.verdict, trial.output]).sort(), [
			['one', 'pass', 'one'],
			['two', 'fail', 'three'],
		]);
		assert.deepEqual(done, { type: 'done', stopReason: 'stop' });
		const { status, calls, variants } = run;
		assert.deepEqual([status, run.trials, run.done, calls, run.costUsd], ['complete', 2, 2, 2, null]);
		assert.deepEqual(
			variants.map(({ label, prompt, model, thinking, passed, failed, errors }) => [
				label,
				prompt,
				model,
				thinking,
				passed,
				failed,
				errors,
			]),
			[['a', 'draft:a', 'own/model', 'off', 1, 1, 0]],
		);
		assert.deepEqual(context.runs.rows.get(run.runId), run);
		assert.deepEqual(context.claimed, new Set());
		assert.equal(context.runs.open, 0);
	});

	it('sends the prompt, what the case says and the settings', async () => {
		const models = new AnsweringModels(() => 'x');
		const context = suiteContext(models);
		context.prompts['draft:a'] = { text: 'Speak {{language}}.' };
		await runToEnd(
			context,
			`
prompt: draft:a
defaults: { vars: { language: Finnish } }
cases:
  - { name: one, query: "Hello {{language}}", thinking: high, maxTokens: 77 }
`,
		);
		const [request] = models.requests;
		assert.equal(request?.system, 'Speak Finnish.');
		assert.equal(question(request), 'Hello Finnish');
		assert.deepEqual(
			[request.model, request.thinking, request.maxTokens, request.purpose],
			['own/model', 'high', 77, 'test'],
		);
	});

	it('asks consecutive questions one after another, and sends given answers as they are', async () => {
		const models = new AnsweringModels((request) => `answer to ${question(request)}`);
		const context = suiteContext(models);
		const { trials, run } = await runToEnd(
			context,
			`
prompt: draft:a
cases:
  - name: script
    messages:
      - { role: user, content: "1" }
      - { role: assistant, content: "given" }
      - { role: user, content: "2" }
      - { role: user, content: "3" }
    assert: [{ type: equals, value: answer to 3 }]
`,
		);
		assert.equal(trials[0]?.verdict, 'pass');
		assert.equal(run.calls, 2);
		assert.deepEqual(
			models.requests[1]?.messages.map(({ role, content }) => [role, ...content]),
			[
				['user', { type: 'text', text: '1' }],
				['assistant', { type: 'text', text: 'given' }],
				['user', { type: 'text', text: '2' }],
				['assistant', { type: 'text', text: 'answer to 2' }],
				['user', { type: 'text', text: '3' }],
			],
		);
		const [stored] = context.runs.trials(run.runId);
		assert.equal(stored?.query, '3');
		assert.deepEqual(
			stored.earlier?.map(({ query }) => query),
			['2'],
		);
		assert.deepEqual(
			(JSON.parse(stored.requests ?? '') as { body: string }[]).map(({ body }) => body),
			['2', '3'],
		);
		assert.equal(stored.usage?.inputTokens, 20);
	});

	it('sends the prompt as the only message of the user', async () => {
		const models = new AnsweringModels(() => 'x');
		const context = suiteContext(models);
		context.prompts['draft:a'] = { text: 'Translate {{text}}', promptRole: 'user' };
		const { trials } = await runToEnd(context, 'prompt: draft:a\ncases: [{ name: a, vars: { text: yes } }]');
		assert.equal(trials[0]?.verdict, 'pass');
		const [request] = models.requests;
		assert.equal(request?.system, '');
		assert.deepEqual(request.messages, [{ role: 'user', content: [{ type: 'text', text: 'Translate yes' }] }]);
	});

	it('asks what follows a prompt that is the message of the user after its answer, and counts both requests', async () => {
		const models = new AnsweringModels(() => 'x');
		const context = suiteContext(models);
		context.prompts['draft:a'] = { text: 'Translate {{text}}', promptRole: 'user' };
		const { run, trials } = await runToEnd(
			context,
			'prompt: draft:a\ncases: [{ name: a, query: Shorter please, vars: { text: yes } }]',
		);
		assert.equal(trials[0]?.verdict, 'pass');
		assert.deepEqual(
			models.requests.map(({ messages }) => messages.map(({ role }) => role)),
			[['user'], ['user', 'assistant', 'user']],
		);
		assert.equal(run.calls, 2);
	});

	it('sends a recorded conversation up to its turn', async () => {
		const models = new AnsweringModels(() => 'x');
		const context = suiteContext(models, {
			conversation: async () => [
				{ role: 'user', content: 'Hi {{name}}' },
				{ role: 'assistant', content: 'Hello', thinking: 'secret' },
				{ role: 'user', content: 'Bye' },
				{ role: 'assistant', content: 'Farewell' },
			],
		});
		const suite = (turn: number) =>
			`prompt: draft:a\ncases: [{ name: a, conversation: { fixture: f, turn: ${turn} } }]`;
		await runToEnd(context, suite(3));
		assert.deepEqual(
			models.requests[0]?.messages.map(({ content }) => content),
			[
				[{ type: 'text', text: 'Hi {{name}}' }],
				[{ type: 'text', text: 'Hello' }],
				[{ type: 'text', text: 'Bye' }],
			],
		);
		await assert.rejects(runToEnd(context, suite(2)), (error) => isAppError(error, 'validation'));
	});

	it('grades recorded answers without a model, one variant for each label', async () => {
		const context = suiteContext(
			new AnsweringModels(() => {
				throw new Error('asked');
			}),
		);
		const { plan, run, trials } = await runToEnd(
			context,
			`
cases:
  - { name: a, outputs: { old: "no", new: "yes" }, assert: [{ type: equals, value: "yes" }] }
  - { name: b, outputs: { old: "no", new: "" }, assert: [{ type: equals, value: "yes" }], repeat: 3 }
  - { name: c, output: "", assert: [{ type: equals, value: "" }] }
`,
		);
		assert.equal(plan.calls, 0);
		assert.equal(plan.costUsd, 0);
		assert.equal(trials.length, 5);
		assert.deepEqual(
			run.variants.map(({ label, model, passed, failed, isModel }) => [label, model, passed, failed, isModel]),
			[
				['recorded', null, 1, 0, true],
				['old', null, 0, 2, true],
				['new', null, 1, 1, true],
			],
		);
		assert.equal(trials[0]?.latencyMs, null);
	});

	it('counts errors of the provider and of cases apart, and goes on', async () => {
		const models = new AnsweringModels((request) => {
			if (question(request) === 'bad') {
				throw new Error('down');
			}
			return 'ok';
		});
		const { run, trials } = await runToEnd(
			suiteContext(models),
			`
prompt: draft:a
defaults: { assert: [{ type: equals, value: ok }] }
cases:
  - { name: a, query: bad }
  - { name: b, query: good }
  - { name: c, query: "{{missing}}" }
  - { name: d }
`,
		);
		assert.equal(run.status, 'complete');
		assert.deepEqual(
			run.variants.map(({ passed, failed, errors }) => [passed, failed, errors]),
			[[1, 0, 3]],
		);
		const errors = new Map(trials.map((trial) => [trial.case.name, trial.error]));
		assert.equal(errors.get('a')?.message, 'down');
		assert.match(errors.get('c')?.message ?? '', /The case "c" cannot be used.*"missing" has no value/);
		assert.match(errors.get('d')?.message ?? '', /The case "d" asks nothing/);
		assert.equal(run.calls, 2);
	});

	it('gives up an answer after the time of its case', async () => {
		const models = new AnsweringModels(() => new Promise(() => undefined));
		const { trials } = await runToEnd(
			suiteContext(models),
			'prompt: draft:a\ncases: [{ name: a, query: q, timeout: 0.05 }]',
		);
		assert.equal(trials[0]?.verdict, 'error');
		assert.match(trials[0].error?.message ?? '', /within 0.05 s/);
	});

	it('runs as many trials at once as the settings say', async () => {
		const models = new AnsweringModels(
			() => new Promise((resolve) => setImmediate(() => setImmediate(() => resolve('x')))),
		);
		const settings = { concurrency: 3, maxTokens: 10, thinking: 'off', judgeModel: undefined } as const;
		const context = suiteContext(models, { settings: () => settings });
		await runToEnd(context, 'prompt: draft:a\ncases: [{ name: a, query: q, repeat: 20 }]');
		assert.equal(models.requests.length, 20);
		assert.equal(models.mostActive, 3);
	});

	it('leaves nothing behind if the caller leaves at the plan', async () => {
		const models = new AnsweringModels(() => 'x');
		const context = suiteContext(models);
		for await (const event of runSuite(context, source(twoCases))) {
			assert.equal(event.type, 'plan');
			break;
		}
		assert.equal(models.requests.length, 0);
		assert.equal(context.runs.runs.size + context.runs.rows.size + context.claimed.size, 0);
	});

	it('stops if the caller leaves the loop, and keeps what is there', async () => {
		const models = new AnsweringModels((_request, number) => (number === 0 ? 'one' : new Promise(() => undefined)));
		const context = suiteContext(models);
		let runId = '';
		for await (const event of runSuite(context, source(twoCases))) {
			runId = event.type === 'plan' ? event.runId : runId;
			if (event.type === 'trial') {
				break;
			}
		}
		assert.equal(models.active, 0);
		assert.equal(context.runs.rows.get(runId)?.status, 'stopped');
		assert.equal(context.runs.trials(runId).length, 1);
		assert.deepEqual(context.claimed, new Set());
	});

	it('is not run with an error in it, and says where', async () => {
		const context = suiteContext(new AnsweringModels(() => 'x'));
		await assert.rejects(
			runToEnd(context, 'prompt: draft:a\ncases: [{ name: a, query: q, assert: [{ type: nothing }] }]'),
			(error) => isAppError(error, 'validation') && /Line 2/.test(error.message),
		);
		assert.equal(context.runs.runs.size, 0);
	});

	it('ends with its reason when nothing can be written', async () => {
		const context = suiteContext(new AnsweringModels(() => 'x'), {});
		const events: SuiteRunEvent[] = [];
		const failing = {
			...context,
			files: { ...context.files, create: () => Promise.reject(new Error('disk full')) },
		};
		for await (const event of runSuite(failing, source(twoCases))) {
			events.push(event);
		}
		assert.deepEqual(
			events.map(({ type }) => type),
			['plan', 'done'],
		);
		assert.deepEqual(events[1], {
			type: 'done',
			stopReason: 'error',
			error: { code: 'internal', message: 'disk full', retryable: false },
		});
		assert.deepEqual(context.claimed, new Set());
	});

	it('asks the judge, counts its requests and keeps what it answered', async () => {
		const verdict = { reason: 'It is.', score: 1, pass: true };
		const models = new AnsweringModels(({ model }) => (model === 'own/judge' ? JSON.stringify(verdict) : 'Hello.'));
		const settings = { concurrency: 1, maxTokens: 10, thinking: 'off', judgeModel: 'own/judge' } as const;
		const { plan, trials, run } = await runToEnd(
			suiteContext(models, { settings: () => settings }),
			`
prompt: draft:a
cases:
  - { name: one, query: "One?", assert: [{ type: llm-rubric, value: is polite }] }
  - { name: two, query: "Two?", output: recorded, assert: [{ type: llm-rubric, value: is polite, provider: own/guide }] }
`,
		);
		assert.deepEqual([plan.calls, run.calls, models.requests.length], [3, 2, 2]);
		const [one, two] = trials.sort((a, b) => a.case.index - b.case.index);
		assert.deepEqual([one?.verdict, one?.assertions[0]?.judged?.[0]?.answer], ['pass', JSON.stringify(verdict)]);
		assert.equal(two?.verdict, 'error');
		assert.match(two.error?.message ?? '', /own\/guide is not a language model/);
	});

	it('compares the answers of two variants in both orders, and has an answer of a judge that is none as an error', async () => {
		const models = new AnsweringModels(({ model, system }) =>
			model !== 'own/judge' ? `${model} says` : system.includes('compare') ? 'Neither.' : '',
		);
		const settings = { concurrency: 2, maxTokens: 10, thinking: 'off', judgeModel: 'own/judge' } as const;
		const { trials, run } = await runToEnd(
			suiteContext(models, { settings: () => settings }),
			`
prompt: draft:a
models: [own/a, own/b]
cases:
  - { name: one, query: "One?", assert: [{ type: pairwise }] }
`,
		);
		assert.equal(run.calls, 6);
		assert.deepEqual(
			trials.map(({ verdict, error, assertions }) => [verdict, error?.code, assertions[0]?.judged?.length]),
			[
				['error', 'bad-response', 2],
				['error', 'bad-response', 2],
			],
		);
	});
});
