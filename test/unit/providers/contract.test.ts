import assert from 'node:assert/strict';
import type { ModelPart, ModelProvider, ModelRequest, Models } from '../../../src/providers/provider.ts';
import { until } from '../../support/eventually.ts';
import { hear, modelRequest } from '../../support/wire/replay.ts';
import { collect, wiredApis, wiredModels } from '../../support/wire/wiredModels.ts';
import { WireServer } from '../../support/wire/wireServer.ts';

/** The rules of `ModelProvider`, on every provider that runs outside the editor. */
const ids = [...wiredApis.map(({ id }) => id), 'offline'] as const;

function checkOrder(parts: readonly ModelPart[]): void {
	const types = parts.map(({ type }) => type);
	assert.equal(types.filter((type) => type === 'done').length, 1, 'one done');
	assert.equal(types.at(-1), 'done', 'done is last');
	const error = types.indexOf('error');
	assert.ok(error === -1 || error === types.length - 2, 'the error stands before done');
	assert.ok(types.filter((type) => type === 'native').length <= 1, 'native once at most');
	const request = types.indexOf('request');
	assert.ok(request <= 0, 'the request is first');
}

describe('Contract of every provider', () => {
	let wire: WireServer;
	let models: Models;
	const provider = (id: string): ModelProvider => models.providers.find((candidate) => candidate.id === id)!;

	before(async () => {
		wire = await WireServer.start();
	});
	after(() => wire.stop());
	beforeEach(() => {
		wire.reset();
		models = wiredModels(wire);
	});

	for (const id of ids) {
		const request = (changes: Partial<ModelRequest> = {}) =>
			modelRequest({ model: id === 'offline' ? 'guide' : 'some-model', ...changes });

		describe(id, () => {
			it('gives the request first, done last and once', async () => {
				const parts = await collect(provider(id).stream(request()));
				checkOrder(parts);
				assert.equal(parts[0]?.type, 'request');
				assert.ok(hear(parts).text.length > 0);
				assert.equal(hear(parts).stopReason, 'stop');
			});

			it('ends with cancelled and sends nothing when the signal was aborted before', async () => {
				const parts = await collect(provider(id).stream(request({ signal: AbortSignal.abort() })));
				assert.deepEqual(
					parts.filter(({ type }) => type !== 'request'),
					[{ type: 'done', stopReason: 'cancelled' }],
				);
				assert.deepEqual(wire.requests, []);
			});

			it('gives nothing but done after an abort', async () => {
				const controller = new AbortController();
				const parts: ModelPart[] = [];
				let abortedAt = Infinity;
				for await (const part of provider(id).stream(request({ signal: controller.signal }))) {
					parts.push(part);
					if ((part.type === 'text' || part.type === 'thinking') && abortedAt === Infinity) {
						controller.abort();
						abortedAt = parts.length;
					}
				}
				checkOrder(parts);
				assert.deepEqual(parts.slice(abortedAt), [{ type: 'done', stopReason: 'cancelled' }]);
			});

			it('gives plain JSON, which is the same after storing', async () => {
				const parts = await collect(provider(id).stream(request()));
				assert.deepEqual(JSON.parse(JSON.stringify(parts)), parts);
			});

			it('says as an error part what goes wrong, and never throws', async () => {
				for (const { api } of wiredApis) {
					wire.reply(api, { status: 401, body: '{"error":{"type":"authentication_error","message":"no"}}' });
				}
				const responseSchema = { name: 'score', schema: { type: 'object' } };
				const parts = await collect(provider(id).stream(request({ purpose: 'score', responseSchema })));
				checkOrder(parts);
				const heard = hear(parts);
				assert.equal(heard.stopReason, 'error');
				assert.ok((heard.error?.message ?? '').length > 20);
			});
		});
	}

	for (const { id, api } of wiredApis) {
		describe(`${id}, over HTTP`, () => {
			it('keeps its native blocks byte by byte through storing and sending back', async () => {
				const answer = {
					thinking: 'Hm – 🔍',
					signature: 'c2ln+/==',
					text: 'Yes.',
					toolCalls: [{ name: 'look', input: { b: 1, a: '"é' } }],
				};
				wire.reply(api, wire.script[api](answer));
				const parts = await collect(provider(id).stream(modelRequest({ model: 'm-1' })));
				const native = parts.find((part) => part.type === 'native')!.native;
				const stored = JSON.parse(JSON.stringify(native)) as typeof native;
				const send = async (model: string) => {
					const content = [{ type: 'text' as const, text: 'Shown text.' }];
					await collect(
						provider(id).stream(
							modelRequest({ model, messages: [{ role: 'assistant', content, native: stored }] }),
						),
					);
					return wire.requestsTo(api).at(-1)!.text;
				};
				const blocks = JSON.stringify(native.blocks).slice(1, -1);
				assert.ok((await send('m-1')).includes(blocks), 'the same model gets its own blocks');
				const other = await send('m-2');
				assert.ok(!other.includes(blocks) && other.includes('Shown text.'), 'another model gets the text');
			});

			it('closes the connection when the consumer stops reading', async () => {
				wire.reply(api, wire.script[api]({ text: 'Hello', hold: { after: 'text' } }));
				for await (const part of provider(id).stream(modelRequest())) {
					if (part.type === 'text') {
						break;
					}
				}
				await until(() => wire.requestsTo(api)[0]?.leftAt !== undefined, 'the client left');
			});

			it('stops reading at the end mark of a server that keeps the connection open', async () => {
				wire.reply(api, [...wire.script[api]({ text: 'Done.' }), { hold: 'never' }]);
				const parts = await collect(provider(id).stream(modelRequest()));
				assert.equal(hear(parts).stopReason, 'stop');
			});

			it('shows the request exactly as it was sent, with the key masked [attack 11]', async () => {
				const [request] = await collect(provider(id).stream(modelRequest()));
				assert.equal(request?.type, 'request');
				const sent = wire.requestsTo(api)[0]!;
				assert.equal(request.request.body, sent.text);
				assert.equal(request.request.url, `${wire.origin}${sent.path}`);
				assert.equal(request.request.headers['authorization'], 'Bearer ***');
				assert.match(sent.headers['authorization'] ?? '', /^Bearer canary-key/);
			});

			it('sends no sampling parameter, which many models refuse', async () => {
				await collect(provider(id).stream(modelRequest()));
				const names = Object.keys(wire.requestsTo(api)[0]!.json as object);
				assert.deepEqual(
					names.filter((name) => ['temperature', 'top_p', 'top_k', 'seed'].includes(name)),
					[],
				);
			});
		});
	}
});
