import assert from 'node:assert/strict';
import type { FixtureMessage, LabRunOptions, OfferedTool } from '../../../src/common/api.ts';
import { AppError, isAppError } from '../../../src/common/errors.ts';
import { createLab } from '../../../src/lab/lab.ts';
import { regenerate } from '../../../src/lab/regenerate.ts';
import { until } from '../../support/eventually.ts';
import { aborted, answer, assistant, collect, labContext, scriptedModels, transcript, user } from './support.ts';

const systemPrompt = 'You are a tutor.';

describe('regenerate and continueConversation', () => {
	it('sends the prompt and what came before the turn, and yields parts with done last', async () => {
		const models = scriptedModels(() => [
			{ type: 'request', request: { method: 'POST', url: 'u', headers: {}, body: '' } },
			...answer('new'),
		]);
		const lab = createLab(labContext(models));
		const parts = await collect(
			lab.regenerate({ messages: [user('q'), assistant('a', 'x'), user('r'), assistant('old')], systemPrompt }),
		);
		assert.deepEqual(
			parts.map(({ type }) => type),
			['thinking', 'text', 'usage', 'done'],
		);
		assert.ok(
			parts.every(
				(part) =>
					part.type === 'usage' || part.type === 'done' || typeof (part as { at?: number }).at === 'number',
			),
		);
		assert.deepEqual(transcript(models.requests[0]), ['user: q', 'assistant: a', 'user: r']);
		assert.equal(models.requests[0]?.system, systemPrompt);
		assert.equal(models.requests[0]?.purpose, 'lab');
		assert.equal(models.requests[0]?.tools, undefined);
	});

	it('continues a conversation that ends with the follow-up', async () => {
		const models = scriptedModels(() => answer('more'));
		const lab = createLab(labContext(models));
		await collect(
			lab.continueConversation({
				messages: [user('q'), assistant('a'), user('and?')],
				systemPrompt,
				model: 'p/m',
			}),
		);
		assert.deepEqual(transcript(models.requests[0]), ['user: q', 'assistant: a', 'user: and?']);
		assert.equal(models.requests[0]?.model, 'p/m');
	});

	for (const [options, thinking] of [
		[{}, 'off'],
		[{ thinking: 'high' }, 'high'],
		[{ enableThinking: true }, 'low'],
		[{ enableThinking: false, thinkingBudget: 5 }, 'off'],
		[{ thinkingBudget: 500 }, 'low'],
	] as const) {
		it(`thinks ${thinking} for ${JSON.stringify(options)} where the setting is off`, async () => {
			const models = scriptedModels(() => answer('x'));
			await collect(
				createLab(labContext(models)).regenerate({ messages: [user('q')], systemPrompt, ...options }),
			);
			assert.equal(models.requests[0]?.thinking, thinking);
		});
	}

	it('takes level and tokens from the settings, unless given', async () => {
		const models = scriptedModels(() => answer('x'));
		const lab = createLab(labContext(models, { settings: () => ({ thinking: 'medium', maxTokens: 99 }) }));
		await collect(lab.regenerate({ messages: [user('q')], systemPrompt, enableThinking: true }));
		await collect(lab.regenerate({ messages: [user('q')], systemPrompt, maxTokens: 7, thinkingBudget: 3 }));
		assert.deepEqual(
			models.requests.map((r) => [r.thinking, r.maxTokens, r.thinkingBudget]),
			[
				['medium', 99, undefined],
				['medium', 7, 3],
			],
		);
	});

	for (const [what, bad, field] of [
		['no messages', { messages: [] }, 'messages'],
		['messages that are no list', { messages: 'q' }, 'messages'],
		['a bad role', { messages: [{ role: 'system', content: 'x' }] }, 'messages[0].role'],
		['no prompt', { systemPrompt: undefined }, 'systemPrompt'],
		['an unknown level', { thinking: 'max' }, 'thinking'],
		['a level that is a flag', { enableThinking: 'yes' }, 'enableThinking'],
		['half a token', { maxTokens: 1.5 }, 'maxTokens'],
		['a budget of none', { thinkingBudget: 0 }, 'thinkingBudget'],
		['a model that is a number', { model: 3 }, 'model'],
		['an assistant only', { messages: [assistant('a')] }, 'messages'],
	] as const) {
		it(`rejects ${what} before the first part and sends nothing`, async () => {
			const models = scriptedModels(() => answer('x'));
			const lab = createLab(labContext(models));
			const options = { messages: [user('q')], systemPrompt, ...bad } as unknown as LabRunOptions;
			for (const member of [lab.regenerate, lab.continueConversation]) {
				await assert.rejects(
					collect(member(options)),
					(error) => isAppError(error, 'validation') && error.info.field === field,
				);
			}
			assert.equal(models.requests.length, 0);
		});
	}

	it('rejects a continuation that does not end with the user', async () => {
		const lab = createLab(labContext(scriptedModels(() => answer('x'))));
		await assert.rejects(
			collect(lab.continueConversation({ messages: [user('q'), assistant('a')], systemPrompt })),
			(error) => isAppError(error, 'validation'),
		);
	});

	it('ends with error and done when the run throws', async () => {
		const models = scriptedModels(function* () {
			yield { type: 'text', id: 'a', text: 'half' };
			throw new AppError('overloaded', 'Busy', { info: { retryable: true } });
		});
		const parts = await collect(createLab(labContext(models)).regenerate({ messages: [user('q')], systemPrompt }));
		assert.deepEqual(parts.slice(1), [
			{ type: 'error', code: 'overloaded', message: 'Busy', retryable: true },
			{ type: 'done', stopReason: 'error' },
		]);
	});

	it('ends with done cancelled when it was aborted before and while it runs, and reaches the request', async () => {
		const models = scriptedModels(async function* ({ signal }) {
			yield { type: 'text', id: 'a', text: 'half' };
			await aborted(signal);
			yield { type: 'done', stopReason: 'cancelled' };
		});
		const lab = createLab(labContext(models));
		assert.deepEqual(
			await collect(lab.regenerate({ messages: [user('q')], systemPrompt, signal: AbortSignal.abort() })),
			[{ type: 'done', stopReason: 'cancelled' }],
		);
		assert.equal(models.requests.length, 0);
		const controller = new AbortController();
		const types: string[] = [];
		for await (const part of lab.regenerate({ messages: [user('q')], systemPrompt, signal: controller.signal })) {
			types.push(part.type);
			controller.abort();
		}
		assert.deepEqual(types, ['text', 'done']);
	});

	it('aborts the request when the caller leaves the loop', async () => {
		let signal: AbortSignal | undefined;
		const models = scriptedModels(async function* (request) {
			signal = request.signal;
			yield { type: 'text', id: 'a', text: 'half' };
			await aborted(request.signal);
		});
		for await (const _part of createLab(labContext(models)).regenerate({ messages: [user('q')], systemPrompt })) {
			break;
		}
		assert.equal(signal?.aborted, true);
		await until(() => models.running === 0, 'the request to end');
	});

	describe('with tools', () => {
		const messages: FixtureMessage[] = [
			user('q'),
			{
				role: 'assistant',
				content: [
					{ type: 'tool-call', id: '1', name: 'search', input: { q: 'p' } },
					{ type: 'tool-result', id: '1', content: 'two hits' },
				],
			},
			user('and now?'),
		];
		const asked = async (tools?: OfferedTool[]) => {
			const models = scriptedModels(() => answer('a'));
			await collect(
				regenerate(labContext(models), { messages, systemPrompt: 's', ...(tools !== undefined && { tools }) }),
			);
			return models.requests[0];
		};

		it('offers those that were recorded, unless others are given or none', async () => {
			const recorded = await asked();
			assert.deepEqual(
				recorded?.tools?.map(({ name }) => name),
				['search'],
			);
			assert.deepEqual(transcript(recorded), ['user: q', 'assistant: tool-call', 'user: tool-result + and now?']);
			const none = await asked([]);
			assert.equal(none?.tools, undefined);
			assert.match(transcript(none)[1] ?? '', /Tool call: search/);
			const own = await asked([
				{ name: 'find', result: '{{args.id}}', results: [{ when: { id: 1 }, result: [] }] },
			]);
			assert.deepEqual(
				own?.tools?.map(({ name }) => name),
				['find'],
			);
			const output = await own?.tools?.[0]?.run({ id: 7 }, new AbortController().signal);
			assert.equal(output?.content, '7');
		});

		const wrong: [string, unknown, string][] = [
			['no list', {}, 'tools'],
			['no tool', [7], 'tools[0]'],
			['no name', [{}], 'tools[0].name'],
			['a field that there is not', [{ name: 'a', resul: 'x' }], 'tools[0].resul'],
			['a name that APIs refuse', [{ name: 'a b' }], 'tools'],
			['a name that is there twice', [{ name: 'a' }, { name: 'a' }], 'tools'],
			['a schema that is none', [{ name: 'a', inputSchema: [] }], 'tools[0].inputSchema'],
		];
		for (const [what, tools, field] of wrong) {
			it(`rejects ${what} before the first part`, async () => {
				await assert.rejects(
					asked(tools as OfferedTool[]),
					(error) => isAppError(error, 'validation') && error.info.field === field,
				);
			});
		}
	});

	it('asks for access before anything else, at every member', async () => {
		const models = scriptedModels(() => answer('x'));
		const denied = new AppError('access-denied', 'You need facilitator or admin access to use the Prompt Lab');
		const lab = createLab(labContext(models, { requireFacilitator: () => Promise.reject(denied) }));
		const bad = { messages: [] } as unknown as LabRunOptions;
		const calls: Record<string, () => Promise<unknown>> = {
			requireFacilitator: () => lab.requireFacilitator(),
			listFixtures: () => lab.listFixtures(),
			loadFixture: () => lab.loadFixture('x'),
			regenerate: () => collect(lab.regenerate(bad)),
			continueConversation: () => collect(lab.continueConversation(bad)),
			openSession: () => lab.openSession({ state: undefined as never, newId: () => '' }),
		};
		assert.deepEqual(Object.keys(calls).sort(), Object.keys(lab).sort());
		for (const [name, call] of Object.entries(calls)) {
			await assert.rejects(call(), denied, name);
		}
	});
});
