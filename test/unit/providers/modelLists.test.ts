import assert from 'node:assert/strict';
import { isAppError } from '../../../src/common/errors.ts';
import { createModels, type ModelsDeps } from '../../../src/providers/models.ts';
import type { ModelInfo } from '../../../src/providers/provider.ts';
import { services } from '../../../src/providers/services.ts';
import { modelLists } from '../../support/wire/modelLists.ts';
import { serverWith } from '../../support/wire/pathServer.ts';
import { silentLog } from '../../support/wire/replay.ts';
import { canaryKey, collect, runRequest } from '../../support/wire/wiredModels.ts';

const signal = new AbortController().signal;

function modelsAt(id: string, baseUrl: string, fetch: ModelsDeps['fetch'], deps: Partial<ModelsDeps> = {}) {
	const kind = services.find((service) => service.id === id)?.kind ?? 'openai-compatible';
	const getKey = async () => canaryKey;
	return createModels([{ id, kind, baseUrl }], {
		getKey,
		log: silentLog,
		...deps,
		...(fetch && { fetch }),
	});
}

/** The list of a service, at the address that is offered for it. */
async function listOf(id: string, bodies: Record<string, unknown>): Promise<ModelInfo[]> {
	const { baseUrl } = services.find((service) => service.id === id)!;
	const { fetch } = serverWith(
		Object.fromEntries(Object.entries(bodies).map(([path, body]) => [baseUrl.toLowerCase() + path, body])),
	);
	return modelsAt(id, baseUrl, fetch).providers[0]!.listModels(signal);
}

/** What is shown of each model, in the order of the list. */
const shown = (models: readonly ModelInfo[]) =>
	models.map(({ id, name, contextTokens, price, chats }) => ({ id, name, contextTokens, price, chats }));

const model = (id: string, name: string, contextTokens?: number, price?: object, chats?: boolean) => ({
	id,
	name,
	contextTokens,
	price,
	chats,
});

describe('Lists of the services', () => {
	it('OpenRouter: titles, context, prices per token as text; router and requests with a fee have no price', async () => {
		assert.deepEqual(
			shown(await listOf('openrouter', { '/models': modelLists.openRouter, '/key': { data: {} } })),
			[
				model('openrouter/google/gemini-2.5-pro', 'Google: Gemini 2.5 Pro', 1_048_576, {
					input: 1.25,
					output: 10,
					cachedInput: 0.31,
					cacheWrite: 1.625,
				}),
				model('openrouter/perplexity/sonar', 'Perplexity: Sonar', 127_072),
				model(
					'openrouter/meta-llama/llama-3.3-70b-instruct:free',
					'Meta: Llama 3.3 70B Instruct (free)',
					65_536,
					{ input: 0, output: 0 },
				),
				model(
					'openrouter/openai/text-embedding-3-small',
					'OpenAI: Text Embedding 3 Small',
					8_192,
					{ input: 0.02, output: 0 },
					false,
				),
				model('openrouter/openrouter/auto', 'Auto Router', 2_000_000),
			],
		);
	});

	it('OpenRouter: a key that is refused is found, although the list is public', async () => {
		const refusal = Response.json({ error: { message: 'No auth credentials found', code: 401 } }, { status: 401 });
		await assert.rejects(
			listOf('openrouter', { '/models': modelLists.openRouter, '/key': refusal }),
			(error) => isAppError(error, 'auth') && /refused the key \(401\)/.test(error.message),
		);
		const other = new Response('down', { status: 503 });
		assert.equal((await listOf('openrouter', { '/models': modelLists.openRouter, '/key': other })).length, 5);
	});

	it('Together: a bare list, with types and prices per million', async () => {
		assert.deepEqual(shown(await listOf('together', { '/models': modelLists.together })), [
			model(
				'together/mixedbread-ai/Mxbai-Rerank-Large-V2',
				'Mxbai Rerank Large V2',
				32_768,
				{ input: 0.1, output: 0.1 },
				false,
			),
			model(
				'together/meta-llama/Llama-3.3-70B-Instruct-Turbo',
				'Meta Llama 3.3 70B Instruct Turbo',
				131_072,
				{ input: 0.88, output: 0.88 },
				true,
			),
			model('together/example/by-the-hour', 'By The Hour', 8_192, undefined, true),
		]);
	});

	const plain: [string, Record<string, unknown>, object[]][] = [
		[
			'mistral',
			{ '/models': modelLists.mistral },
			[
				model('mistral/mistral-embed', 'mistral-embed', 8_192, undefined, false),
				model('mistral/mistral-small-latest', 'mistral-small-latest', 131_072, undefined, true),
			],
		],
		[
			'groq',
			{ '/models': modelLists.groq },
			[
				model('groq/openai/gpt-oss-120b', 'openai/gpt-oss-120b', 131_072),
				model('groq/meta-llama/llama-guard-4-12b', 'meta-llama/llama-guard-4-12b', 131_072, undefined, false),
				model('groq/whisper-large-v3', 'whisper-large-v3', 448, undefined, false),
			],
		],
		[
			'fireworks',
			{ '/models': modelLists.fireworks },
			[
				model(
					'fireworks/accounts/fireworks/models/kimi-k2p6',
					'accounts/fireworks/models/kimi-k2p6',
					262_144,
					undefined,
					true,
				),
				model(
					'fireworks/accounts/fireworks/models/flux-1-dev-fp8',
					'accounts/fireworks/models/flux-1-dev-fp8',
					undefined,
					undefined,
					false,
				),
			],
		],
		[
			'gemini',
			{ '/models': modelLists.gemini },
			[
				model('gemini/models/gemini-2.5-flash', 'Gemini 2.5 Flash'),
				model('gemini/models/gemini-embedding-001', 'Gemini Embedding', undefined, undefined, false),
				model('gemini/models/imagen-4.0-generate-001', 'Imagen 4', undefined, undefined, false),
			],
		],
		[
			'azure',
			{ '/models': modelLists.azure },
			[
				model('azure/gpt-4.1-nano-2025-04-14', 'gpt-4.1-nano-2025-04-14', undefined, undefined, true),
				model('azure/text-embedding-ada-002', 'text-embedding-ada-002', undefined, undefined, false),
			],
		],
		['deepseek', { '/models': modelLists.deepSeek }, [model('deepseek/deepseek-chat', 'deepseek-chat')]],
		[
			'openai',
			{ '/models': modelLists.openAi },
			[
				model('openai/gpt-5.5', 'gpt-5.5'),
				...['gpt-realtime-2', 'gpt-4o-mini-transcribe', 'text-embedding-3-large', 'dall-e-3', 'tts-1-hd'].map(
					(name) => model(`openai/${name}`, name, undefined, undefined, false),
				),
			],
		],
		['vllm', { '/models': modelLists.vllm }, [model('vllm/Qwen/Qwen3-8B', 'Qwen/Qwen3-8B', 40_960)]],
		['llama-cpp', { '/models': modelLists.llamaCpp }, [model('llama-cpp/qwen3-8b.gguf', 'qwen3-8b.gguf', 40_960)]],
		[
			'xai',
			{ '/models': modelLists.xai, '/language-models': modelLists.xaiDetails },
			[
				model('xai/grok-4', 'grok-4', undefined, {
					input: 3,
					output: 15,
					cachedInput: 0.75,
					maxInput: 128_000,
				}),
				model('xai/grok-2-image-1212', 'grok-2-image-1212', undefined, undefined, false),
			],
		],
	];
	for (const [id, bodies, expected] of plain) {
		it(`${id}: what its list says`, async () => {
			assert.deepEqual(shown(await listOf(id, bodies)), expected);
		});
	}

	it('Ollama and LM Studio: one more request to their own API, which is optional', async () => {
		const origin = 'http://127.0.0.1:11434';
		const ollama = { [`${origin}/v1/models`]: modelLists.ollama, [`${origin}/api/tags`]: modelLists.ollamaDetails };
		const list = (bodies: Record<string, unknown>) =>
			modelsAt('local', `${origin}/v1`, serverWith(bodies).fetch).providers[0]!.listModels(signal);
		assert.deepEqual(shown(await list(ollama)), [
			model('local/qwen3:8b', 'qwen3:8b', 40_960, undefined, true),
			model('local/minilm:latest', 'minilm:latest', 512, undefined, false),
		]);
		const studio = {
			[`${origin}/v1/models`]: modelLists.lmStudio,
			[`${origin}/api/v0/models`]: modelLists.lmStudioDetails,
		};
		assert.deepEqual(shown(await list(studio)), [
			model('local/nomic-v1.5', 'nomic-v1.5', 2_048, undefined, false),
			model('local/qwen2-vl-7b-instruct', 'qwen2-vl-7b-instruct', 8_192, undefined, true),
		]);
		assert.equal((await list({ [`${origin}/v1/models`]: modelLists.ollama })).length, 2);
		assert.deepEqual(await list({ [`${origin}/v1/models`]: { object: 'list', data: null } }), []);
	});

	it('are asked for at one origin only, which alone gets the key [attack 3]', async () => {
		const baseUrl = 'https://gateway.example/ollama/v1';
		const { asked, fetch } = serverWith({
			[`${baseUrl}/models`]: modelLists.ollama,
			'https://gateway.example/ollama/api/tags': Response.redirect('https://evil.example/', 302),
		});
		assert.equal((await modelsAt('mine', baseUrl, fetch).providers[0]!.listModels(signal)).length, 2);
		assert.deepEqual(asked, [
			{ url: `${baseUrl}/models`, key: `Bearer ${canaryKey}` },
			{ url: 'https://gateway.example/ollama/api/tags', key: `Bearer ${canaryKey}` },
		]);
	});
});

describe('A list that lies [attack 20]', () => {
	const baseUrl = 'https://models.example/v1';
	const list = (entries: unknown, deps: { models?: string[] } = {}) => {
		const { fetch } = serverWith({ [`${baseUrl}/models`]: entries });
		const config = { id: 'mine', kind: 'openai-compatible', baseUrl, ...deps };
		return createModels([config], { getKey: async () => 'k', log: silentLog, fetch }).providers[0]!.listModels(
			signal,
		);
	};

	it('of 100,000 models is refused, and what the settings name stays', async () => {
		const data = Array.from({ length: 100_000 }, (_, index) => ({ id: `m${index}` }));
		await assert.rejects(
			list({ data }),
			(error) => isAppError(error, 'bad-response') && /more than 10000 models/.test(error.message),
		);
		assert.equal((await list({ data: data.slice(0, 10_000) })).length, 10_000);
	});

	it('of names that cannot be requested or seen is left without them', async () => {
		const data = [
			{ id: 'good' },
			{ id: '' },
			{ id: 7 },
			{ id: 'two words' },
			{ id: 'line\nbreak' },
			{ id: 'bell\u0007' },
			{ id: 'admin\u202Egnp' },
			{ id: 'zero\u200Bwidth' },
			{ id: 'x'.repeat(257) },
			null,
			'text',
			[],
		];
		assert.deepEqual(
			(await list({ data })).map(({ id }) => id),
			['mine/good'],
		);
	});

	it('of titles without an end or with hidden characters is shown short and visible', async () => {
		const [long, hidden] = await list({
			data: [
				{ id: 'a', display_name: 'x'.repeat(100_000) },
				{ id: 'b', display_name: 'Safe\u202E\nmodel' },
			],
		});
		assert.ok(long!.name.length < 160, `${long!.name.length}`);
		assert.equal(hidden!.name, 'Safe<U+202E>\\nmodel');
	});

	it('of prices and sizes that cannot be is left without them', async () => {
		const pricings = [
			{ prompt: '-0.1', completion: '1' },
			{ prompt: 'NaN', completion: '0' },
			{ prompt: 'Infinity', completion: '0' },
			{ prompt: '2.5', completion: '10' },
			{ prompt: 1, completion: 1 },
			{ prompt: ' ', completion: '' },
			{ input: -1, output: 1 },
			{ input: 1e300, output: 1 },
			{ input: '1', output: '1' },
			[],
			'free',
		];
		const sizes = [-1, 0, 1.5, 1e12, '128000', null, Number.MAX_VALUE, {}, [], true, ''];
		const data = pricings.map((pricing, index) => ({ id: `m${index}`, pricing, context_length: sizes[index] }));
		for (const model of await list({ data })) {
			assert.equal(model.price, undefined, JSON.stringify(model));
			assert.equal(model.contextTokens, undefined, JSON.stringify(model));
		}
	});

	it('of purposes hides no model that the settings name', async () => {
		const [named, other] = await list(
			{ data: [{ id: 'text-embedding-mine' }, { id: 'text-embedding-other' }] },
			{ models: ['text-embedding-mine'] },
		);
		assert.equal(named!.chats, true);
		assert.equal(other!.chats, false);
	});

	it('that is none says what to check', async () => {
		for (const body of [{}, { data: {} }, 'text', { error: 'Unexpected endpoint' }, 5]) {
			await assert.rejects(
				list(body),
				(error) =>
					isAppError(error, 'bad-response') &&
					/not with a list of models\. Check the base URL/.test(error.message),
			);
		}
	});
});

describe('The context that a server states', () => {
	it('is known once its list was asked for', async () => {
		const { baseUrl } = services.find(({ id }) => id === 'openrouter')!;
		const { fetch } = serverWith({
			[`${baseUrl}/models`]: modelLists.openRouter,
			[`${baseUrl}/key`]: { data: {} },
		});
		const models = modelsAt('openrouter', baseUrl, fetch);
		const known = () => models.contextTokens('openrouter/google/gemini-2.5-pro');
		assert.equal(known(), undefined);
		await models.list(signal);
		assert.equal(known(), 1_048_576);
		assert.equal(models.contextTokens('openrouter/none'), undefined);
	});
});

describe('Prices that a server states', () => {
	const { baseUrl } = services.find(({ id }) => id === 'openrouter')!;
	const bodies = { [`${baseUrl}/models`]: modelLists.openRouter, [`${baseUrl}/key`]: { data: {} } };
	const chunk = (data: object) => `data: ${JSON.stringify(data)}\n\n`;
	const answer =
		chunk({ choices: [{ index: 0, delta: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' }] }) +
		chunk({ choices: [], usage: { prompt_tokens: 1_000, completion_tokens: 100 } }) +
		'data: [DONE]\n\n';
	const stream = new Response(answer, { headers: { 'content-type': 'text/event-stream' } });
	const served = () => serverWith({ ...bodies, [`${baseUrl}/chat/completions`]: stream });

	async function costAfter(deps: Partial<ModelsDeps>, listed: boolean): Promise<number | undefined> {
		const models = modelsAt('openrouter', baseUrl, served().fetch, deps);
		if (listed) {
			await models.list(signal);
		}
		const parts = await collect(models.run(runRequest({ model: 'openrouter/google/gemini-2.5-pro' })));
		const usage = parts.find((part) => part.type === 'usage');
		assert.ok(usage, JSON.stringify(parts));
		return usage.costUsd;
	}

	it('make the cost of a run, unless the settings have a price', async () => {
		assert.equal(await costAfter({}, false), undefined);
		assert.equal(await costAfter({}, true), (1_000 * 1.25 + 100 * 10) / 1e6);
		const prices = { 'openrouter/google/gemini-2.5-pro': { input: 2, output: 20 } };
		assert.equal(await costAfter({ prices }, true), (1_000 * 2 + 100 * 20) / 1e6);
	});
});
