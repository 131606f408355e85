import assert from 'node:assert/strict';
import type { ErrorPart } from '../../../src/common/streamParts.ts';
import { createModels } from '../../../src/providers/models.ts';
import type { RunPart } from '../../../src/providers/provider.ts';
import { readRetryAfter } from '../../../src/providers/faults.ts';
import { until } from '../../support/eventually.ts';
import { sleep } from '../../support/sleep.ts';
import { silentLog } from '../../support/wire/replay.ts';
import { canaryKey, collect, runRequest, wiredApis, wiredModels } from '../../support/wire/wiredModels.ts';
import { WireServer } from '../../support/wire/wireServer.ts';

const model = (id: string) => `${id}/model-x`;

describe('Faults of a provider', () => {
	let wire: WireServer;

	before(async () => {
		wire = await WireServer.start();
	});
	after(() => wire.stop());
	beforeEach(() => wire.reset());

	async function run(id: string, deps: Parameters<typeof wiredModels>[1] = {}): Promise<RunPart[]> {
		return collect(wiredModels(wire, deps).run(runRequest({ model: model(id) })));
	}

	function errorOf(parts: readonly RunPart[]): ErrorPart {
		const error = parts.find((part) => part.type === 'error');
		assert.ok(error, 'an error part');
		assert.deepEqual(parts.at(-1), { type: 'done', stopReason: 'error' });
		return error;
	}

	it('asks again after the time that the server names, in seconds or milliseconds [fault 10]', async () => {
		for (const headers of [{ 'retry-after': '0.1' }, { 'retry-after-ms': '100' }]) {
			wire.reset();
			wire.reply('chat', { status: 429, headers, body: '{}' });
			const log: string[] = [];
			const parts = await run('local', { log: { debug: (line) => log.push(line), warn: () => undefined } });
			assert.deepEqual(parts.at(-1), { type: 'done', stopReason: 'stop' });
			assert.deepEqual(log, ['local model-x: rate-limit, attempt 2 in 100 ms']);
		}
	});

	it('reads the time that the server names in every form', () => {
		const now = Date.parse('2026-11-21T00:00:00Z');
		const read = (headers: Record<string, string>) => readRetryAfter(new Headers(headers), now);
		assert.equal(read({ 'retry-after': '0.1' }), 100);
		assert.equal(read({ 'retry-after-ms': '100', 'retry-after': '7' }), 100);
		assert.equal(read({ 'retry-after': 'Sat, 21 Nov 2026 00:00:05 GMT' }), 5000);
		assert.equal(read({ 'retry-after': 'Fri, 20 Nov 2026 00:00:05 GMT' }), 0);
		assert.equal(read({ 'retry-after': 'soon' }), undefined);
		assert.equal(read({ 'retry-after': '' }), undefined);
		assert.equal(read({}), undefined);
	});

	it('pauses differ from run to run, so that parallel runs do not come back together [fault 10]', async () => {
		const pauses = new Set<string>();
		const log = { debug: (line: string) => void pauses.add(line.replace(/.* in /, '')), warn: () => undefined };
		for (let count = 0; count < 4; count++) {
			for (let attempt = 0; attempt < 3; attempt++) {
				wire.reply('chat', { status: 503, body: '' });
			}
			await run('local', { log });
		}
		assert.ok(pauses.size > 2, [...pauses].join(', '));
	});

	for (const { api, id } of wiredApis) {
		it(`${id}: a server that is overloaded in the stream is asked again as long as nothing was shown`, async () => {
			wire.reply(api, wire.script[api]({ error: { type: 'overloaded_error', message: 'Overloaded' } }));
			assert.deepEqual((await run(id)).at(-1), { type: 'done', stopReason: 'stop' });
			assert.equal(wire.requestsTo(api).length, 2);
		});

		it(`${id}: after the first output nothing is sent again, what arrived stays, and it is no finished answer [fault 9]`, async () => {
			wire.reply(
				api,
				wire.script[api]({ text: 'The first', error: { type: 'overloaded_error', message: 'Overloaded' } }),
			);
			const parts = await run(id);
			assert.equal(errorOf(parts).code, 'overloaded');
			assert.ok(parts.some((part) => part.type === 'text' && part.text === 'The first'));
			assert.ok(!parts.some(({ type }) => type === 'native' || type === 'usage'));
			assert.equal(wire.requestsTo(api).length, 1);
		});

		it(`${id}: a connection that drops is never a finished answer, wherever it drops [fault 9]`, async () => {
			const pieces = wire.script[api]({ thinking: 'Hm', text: 'Größe 🔍' }) as string[];
			const bytes = Buffer.from(pieces.join(''));
			const inCharacter = bytes.indexOf(Buffer.from('🔍')) + 2;
			const cuts = { 'inside a character': inCharacter, 'inside an event': inCharacter + 12 };
			for (const [where, cut] of Object.entries(cuts)) {
				wire.reset();
				wire.reply(api, [bytes.subarray(0, cut), { pauseMs: 100 }, { drop: true }]);
				const parts = await run(id);
				const error = errorOf(parts);
				assert.equal(error.code, 'network', where);
				assert.match(error.message, /was lost during the answer of model-x\. The partial answer is kept/);
				assert.ok(!parts.some((part) => part.type === 'text' && part.text.includes('\ufffd')), where);
				assert.equal(wire.requestsTo(api).length, 1);
			}
			wire.reset();
			wire.reply(api, wire.script[api]({ text: 'All but the end', truncated: true }));
			assert.match(errorOf(await run(id)).message, /ended early/);
		});

		it(`${id}: a stream of events counts whatever its content type says, unless it is a page`, async () => {
			const body = wire.script[api]({ text: 'Yes' });
			for (const type of ['text/plain', 'application/octet-stream', '']) {
				wire.reply(api, { headers: { 'content-type': type }, body });
				assert.deepEqual((await run(id)).at(-1), { type: 'done', stopReason: 'stop' }, type);
			}
		});

		it(`${id}: a drop before the headers, or after them and before any output, is tried again [fault 9]`, async () => {
			wire.reply(api, { dropBeforeHeaders: true });
			wire.reply(api, [': waiting\n\n', { drop: true }]);
			assert.deepEqual((await run(id)).at(-1), { type: 'done', stopReason: 'stop' });
			assert.equal(wire.requestsTo(api).length, 3);
		});

		it(`${id}: silence ends with what was awaited, and the socket is closed [fault 12]`, async () => {
			wire.reply(api, { holdHeaders: 'never' });
			wire.reply(api, wire.script[api]({ text: 'Begun', hold: { after: 'text', name: 'never' } }));
			const first = errorOf(await run(id, { idleTimeoutMs: 120 }));
			assert.equal(first.code, 'network');
			assert.match(first.message, /sent nothing for 0\.1 s, before the start of the answer of model-x arrived/);
			assert.equal(wire.requestsTo(api).length, 1, 'silence is not tried again');
			assert.match(errorOf(await run(id, { idleTimeoutMs: 500 })).message, /before the rest of the answer/);
			await until(
				() => wire.requestsTo(api).every(({ leftAt }) => leftAt !== undefined),
				'both connections closed',
			);
		});
	}

	it('pings keep a silent stream alive, and one byte at a time does [fault 12]', async () => {
		const idleTimeoutMs = 500;
		const models = wiredModels(wire, { idleTimeoutMs, maxRetries: 0 });
		const runs = wiredApis.flatMap(({ api, id }) => {
			wire.reply(api, { body: wire.script[api]({ text: 'At last', hold: { after: 'start' } }), pingEveryMs: 20 });
			const bytes = Buffer.from((wire.script[api]({ text: 'Slowly' }) as string[]).join(''));
			const drip = [...bytes.subarray(0, 24)].flatMap((byte) => [Uint8Array.of(byte), { pauseMs: 50 }]);
			wire.reply(api, [...drip, bytes.subarray(24)]);
			return [1, 2].map(() => collect(models.run(runRequest({ model: model(id) }))));
		});
		setTimeout(() => wire.release(), 2.4 * idleTimeoutMs);
		for (const parts of await Promise.all(runs)) {
			assert.deepEqual(parts.at(-1), { type: 'done', stopReason: 'stop' });
		}
	}).timeout(30_000);

	it('says that no local server answers', async () => {
		const stopped = await WireServer.start();
		const models = wiredModels(stopped, { maxRetries: 0 });
		await stopped.stop();
		const error = errorOf(await collect(models.run(runRequest({ model: 'local/m' }))));
		assert.match(error.message, /No server answers at http:\/\/127\.0\.0\.1:\d+\. Start it/);
	});

	it('says which provider is unknown', async () => {
		const error = errorOf(await collect(wiredModels(wire).run(runRequest({ model: 'nobody/m' }))));
		assert.match(error.message, /no provider "nobody".*Choose another model/);
		assert.equal(errorOf(await collect(wiredModels(wire).run(runRequest({ model: 'bare' })))).code, 'not-found');
	});

	it('masks a key that the provider echoes, in message and detail [attack 11]', async () => {
		for (const { api, id } of wiredApis) {
			const message = `Incorrect key ${canaryKey} and sk-proj-abcdefghijklmnopqrstuvwx; ask support`;
			wire.reply(api, {
				status: 400,
				body: JSON.stringify({ error: { type: 'invalid_request_error', message } }),
			});
			const parts = await run(id);
			assert.match(errorOf(parts).message, /Incorrect key \*\*\* and \*\*\*/);
			assert.ok(!JSON.stringify(parts).includes(canaryKey));
			assert.ok(!JSON.stringify(parts).includes('abcdefghijkl'));
		}
	});

	it('never logs a key or the text of a prompt [attack 11]', async () => {
		const lines: string[] = [];
		const log = { debug: (line: string) => lines.push(line), warn: (line: string) => lines.push(line) };
		for (const { api, id } of wiredApis) {
			wire.reply(api, {
				status: 429,
				headers: { 'retry-after-ms': '1' },
				body: `{"error":{"message":"${canaryKey}"}}`,
			});
			wire.reply(api, { status: 401, body: `{"error":{"message":"${canaryKey} Be brief."}}` });
			await run(id, { log });
		}
		assert.ok(lines.length > 3);
		assert.ok(!lines.some((line) => line.includes(canaryKey) || line.includes('Be brief')), lines.join('\n'));
	});

	it('a key that is revoked between two rounds ends the run with what to do [fault 16]', async () => {
		wire.reply('chat', wire.script.chat({ toolCalls: [{ name: 'now' }] }));
		wire.reply('chat', { status: 401, body: '{}' });
		const now = {
			name: 'now',
			description: '',
			inputSchema: {},
			run: async () => ({ content: '12', summary: '12' }),
		};
		const parts = await collect(wiredModels(wire).run(runRequest({ model: 'local/m', tools: [now] })));
		assert.match(errorOf(parts).message, /refused the key \(401\)\. Replace the key/);
	});

	it('a provider that refuses does not let parallel runs find out one by one [fault 10]', async () => {
		wire.reply('chat', { status: 429, headers: { 'retry-after-ms': '150' }, body: '{}' });
		const log: string[] = [];
		const models = wiredModels(wire, { log: { debug: (line) => log.push(line), warn: () => undefined } });
		const first = collect(models.run(runRequest({ model: 'local/m' })));
		await until(() => log.length > 0, 'the refusal is known');
		const asked = wire.requestsTo('chat').length;
		const others = [1, 2, 3].map(() => collect(models.run(runRequest({ model: 'local/m' }))));
		// A shorter pause that began later ends before anything is sent.
		await sleep(40, 'less than the pause of the provider');
		assert.deepEqual([asked, wire.requestsTo('chat').length], [1, 1]);
		for (const parts of await Promise.all([first, ...others])) {
			assert.deepEqual(parts.at(-1), { type: 'done', stopReason: 'stop' });
		}
		assert.equal(wire.requestsTo('chat').length, 5);
	});

	it('a silence that the network layer of the editor ends is told as one, and not asked for again', async () => {
		for (const [code, begun] of [
			['UND_ERR_HEADERS_TIMEOUT', false],
			['UND_ERR_BODY_TIMEOUT', true],
		] as const) {
			let asked = 0;
			const cause = Object.assign(new Error('Timeout Error'), { code });
			const failing = async () => {
				asked++;
				if (!begun) {
					throw new TypeError('fetch failed', { cause });
				}
				const body = new ReadableStream({
					start: (controller) => controller.error(new TypeError('terminated', { cause })),
				});
				return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
			};
			const error = errorOf(await run('local', { fetch: failing }));
			assert.match(error.message, /local sent nothing for .* before the start of the answer of model-x arrived/);
			assert.equal(error.retryable, true);
			assert.equal(asked, 1, code);
		}
	});

	it('a proxy that lets nothing through is told as one', async () => {
		for (const words of [
			'Proxy response (407) !== 200 when HTTP Tunneling',
			'tunneling socket could not be established, statusCode=403',
		]) {
			const fetch = async () => {
				throw new TypeError('fetch failed', { cause: new Error(words) });
			};
			const error = errorOf(await run('anthropic', { fetch }));
			assert.match(
				error.message,
				/^A proxy or firewall in front of Anthropic refused the request( \(407\))?\. Check/,
			);
			assert.equal(error.message.includes('(407)'), words.includes('407'));
		}
		// The fetch of Node fails without a word at 407; that of the editor's desktop gives the response.
		const fetch = async () => new Response('', { status: 407 });
		assert.match(errorOf(await run('local', { fetch })).message, /proxy or firewall in front of local .*\(407\)/);
	});

	it('the longest silence is set for a provider [fault 12]', async () => {
		wire.reply('chat', { holdHeaders: 'never' });
		const slow = createModels(
			[{ id: 'slow', kind: 'openai-compatible', baseUrl: wire.baseUrl, idleTimeout: 0.05 }],
			{ getKey: async () => undefined, log: silentLog },
		);
		const error = errorOf(await collect(slow.run(runRequest({ model: 'slow/m' }))));
		assert.match(error.message, /slow sent nothing for 0\.1 s, .*"idleTimeout"/);
	});
});
