import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
	effortFor,
	guessClaudeForms,
	lowestEffort,
	reasonsInResponses,
	thinkingBudget,
} from '../../../src/providers/thinking.ts';
import type { ThinkingLevel } from '../../../src/common/model.ts';
import type { Models, RunRequest } from '../../../src/providers/provider.ts';
import { holds } from '../../support/fuzz.ts';
import { refusal } from '../../support/wire/refusal.ts';
import { collect, runRequest, wiredModels } from '../../support/wire/wiredModels.ts';
import { WireServer } from '../../support/wire/wireServer.ts';

type Body = Record<string, unknown>;

describe('Thinking', () => {
	let wire: WireServer;
	let models: Models;

	before(async () => {
		wire = await WireServer.start();
	});
	after(() => wire.stop());
	beforeEach(() => {
		wire.reset();
		models = wiredModels(wire);
	});

	async function sent(api: 'anthropic' | 'responses' | 'chat', request: RunRequest): Promise<Body[]> {
		const before = wire.requestsTo(api).length;
		const parts = await collect(models.run(request));
		assert.deepEqual(parts.at(-1), { type: 'done', stopReason: 'stop' }, JSON.stringify(parts));
		return wire
			.requestsTo(api)
			.slice(before)
			.map(({ json }) => json as Body);
	}

	it('budget is at least 1,024, below max tokens and leaves room for the answer, or there is none', () => {
		holds(
			fc.property(
				fc.constantFrom('low', 'medium', 'high'),
				fc.option(fc.oneof(fc.integer({ min: -10, max: 1e6 }), fc.double()), { nil: undefined }),
				fc.integer({ min: 1, max: 200_000 }),
				(level, wanted, maxTokens) => {
					const budget = thinkingBudget(level, wanted, maxTokens);
					if (budget === undefined) {
						assert.ok(maxTokens <= 1024);
					} else {
						assert.ok(
							Number.isInteger(budget) && budget >= 1024 && budget < maxTokens,
							`${budget} of ${maxTokens}`,
						);
						assert.ok(budget === 1024 || budget <= maxTokens * 0.75);
					}
				},
			),
			{ numRuns: 300 },
		);
		assert.equal(thinkingBudget('low', 4096, 2048), 1536, 'the request that once failed every time');
		assert.equal(thinkingBudget('high', undefined, 100_000), 16_384);
	});

	it('guesses the form of Claude models by their version', () => {
		const forms = {
			'claude-3-5-sonnet-20241022': 'none',
			'claude-3-7-sonnet-20250219': 'budget',
			'claude-sonnet-4-20250514': 'budget',
			'claude-opus-4-1-20250805': 'budget',
			'claude-haiku-4-5-20251001': 'budget',
			'claude-opus-4-6': 'adaptive',
			'claude-opus-4-8': 'adaptive',
			'claude-sonnet-5': 'adaptive',
			'claude-haiku-5-5': 'adaptive',
			'claude-opus-10': 'adaptive',
			'someone-elses-model': 'adaptive',
		};
		for (const [model, form] of Object.entries(forms)) {
			assert.equal(guessClaudeForms(model)[0] ?? 'none', form, model);
		}
	});

	it('knows the least effort of the families, and a budget as a level', () => {
		assert.deepEqual(['gpt-5.5', 'gpt-6.1-sol', 'gpt-5-mini', 'o3', 'other'].map(lowestEffort), [
			'none',
			'none',
			'minimal',
			'low',
			undefined,
		]);
		assert.deepEqual(['gpt-4.1', 'gpt-4o', 'o4-mini', 'gpt-5.5'].map(reasonsInResponses), [
			false,
			false,
			true,
			true,
		]);
		assert.deepEqual(
			[undefined, 1024, 8000, 32_000].map((budget) => effortFor('low', budget)),
			['low', 'low', 'medium', 'high'],
		);
	});

	describe('of Anthropic', () => {
		const supported = (...types: string[]) => ({
			body: JSON.stringify({
				type: 'model',
				id: 'm',
				display_name: 'M',
				capabilities: {
					thinking: {
						supported: types.length > 0,
						types: Object.fromEntries(
							['adaptive', 'enabled', 'disabled'].map((type) => [
								type,
								{ supported: types.includes(type) },
							]),
						),
					},
					effort: { supported: types.includes('adaptive') },
				},
			}),
		});
		const table: [string[], ThinkingLevel, unknown, unknown][] = [
			[['adaptive', 'disabled'], 'high', { type: 'adaptive', display: 'summarized' }, { effort: 'high' }],
			[['adaptive', 'disabled'], 'off', { type: 'disabled' }, undefined],
			[['adaptive'], 'off', undefined, undefined],
			[
				['enabled', 'disabled'],
				'medium',
				{ type: 'enabled', budget_tokens: 3072, display: 'summarized' },
				undefined,
			],
			[['enabled', 'disabled'], 'off', undefined, undefined],
			[[], 'high', undefined, undefined],
		];
		for (const [types, level, thinking, outputConfig] of table) {
			it(`${level} where the model takes ${types.join(' and ') || 'nothing'}`, async () => {
				wire.reply('models', supported(...types));
				const [body] = await sent('anthropic', runRequest({ model: 'anthropic/m', thinking: level }));
				assert.deepEqual(body!['thinking'], thinking);
				assert.deepEqual(body!['output_config'], outputConfig);
				assert.equal(body!['temperature'], undefined);
			});
		}

		it('and the answer stay below what the model can give at most', async () => {
			wire.reply('models', {
				body: '{"id":"m","max_tokens":2048,"capabilities":{"thinking":{"types":{"enabled":{"supported":true}}}}}',
			});
			const [body] = await sent(
				'anthropic',
				runRequest({ model: 'anthropic/m', thinking: 'high', maxTokens: 16_384 }),
			);
			assert.equal(body!['max_tokens'], 2048);
			assert.equal((body!['thinking'] as Body)['budget_tokens'], 1536);
		});

		it('asks for the capabilities of a model once', async () => {
			wire.reply('models', supported('adaptive'));
			const request = runRequest({ model: 'anthropic/m' });
			await sent('anthropic', request);
			await sent('anthropic', request);
			assert.equal(wire.requestsTo('models').length, 1);
		});

		const corrections: [string, string, (body: Body) => unknown, unknown][] = [
			[
				'claude-opus-9',
				'thinking.type.adaptive is not supported for this model',
				(body) => body['thinking'],
				{ type: 'enabled', budget_tokens: 2048, display: 'summarized' },
			],
			[
				'claude-haiku-4-5',
				'"thinking.type.enabled" is not supported for this model. Use "thinking.type.adaptive" and "output_config.effort" to control thinking behavior.',
				(body) => [body['thinking'], body['output_config']],
				[{ type: 'adaptive', display: 'summarized' }, { effort: 'low' }],
			],
			['claude-opus-9', 'This model does not support thinking', (body) => body['thinking'], undefined],
			[
				'claude-opus-9',
				'thinking.adaptive.display: Extra inputs are not permitted',
				(body) => body['thinking'],
				{ type: 'adaptive' },
			],
			[
				'claude-opus-9',
				'This model does not support the effort parameter.',
				(body) => body['output_config'],
				undefined,
			],
		];
		for (const [model, message, read, expected] of corrections) {
			it(`is corrected once after: ${message.slice(0, 60)}`, async () => {
				wire.reply('anthropic', refusal(message));
				const request = runRequest({ model: `anthropic/${model}` });
				const [, second] = await sent('anthropic', request);
				assert.deepEqual(read(second!), expected);
				const [next, ...none] = await sent('anthropic', request);
				assert.deepEqual([read(next!), none.length], [expected, 0], 'what was learned is kept');
			});
		}

		it('is not corrected twice: the second refusal is shown', async () => {
			wire.reply('anthropic', refusal('thinking.type.adaptive is not supported'));
			wire.reply('anthropic', refusal('thinking.type.enabled is not supported'));
			const parts = await collect(models.run(runRequest({ model: 'anthropic/claude-opus-9' })));
			assert.equal(wire.requestsTo('anthropic').length, 2);
			assert.match(
				parts.find((part) => part.type === 'error')?.message ?? '',
				/thinking\.type\.enabled is not supported/,
			);
		});
	});

	it('of OpenAI: effort and summary, encrypted for the next turn; without, where the model refuses', async () => {
		const [body] = await sent('responses', runRequest({ model: 'openai/gpt-5.5', thinking: 'medium' }));
		assert.deepEqual(body!['reasoning'], { effort: 'medium', summary: 'auto' });
		assert.deepEqual(body!['include'], ['reasoning.encrypted_content']);
		assert.equal(body!['store'], false);
		const [off] = await sent('responses', runRequest({ model: 'openai/gpt-5.5', thinking: 'off' }));
		assert.deepEqual(off!['reasoning'], { effort: 'none' });
		const [old] = await sent('responses', runRequest({ model: 'openai/gpt-4.1' }));
		assert.deepEqual([old!['reasoning'], old!['include']], [undefined, undefined]);
		wire.reply('responses', refusal('Your organization must be verified to generate reasoning summaries.'));
		const [, plain] = await sent('responses', runRequest({ model: 'openai/o3' }));
		assert.deepEqual(plain!['reasoning'], { effort: 'low' });
		wire.reply('responses', refusal("Unsupported parameter: 'reasoning.effort' is not supported with this model."));
		const [, none] = await sent('responses', runRequest({ model: 'openai/custom' }));
		assert.deepEqual([none!['reasoning'], none!['include']], [undefined, undefined]);
	});

	it('of compatible servers: a level, off for a local server, and without what one refuses', async () => {
		const [body] = await sent('chat', runRequest({ model: 'local/m', thinking: 'high' }));
		assert.equal(body!['reasoning_effort'], 'high');
		assert.deepEqual(body!['stream_options'], { include_usage: true });
		assert.equal(body!['max_tokens'], 4096);
		const [off] = await sent('chat', runRequest({ model: 'local/m', thinking: 'off' }));
		assert.equal(off!['reasoning_effort'], 'none');
		const refusals: [string, string, unknown][] = [
			['`reasoning_effort` is not supported with this model', 'reasoning_effort', undefined],
			['"think" value "low" is not supported for this model', 'reasoning_effort', undefined],
			['Unrecognized request argument supplied: stream_options', 'stream_options', undefined],
			["Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.", 'max_tokens', undefined],
		];
		for (const [index, [message, field, expected]] of refusals.entries()) {
			wire.reply('chat', refusal(message, index === 0 ? 422 : 400));
			const [, second] = await sent('chat', runRequest({ model: `local/refusing-${index}` }));
			assert.equal(second![field], expected, message);
		}
	});

	it('a schema is asked for by parameter, and in the prompt where that is refused', async () => {
		const responseSchema = { name: 'score', schema: { type: 'object', properties: {} } };
		const ask = (model: string) => runRequest({ model, responseSchema });
		const [claude] = await sent('anthropic', ask('anthropic/claude-opus-9'));
		assert.deepEqual((claude!['output_config'] as Body)['format'], {
			type: 'json_schema',
			schema: responseSchema.schema,
		});
		const [gpt] = await sent('responses', ask('openai/gpt-5.5'));
		assert.equal(((gpt!['text'] as Body)['format'] as Body)['name'], 'score');
		wire.reply('chat', refusal('response_format.json_schema is not supported'));
		const [first, second] = await sent('chat', ask('local/m'));
		assert.equal((first!['response_format'] as Body)['type'], 'json_schema');
		assert.equal(second!['response_format'], undefined);
		assert.match(JSON.stringify(second!['messages']), /exactly one JSON value/);
	});
});
