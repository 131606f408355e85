import assert from 'node:assert/strict';
import { AppError } from '../../../src/common/errors.ts';
import type { Tool } from '../../../src/common/tools.ts';
import type { RunRequest } from '../../../src/providers/provider.ts';
import { resumeRun } from '../../../src/suites/runSuite.ts';
import { AnsweringModels, question } from '../../support/suites/answeringModels.ts';
import { outcomeOf, runToEnd, suiteContext } from '../../support/suites/suiteContext.ts';

const oneCase = 'cases: [{ name: one, query: q, assert: [{ type: contains, value: "x" }] }]';

function toolNames({ tools = [] }: RunRequest): string[] {
	return tools.map(({ name }) => name);
}

function editorTool(name: string): Tool {
	return { name, description: '', inputSchema: {}, run: async () => ({ content: 'from the editor', summary: '' }) };
}

async function callTool(request: RunRequest, name: string): Promise<string> {
	const tool = request.tools?.find((one) => one.name === name);
	return (await tool?.run({ id: 9 }, request.signal))?.content ?? '';
}

describe('the tools of a trial', () => {
	it("are those of the suite, then the prompt's own, then the editor's where no result is written", async () => {
		const answers: string[] = [];
		const models = new AnsweringModels(async (request) => {
			for (const name of toolNames(request)) {
				answers.push(`${name}: ${await callTool(request, name)}`);
			}
			return 'x';
		});
		const context = suiteContext(models, {
			editorTools: async (names) => names.filter((name) => name === 'read').map(editorTool),
		});
		const tool = (name: string, more = {}) => ({ name, description: '', inputSchema: {}, ...more });
		context.prompts['draft:a'] = {
			text: 'A',
			kind: 'agent',
			tools: [tool('get', { result: 'own' }), tool('put', { result: 'put' }), tool('read'), tool('gone')],
		};
		const { run } = await runToEnd(
			context,
			`prompt: draft:a\ntools: [{ name: get, description: g, result: "suite {{args.id}}" }]\n${oneCase}`,
		);
		assert.equal(run.variants[0]?.passed, 1);
		assert.deepEqual(answers.sort(), [
			'get: suite 9',
			'gone: No result is written for this call of "gone".',
			'put: put',
			'read: from the editor',
		]);
	});

	it('of a topic are opened for each trial, and the citations are checked', async () => {
		const models = new AnsweringModels(() => 'x [1](https://a)');
		const opened: string[] = [];
		const context = suiteContext(models, {
			topics: {
				list: async () => [{ name: 'News', articles: 3, oldest: null, newest: null, source: null, skipped: 0 }],
				openTools: async (topic) => {
					opened.push(topic);
					return {
						tools: [editorTool('search')],
						returned: new Set(),
						checkCitations: async (text) => [
							{ uri: text, title: 'A', returned: true, exists: true } as never,
						],
					};
				},
			},
		});
		const { run } = await runToEnd(context, `prompt: draft:a\ntopic: News\n${oneCase}`, { repeat: 2 });
		assert.deepEqual(opened, ['News', 'News']);
		assert.deepEqual(models.requests.map(toolNames), [['search'], ['search']]);
		assert.equal(context.runs.trials(run.runId)[0]?.citations?.length, 1);
		context.prompts['draft:a'] = { text: 'A', kind: 'research', topic: 'News' };
		await runToEnd(context, `prompt: draft:a\n${oneCase}`);
		context.prompts['draft:a'] = { text: 'A', kind: 'assistant', topic: 'News' };
		await runToEnd(context, `prompt: draft:a\n${oneCase}`);
		await runToEnd(context, `prompt: draft:a\ntopic: General\n${oneCase}`);
		assert.equal(opened.length, 3);
	});

	it('that cannot be opened are an error of the trial', async () => {
		const context = suiteContext(new AnsweringModels(() => 'x'), {
			editorTools: () => Promise.reject(new AppError('cancelled', 'Not allowed')),
		});
		context.prompts['draft:a'] = { text: 'A', tools: [{ name: 'read', description: '', inputSchema: {} }] };
		const { trials, run } = await runToEnd(context, `prompt: draft:a\n${oneCase}`);
		assert.deepEqual(
			[run.status, trials[0]?.verdict, trials[0]?.error?.message],
			['complete', 'error', 'Not allowed'],
		);
	});
});

describe('answers of earlier runs', () => {
	const suite = (value: string) =>
		`prompt: draft:a\ncases:\n  - { name: one, query: q, repeat: 2, assert: [{ type: contains, value: "${value}" }] }\n  - { name: two, query: r }`;

	it('are used only when asked for, under the same request, each once, marked, and graded again', async () => {
		const models = new AnsweringModels((_request, number) => `x${number}`);
		const context = suiteContext(models);
		await runToEnd(context, suite('x'));
		await runToEnd(context, suite('x'));
		assert.equal(models.requests.length, 6);
		const { trials, run } = await runToEnd(context, suite('nothing'), { reuse: true, repeat: 5 });
		// Four answers of the first case and two of the second are there.
		assert.equal(models.requests.length, 10);
		const reused = trials.filter((trial) => trial.reused);
		assert.equal(reused.length, 6);
		assert.equal(new Set(reused.map(({ output }) => output)).size, 6);
		assert.equal(run.calls, 4);
		assert.deepEqual([run.variants[0]?.reused, run.variants[0]?.failed], [6, 5]);
		const own = trials.find((trial) => trial.reused);
		assert.deepEqual([own?.costUsd, typeof own?.latencyMs, own?.usage?.inputTokens], [0, 'number', 10]);
	});

	it('are not used if anything of the request differs', async () => {
		const models = new AnsweringModels(() => 'x');
		const context = suiteContext(models);
		await runToEnd(context, `prompt: draft:a\n${oneCase}`);
		const changes: [string, () => void][] = [
			[`prompt: draft:a\nmodels: own/other\n${oneCase}`, () => undefined],
			[`prompt: draft:a\ntools: [{ name: t, description: t, result: "1" }]\n${oneCase}`, () => undefined],
			['prompt: draft:a\ncases: [{ name: one, query: q, thinking: high }]', () => undefined],
			['prompt: draft:a\ncases: [{ name: one, query: q, maxTokens: 5 }]', () => undefined],
			['prompt: draft:a\ncases: [{ name: one, query: Q }]', () => undefined],
			[`prompt: draft:a\n${oneCase}`, () => (context.prompts['draft:a'] = { text: 'Other' })],
		];
		for (const [text, change] of changes) {
			change();
			const { run } = await runToEnd(context, text, { reuse: true });
			assert.equal(run.variants[0]?.reused, 0, text);
		}
		const { run } = await runToEnd(context, `prompt: draft:a\n${oneCase}`, { reuse: true });
		assert.equal(run.variants[0]?.reused, 1);
	});
});

describe('grading at the end of a run', () => {
	it('is made up for on resume without asking the model again', async () => {
		const controller = new AbortController();
		const models = new AnsweringModels((request) => question(request));
		models.price = () => ({ input: 100_000, output: 0 });
		const context = suiteContext(models);
		const slow = {
			...context.sandbox,
			matches: (_pattern: string, _flags: string, _text: string, signal: AbortSignal) => {
				controller.abort();
				return new Promise<boolean>((_resolve, reject) => {
					signal.addEventListener('abort', () => reject(new AppError('cancelled', 'Cancelled')));
				});
			},
		};
		const suite = 'prompt: draft:a\ncases: [{ name: one, query: yes, assert: [{ type: regex, value: y }] }]';
		const { run, trials } = await runToEnd({ ...context, sandbox: slow }, suite, { signal: controller.signal });
		assert.deepEqual([run.status, trials[0]?.verdict, trials[0]?.output], ['stopped', 'error', 'yes']);
		assert.match(trials[0]?.error?.message ?? '', /Resume it to grade/);
		const resumed = await outcomeOf(resumeRun(context, run.runId));
		assert.deepEqual([resumed.run.status, resumed.trials[0]?.verdict], ['complete', 'pass']);
		assert.deepEqual([resumed.run.done, resumed.run.variants[0]?.errors, resumed.run.calls], [1, 0, 1]);
		assert.equal(models.requests.length, 1);
		// It was paid for once.
		assert.deepEqual([run.costUsd, resumed.run.costUsd, resumed.trials[0]?.costUsd], [1, 1, 1]);
	});
});
