import assert from 'node:assert/strict';
import { createModels } from '../../../src/providers/models.ts';
import type { ModelMessage, Models, RunRequest } from '../../../src/providers/provider.ts';
import { until } from '../../support/eventually.ts';
import { refusal } from '../../support/wire/refusal.ts';
import { silentLog } from '../../support/wire/replay.ts';
import { canaryKey, collect, runRequest, wiredApis, wiredModels } from '../../support/wire/wiredModels.ts';
import { WireServer, type WireApi } from '../../support/wire/wireServer.ts';

type Body = Record<string, unknown>;

const thinkingOf = {
	anthropic: (body: Body) => body['thinking'],
	responses: (body: Body) => body['reasoning'],
	chat: (body: Body) => body['reasoning_effort'],
};

describe('What a refusal teaches', () => {
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

	const bodies = (api: WireApi) => wire.requestsTo(api).map(({ json }) => json as Body);
	const run = (request: RunRequest) => collect(models.run(request));

	const refused: Record<(typeof wiredApis)[number]['api'], string> = {
		anthropic: 'adaptive thinking is not supported on this model',
		responses: "Unsupported parameter: 'reasoning.effort' is not supported with this model.",
		chat: '`reasoning_effort` is not supported with this model',
	};
	for (const { api, id } of wiredApis) {
		it(`${id}: ten requests at once meet the same refusal, and all are sent again as it teaches`, async () => {
			for (let count = 0; count < 10; count++) {
				wire.reply(api, { ...refusal(refused[api]), holdHeaders: 'all' });
			}
			const runs = Array.from({ length: 10 }, () => run(runRequest({ model: `${id}/m` })));
			await until(() => wire.requestsTo(api).length === 10, 'ten requests');
			wire.release('all');
			for (const parts of await Promise.all(runs)) {
				assert.deepEqual(parts.at(-1), { type: 'done', stopReason: 'stop' });
			}
			const [first, ...later] = bodies(api)
				.slice(9)
				.map((body) => JSON.stringify(thinkingOf[api](body)));
			assert.equal(later.length, 10);
			assert.equal(new Set(later).size, 1);
			assert.notEqual(later[0], first);
		});
	}

	const complaints: [(typeof wiredApis)[number]['api'], string][] = [
		[
			'anthropic',
			'messages.1.content.0: `thinking` or `redacted_thinking` blocks in the latest assistant message cannot be modified.',
		],
		['anthropic', 'messages.1.content.0: Invalid `signature` in `thinking` block'],
		['responses', "Item 'rs_1' of type 'reasoning' was provided without its required following item."],
		['responses', 'The encrypted content for item rs_1 could not be verified.'],
		['chat', 'The `reasoning_content` in the thinking mode must be passed back to the API.'],
		['chat', 'Function call is missing a thought_signature in functionCall parts.'],
	];
	for (const [api, message] of complaints) {
		it(`${api}: a complaint about the conversation changes nothing: ${message.slice(0, 40)}`, async () => {
			const { id } = wiredApis.find((wired) => wired.api === api)!;
			wire.reply(api, refusal(message));
			const parts = await run(runRequest({ model: `${id}/m` }));
			assert.ok(parts.some(({ type }) => type === 'error'));
			await run(runRequest({ model: `${id}/m` }));
			const [before, after, ...more] = bodies(api).map((body) => thinkingOf[api](body));
			assert.deepEqual([after, more.length], [before, 0]);
		});
	}

	const unwanted = [
		"'messages.1' : for 'role:assistant' the following must be satisfied[('messages.1' : property 'reasoning_content' is unsupported)]",
		"messages.1.assistant.reasoning_content: property 'messages.1.assistant.reasoning_content' is unsupported",
		'messages[1].reasoning: reasoning is not supported with this model',
		'[{"type":"extra_forbidden","loc":["body","messages",1,"assistant","reasoning"],"msg":"Extra inputs are not permitted"}]',
	];
	for (const message of unwanted) {
		it(`chat: reasoning that a server does not take back is left out: ${message.slice(0, 40)}`, async () => {
			const own = { role: 'assistant', content: 'Yes.', reasoning_content: 'Hm.', reasoning: 'Hm.' };
			const messages: ModelMessage[] = [
				{ role: 'user', content: [{ type: 'text', text: 'Really?' }] },
				{
					role: 'assistant',
					content: [{ type: 'text', text: 'Yes.' }],
					native: { provider: 'local', model: 'm', blocks: [own] },
				},
				{ role: 'user', content: [{ type: 'text', text: 'Why?' }] },
			];
			wire.reply('chat', refusal(message));
			const parts = await run(runRequest({ model: 'local/m', messages }));
			assert.deepEqual(parts.at(-1), { type: 'done', stopReason: 'stop' });
			await run(runRequest({ model: 'local/m', messages }));
			const answers = bodies('chat').map((body) => (body['messages'] as unknown[])[2]);
			const bare = { role: 'assistant', content: 'Yes.' };
			assert.deepEqual(answers, [own, bare, bare]);
			assert.deepEqual(
				bodies('chat').map((body) => body['reasoning_effort']),
				['low', 'low', 'low'],
				'thinking is still asked for',
			);
		});
	}

	it('a model that refuses both forms of thinking is asked without from the next request on', async () => {
		wire.reply('anthropic', refusal('thinking: Extra inputs are not permitted'));
		wire.reply('anthropic', refusal('thinking: Extra inputs are not permitted'));
		await run(runRequest({ model: 'anthropic/m' }));
		const parts = await run(runRequest({ model: 'anthropic/m' }));
		assert.deepEqual(parts.at(-1), { type: 'done', stopReason: 'stop' });
		assert.deepEqual(
			bodies('anthropic').map((body) => (body['thinking'] as { type: string } | undefined)?.type),
			['adaptive', 'enabled', undefined],
		);
	});

	it('two parameters that one answer refuses are both left out', async () => {
		const detail = ['stream_options', 'reasoning_effort'].map((name) => ({
			type: 'extra_forbidden',
			loc: ['body', name],
			msg: 'Extra inputs are not permitted',
		}));
		wire.reply('chat', { status: 422, body: JSON.stringify({ detail }) });
		await run(runRequest({ model: 'local/m' }));
		const [, second] = bodies('chat');
		assert.deepEqual([second!['stream_options'], second!['reasoning_effort']], [undefined, undefined]);
	});

	it('a model that cannot leave thinking still thinks as much as it is told later', async () => {
		const sent = async (api: 'responses' | 'chat', model: string, message: string) => {
			wire.reply(api, refusal(message));
			await run(runRequest({ model, thinking: 'off' }));
			await run(runRequest({ model, thinking: 'high' }));
			return bodies(api).map((body) => thinkingOf[api](body));
		};
		assert.deepEqual(
			await sent('chat', 'local/m', 'Reasoning is mandatory for this endpoint and cannot be disabled.'),
			['none', undefined, 'high'],
		);
		const message =
			"Unsupported value: 'reasoning.effort' does not support 'none' with this model. Supported values are: 'low', 'high'.";
		assert.deepEqual(await sent('responses', 'openai/gpt-5.5', message), [
			{ effort: 'none' },
			undefined,
			{ effort: 'high', summary: 'auto' },
		]);
	});

	it('a level that a model does not have leaves its own, and the summary', async () => {
		wire.reply(
			'responses',
			refusal("Unsupported value: 'reasoning.effort' does not support 'low' with this model."),
		);
		await run(runRequest({ model: 'openai/gpt-6-pro', thinking: 'low' }));
		const [, second] = bodies('responses');
		assert.deepEqual(second!['reasoning'], { summary: 'auto' });
		assert.deepEqual(second!['include'], ['reasoning.encrypted_content']);
	});

	it('off is said to every compatible server, since many think by default', async () => {
		const hosted = createModels([{ id: 'hosted', kind: 'openai-compatible', baseUrl: 'https://api.example/v1' }], {
			fetch: (input, init) => fetch((input as string).replace('https://api.example', wire.origin), init),
			getKey: async () => canaryKey,
			log: silentLog,
		});
		await collect(hosted.run(runRequest({ model: 'hosted/m', thinking: 'off' })));
		assert.equal(bodies('chat')[0]!['reasoning_effort'], 'none');
	});
});
