import assert from 'node:assert/strict';
import { isAppError } from '../../../src/common/errors.ts';
import { endpointOf } from '../../../src/providers/all.ts';
import { mayCarryKey } from '../../../src/providers/endpoint.ts';
import type { ProviderConfig } from '../../../src/providers/provider.ts';
import { modelRequest, silentLog } from '../../support/wire/replay.ts';
import { canaryKey, collect, runRequest, wiredApis, wiredModels } from '../../support/wire/wiredModels.ts';
import { WireServer } from '../../support/wire/wireServer.ts';
import { createModels } from '../../../src/providers/models.ts';

const at = (baseUrl: string, headers?: Record<string, string>): ProviderConfig => ({
	id: 'openai',
	kind: 'openai-compatible',
	baseUrl,
	...(headers === undefined ? {} : { headers }),
});

function refusedField(config: ProviderConfig): string | undefined {
	try {
		endpointOf(config);
		return undefined;
	} catch (error) {
		assert.ok(isAppError(error, 'validation'));
		return error.info.field;
	}
}

describe('Endpoints', () => {
	it('refuse every address that two readers could take for different hosts [attack 3]', () => {
		const addresses = [
			'https://api.openai.com@evil.example/v1',
			'https://api.openai.com:x@evil.example',
			'https://@evil.example',
			'https://api.openai.com\\@evil.example',
			'https:\\\\api.openai.com',
			'https://api.openai.com./v1',
			'https://аpi.openai.com/v1',
			'https://xn--pi-7ka.openai.com',
			'https://api.openai.com\t.evil.example',
			' https://api.openai.com',
			'https://api.openai.com/v1?key=1',
			'https://api.openai.com/v1#x',
			'file:///etc/passwd',
			'javascript:alert(1)',
			'api.openai.com',
			'',
		];
		for (const address of addresses) {
			assert.equal(refusedField(at(address)), 'baseUrl', address);
		}
	});

	it('refuse headers that could change the request or split it [attack 3]', () => {
		const lists: Record<string, string>[] = [
			{ 'X-A': 'a\r\nX-B: b' },
			{ 'X A': 'a' },
			{ Host: 'evil' },
			{ 'Content-Length': '0' },
			{ 'X-A': 'ü' },
			{ '': 'a' },
		];
		for (const headers of lists) {
			assert.equal(refusedField(at('https://api.openai.com/v1', headers)), 'headers', JSON.stringify(headers));
		}
		assert.equal(refusedField(at('https://api.openai.com/v1', { 'X-Title': 'Prompt Workshop' })), undefined);
	});

	it('refuse a silence that is no time', () => {
		for (const idleTimeout of [0, -1, NaN, Infinity, 1e9, '60']) {
			const config = { ...at('https://api.openai.com/v1'), idleTimeout: idleTimeout as number };
			assert.equal(refusedField(config), 'idleTimeout', String(idleTimeout));
		}
		assert.equal(endpointOf({ ...at('https://api.openai.com/v1'), idleTimeout: 900 }).idleTimeoutMs, 900_000);
	});

	it('know this machine, and where a key may travel [attack 3]', () => {
		const known: [string, boolean, boolean][] = [
			['http://localhost:11434/v1', true, true],
			['http://127.0.0.1:1234/v1', true, true],
			['http://[::1]:1234/v1', true, true],
			['http://2130706433/v1', true, true],
			['http://localhost.evil.example/v1', false, false],
			['http://127.0.0.1.evil.example/v1', false, false],
			['http://192.168.0.2/v1', false, false],
			['https://api.openai.com/v1/', false, true],
		];
		for (const [address, loopback, key] of known) {
			const endpoint = endpointOf(at(address));
			assert.equal(endpoint.loopback, loopback, address);
			assert.equal(mayCarryKey(endpoint), key, address);
			assert.ok(!endpoint.baseUrl.endsWith('/'));
		}
	});

	it('are an error part where they are wrong, not a throw', async () => {
		const models = createModels([at('https://a@b')], {
			getKey: async () => canaryKey,
			fetch: () => assert.fail('nothing may be sent'),
			log: silentLog,
		});
		const parts = await collect(models.providers[0]!.stream(modelRequest()));
		assert.deepEqual(
			parts.map(({ type }) => type),
			['error', 'done'],
		);
	});

	describe('with two servers', () => {
		let wire: WireServer;
		let other: WireServer;
		before(async () => {
			wire = await WireServer.start();
			other = await WireServer.start();
		});
		after(() => Promise.all([wire.stop(), other.stop()]));
		beforeEach(() => {
			wire.reset();
			other.reset();
		});

		for (const { api, id } of wiredApis) {
			it(`${id}: a redirect is not followed; neither key nor prompt leaves for another host [attack 3]`, async () => {
				for (const status of [301, 302, 303, 307, 308]) {
					wire.reply(api, { status, headers: { location: `${other.origin}/v1/messages` }, body: '' });
					const parts = await collect(wiredModels(wire).run(runRequest({ model: `${id}/m` })));
					const error = parts.find((part) => part.type === 'error');
					assert.match(
						error?.message ?? '',
						new RegExp(`redirects requests to ${other.origin} \\(${status}\\).*Nothing was sent there`),
					);
				}
				wire.reply('models', { status: 302, headers: { location: `${other.origin}/v1/models` }, body: '' });
				const provider = wiredModels(wire).providers.find((candidate) => candidate.id === id)!;
				await assert.rejects(provider.listModels(new AbortController().signal), /redirects requests to/);
				assert.deepEqual(other.requests, []);
			});
		}

		it('a key is asked for with the origin that the request goes to [attack 3]', async () => {
			const asked: string[] = [];
			const models = wiredModels(wire, {
				getKey: async (id, origin) => {
					asked.push(`${id} ${origin}`);
					return canaryKey;
				},
			});
			await collect(models.run(runRequest({ model: 'local/m' })));
			assert.deepEqual(asked, [`local ${wire.origin}`]);
		});

		it('headers of the settings carry the key where a gateway wants it, and are masked', async () => {
			const models = createModels(
				[
					{
						id: 'gateway',
						kind: 'anthropic',
						baseUrl: wire.origin,
						headers: {
							'X-Api-Key': '${apiKey}',
							'anthropic-version': '2023-06-01',
							'X-Team': 'red',
							'Helicone-Auth': 'canary-auth',
						},
					},
				],
				{ getKey: async () => canaryKey, log: silentLog },
			);
			const [request] = await collect(models.run(runRequest({ model: 'gateway/m' })));
			const { headers } = wire.requestsTo('anthropic')[0]!;
			assert.equal(headers['x-api-key'], canaryKey);
			assert.equal(headers['anthropic-version'], '2023-06-01');
			assert.equal(headers['x-team'], 'red');
			assert.equal(request?.type === 'request' && request.request.headers['x-api-key'], '***');
			assert.equal(headers['helicone-auth'], 'canary-auth');
			assert.ok(!JSON.stringify(request).includes('canary-auth'));
			assert.ok(!JSON.stringify(request).includes(canaryKey));
		});

		it('keys in the path of the address and in headers of any name are shown nowhere [attack 11]', async () => {
			const token = 'a1b2c3d4e5f6a7b8c9d0';
			const id = '0f8fad5b-d9cb-469f-a165-70867728950e';
			const lines: string[] = [];
			const log = { debug: (line: string) => lines.push(line), warn: (line: string) => lines.push(line) };
			const config: ProviderConfig = {
				id: 'gateway',
				kind: 'openai-compatible',
				baseUrl: `${wire.origin}/${token}/v1`,
				headers: {
					'X-Virtual': id,
					'X-Ticket-Auth': 'Basic c2VjcmV0OndvcmQ=',
					'X-Team': 'red',
					'X-Title': 'Prompt Workshop',
				},
			};
			wire.reply('chat', {
				status: 400,
				body: JSON.stringify({ error: { message: `no route /${token}/v1 for ${id} or c2VjcmV0OndvcmQ=` } }),
			});
			const models = createModels([config], {
				getKey: async () => canaryKey,
				log,
			});
			const parts = await collect(models.run(runRequest({ model: 'gateway/m' })));
			assert.equal(wire.requestsTo('chat')[0]!.headers['x-virtual'], id);
			assert.equal(wire.requestsTo('chat')[0]!.path, `/${token}/v1/chat/completions`);
			const [request] = parts;
			assert.ok(request?.type === 'request');
			assert.equal(request.request.url, `${wire.origin}/***/v1/chat/completions`);
			const { headers } = request.request;
			assert.deepEqual(
				[headers['x-virtual'], headers['x-ticket-auth'], headers['x-team'], headers['x-title']],
				['***', '***', 'red', 'Prompt Workshop'],
			);
			const said = JSON.stringify([parts, lines]);
			assert.match(said, /no route/);
			for (const secret of [token, id, 'c2VjcmV0OndvcmQ', canaryKey]) {
				assert.ok(!said.includes(secret), secret);
			}
		});
	});
});
