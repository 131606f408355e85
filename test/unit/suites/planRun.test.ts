import assert from 'node:assert/strict';
import { AppError, isAppError } from '../../../src/common/errors.ts';
import type { SuiteRunOptions, Trial } from '../../../src/common/suiteModel.ts';
import type { PlannedRun } from '../../../src/suites/plannedRun.ts';
import { planRun } from '../../../src/suites/planRun.ts';
import { TrialOrder } from '../../../src/suites/trialOrder.ts';
import { AnsweringModels, question } from '../../support/suites/answeringModels.ts';
import { runToEnd, suiteContext, suiteUri, type TestContext } from '../../support/suites/suiteContext.ts';

const models = () => new AnsweringModels((request) => question(request));

function plan(context: TestContext, text: string, options: SuiteRunOptions = {}): Promise<PlannedRun> {
	return planRun(context, { uri: suiteUri, name: 'a', text, format: 'yaml' }, options);
}

const labels = ({ variants }: PlannedRun) => variants.map(({ label }) => label);
const oneCase = 'cases: [{ name: one, query: q }]';

describe('the variants of a planned run', () => {
	const context = suiteContext(models());
	context.prompts['draft:b'] = { text: 'B', label: 'b' };
	context.prompts['draft:long'] = { text: 'B', label: 'x'.repeat(100) };

	it('are each prompt with each model and thinking level, with labels that say what differs', async () => {
		const rows: [string, SuiteRunOptions, string[]][] = [
			['prompt: draft:a', {}, ['a']],
			['prompt: [draft:a, draft:b]', {}, ['a', 'b']],
			['prompt: draft:a\nmodels: [own/x, own/y]', {}, ['x', 'y']],
			['prompt: draft:a\nmodels: [own/x, other/x]', {}, ['own/x', 'other/x']],
			['prompt: [draft:a, draft:b]\nmodels: [own/x, own/maker/y]', {}, ['a, x', 'a, y', 'b, x', 'b, y']],
			['prompt: draft:a', { variants: [{ thinking: 'off' }, { thinking: 'high' }] }, ['off', 'high']],
			['prompt: draft:a', { variants: [{ prompt: 'draft:b' }, {}] }, ['b', 'a']],
			['prompt: draft:a', { variants: [{ model: 'own/x' }, { model: 'own/x' }] }, ['a', 'a (2)']],
			['prompt: draft:long', {}, ['x'.repeat(40)]],
		];
		for (const [head, options, expected] of rows) {
			assert.deepEqual(labels(await plan(context, `${head}\n${oneCase}`, options)), expected, head);
		}
	});

	it('stay apart from the labels of recorded answers', async () => {
		const suite =
			'prompt: draft:a\ncases:\n  - { name: one, query: q }\n  - { name: two, outputs: { a: "", b: "" } }';
		const planned = await plan(context, suite);
		assert.deepEqual(labels(planned), ['a (2)', 'a', 'b']);
		assert.equal(planned.estimate.trials, 3);
	});

	it('need a prompt, a model in its form, and what the suite names', async () => {
		const refusals: [string, SuiteRunOptions, AppError['code'], string][] = [
			['', {}, 'validation', 'variants.prompt'],
			['prompt: draft:a', { variants: [{ model: 'x' }] }, 'validation', 'variants.model'],
			['prompt: draft:a\ntopic: Weather', {}, 'not-found', 'topic'],
			['prompt: draft:a', { repeat: 0 }, 'validation', 'repeat'],
			['prompt: draft:a', { maxCalls: 1.5 }, 'validation', 'maxCalls'],
			['prompt: draft:a', { maxCostUsd: Number.NaN }, 'validation', 'maxCostUsd'],
			['prompt: draft:a', { filter: { names: ['two'] } }, 'not-found', 'filter.names'],
			['prompt: draft:a', { filter: { tags: ['two'] } }, 'not-found', 'filter'],
			['prompt: draft:a', { filter: { failedFrom: 'last' } }, 'not-found', 'filter.failedFrom'],
		];
		for (const [head, options, code, field] of refusals) {
			await assert.rejects(
				plan(context, `${head}\n${oneCase}`, options),
				(error) => isAppError(error, code) && error.info.field === field,
				field,
			);
		}
		await assert.rejects(plan(context, `prompt: draft:none\n${oneCase}`), (error) =>
			isAppError(error, 'not-found'),
		);
	});

	it('are refused if a tool of the prompt has the name of one of the topic', async () => {
		const list = async () => [{ name: 'news', articles: 2, oldest: null, newest: null, source: null, skipped: 0 }];
		const base = suiteContext(models());
		const own = { ...base, topics: { ...base.topics, list } };
		const tool = { name: 'get_topic_articles', description: '', inputSchema: {}, result: 'x' };
		own.prompts['draft:clash'] = { text: 'A', tools: [tool] };
		assert.equal((await plan(own, `prompt: draft:clash\n${oneCase}`)).variants.length, 1);
		await assert.rejects(
			plan(own, `prompt: draft:clash\ntopic: news\n${oneCase}`),
			(error) => isAppError(error, 'validation') && error.info.field === 'tools',
		);
	});

	it('use the thinking that was asked for, else that of the cases, the prompt and the settings', async () => {
		const thinking = async (head: string, cases: string, options: SuiteRunOptions = {}) => {
			const asked = new AnsweringModels(() => 'x');
			const own = suiteContext(asked);
			own.prompts['draft:a'] = { text: 'A', thinking: 'medium' };
			own.prompts['draft:b'] = { text: 'B' };
			await runToEnd(own, `${head}\ncases: [${cases}]`, options);
			return asked.requests.map((request) => request.thinking);
		};
		const low = '{ name: one, query: q, thinking: low }';
		assert.deepEqual(await thinking('prompt: draft:a', low, { variants: [{ thinking: 'high' }] }), ['high']);
		assert.deepEqual(await thinking('prompt: draft:a', low), ['low']);
		assert.deepEqual(await thinking('prompt: draft:a', '{ name: one, query: q }'), ['medium']);
		assert.deepEqual(await thinking('prompt: draft:b', '{ name: one, query: q }'), ['off']);
	});

	it('ask for a model once if none is named', async () => {
		const given: (string | undefined)[] = [];
		const asking = suiteContext(models(), {
			chooseModel: async (purpose, model) => {
				given.push(`${purpose} ${model}`);
				return 'own/chosen';
			},
		});
		asking.prompts['draft:b'] = { text: 'B' };
		const planned = await plan(asking, `prompt: [draft:a, draft:b]\n${oneCase}`);
		assert.deepEqual(given, ['test undefined']);
		assert.deepEqual(
			planned.variants.map((variant) => variant.kind === 'asked' && variant.model),
			['own/chosen', 'own/chosen'],
		);
	});
});

describe('the cases of a planned run', () => {
	it('are those that the filter lets through, at their place in the suite', async () => {
		const suite = `
prompt: draft:a
cases:
  - { name: one, query: one, tags: [x], assert: [{ type: equals, value: one }] }
  - { name: two, query: two, tags: [y], assert: [{ type: equals, value: other }] }
  - { name: three, query: three, tags: [x, y], assert: [{ type: equals, value: other }] }
`;
		const context = suiteContext(models());
		const first = await runToEnd(context, suite);
		assert.deepEqual([first.run.variants[0]?.passed, first.run.variants[0]?.failed], [1, 2]);
		const chosen = async (filter: SuiteRunOptions['filter']) =>
			(await plan(context, suite, { ...(filter && { filter }) })).cases.map(
				({ name, index }) => `${index} ${name}`,
			);
		assert.deepEqual(await chosen({ tags: ['x'] }), ['0 one', '2 three']);
		assert.deepEqual(await chosen({ tags: ['x'], names: ['three', 'two'] }), ['2 three']);
		assert.deepEqual(await chosen({ failedFrom: 'last' }), ['1 two', '2 three']);
		assert.deepEqual(await chosen({ failedFrom: first.run.runId, tags: ['x'] }), ['2 three']);
		const { trials, run } = await runToEnd(context, suite, { filter: { names: ['three'] } });
		assert.deepEqual(
			trials.map((trial: Trial) => [trial.case.name, trial.case.index]),
			[['three', 2]],
		);
		assert.equal(run.trials, 1);
		assert.deepEqual(await chosen({ failedFrom: 'last' }), ['2 three']);
	});
});

describe('the estimate of a run', () => {
	const suite = `
prompt: [draft:a, draft:b]
models: own/priced
defaults: { repeat: 2 }
cases:
  - { name: one, query: "${'word '.repeat(80)}" }
  - name: two
    messages: [{ role: user, content: a }, { role: user, content: b }]
`;

	it('counts requests and tokens, and has the cost only where all prices are known', async () => {
		const asked = models();
		const context = suiteContext(asked);
		context.prompts['draft:b'] = { text: 'B' };
		const unknown = await plan(context, suite);
		assert.deepEqual([unknown.estimate.trials, unknown.estimate.calls], [8, 12]);
		assert.ok(unknown.estimate.inputTokens > 400, `${unknown.estimate.inputTokens}`);
		assert.equal(unknown.estimate.costUsd, undefined);
		asked.price = () => ({ input: 1, output: 0, readOn: '2026-11-01' });
		const { estimate } = await plan(context, suite);
		assert.ok(Math.abs((estimate.costUsd ?? 0) * 1e6 - estimate.inputTokens) < 1);
		assert.equal(estimate.priceDate, '2026-11-01');
		asked.price = (model) => (model === 'own/priced' ? { input: 1, output: 0 } : undefined);
		const mixed = await plan(context, suite, { variants: [{}, { model: 'own/unknown' }] });
		assert.equal(mixed.estimate.costUsd, undefined);
		assert.equal((await plan(context, suite)).estimate.priceDate, undefined);
	});

	it("goes by the model's own counts once there are some", async () => {
		const asked = models();
		asked.price = () => ({ input: 1, output: 10 });
		const context = suiteContext(asked);
		context.prompts['draft:b'] = { text: 'B' };
		await runToEnd(context, suite);
		const { estimate } = await plan(context, suite);
		// Each answer was reported with 10 and 5 tokens.
		assert.equal(estimate.inputTokens, 120);
		assert.ok(Math.abs((estimate.costUsd ?? 0) * 1e6 - (120 + 60 * 10)) < 1e-6, `${estimate.costUsd}`);
	});

	it('counts the built-in guide as free', async () => {
		const context = suiteContext(models());
		const planned = await plan(context, `prompt: draft:a\nmodels: own/guide\n${oneCase}`, { maxCostUsd: 1 });
		assert.equal(planned.estimate.costUsd, 0);
		const { run } = await runToEnd(context, `prompt: draft:a\nmodels: own/guide\n${oneCase}`);
		assert.deepEqual([run.costUsd, run.variants[0]?.isModel], [0, false]);
	});
});

describe('the order of trials', () => {
	const suite = `
prompt: [draft:a, draft:b, draft:c]
cases:
${Array.from({ length: 50 }, (_, index) => `  - { name: "${index}", query: q, repeat: ${1 + (index % 3)} }`).join('\n')}
  - { name: recorded, output: x, repeat: 5 }
`;
	const context = suiteContext(models());
	context.prompts['draft:b'] = { text: 'B' };
	context.prompts['draft:c'] = { text: 'C' };

	it('has every trial once, and is balanced between the variants at any moment', async () => {
		const order = new TrialOrder(await plan(context, suite));
		const slots = Array.from({ length: order.length }, (_, index) => order.at(index)!);
		const expected = 3 * (17 + 17 * 2 + 16 * 3) + 1;
		assert.equal(new Set(slots.map(({ number }) => number)).size, expected);
		assert.equal(new Set(slots.map((slot) => `${slot.caseAt} ${slot.variantAt} ${slot.repeat}`)).size, expected);
		const counts = [0, 0, 0, 0];
		for (const { variantAt } of slots) {
			counts[variantAt]!++;
			const asked = counts.slice(0, 3);
			assert.ok(Math.max(...asked) - Math.min(...asked) <= 1);
		}
		const rounds = slots.map(({ repeat }) => repeat);
		assert.deepEqual(rounds, rounds.toSorted());
	});

	it('shuffles cases and variants, in the same way for the same suite', async () => {
		const order = new TrialOrder(await plan(context, suite));
		const cases = Array.from({ length: 30 }, (_, index) => order.at(index)!.caseAt);
		assert.notDeepEqual(
			cases,
			cases.toSorted((a, b) => a - b),
		);
		assert.ok(new Set(Array.from({ length: 10 }, (_, index) => order.at(index * 3)?.variantAt)).size > 1);
		const again = new TrialOrder(await plan(context, suite));
		assert.deepEqual(
			Array.from({ length: 30 }, (_, index) => again.at(index)?.number),
			Array.from({ length: 30 }, (_, index) => order.at(index)?.number),
		);
	});
});
