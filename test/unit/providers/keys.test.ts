import assert from 'node:assert/strict';
import { isAppError } from '../../../src/common/errors.ts';
import { createModels } from '../../../src/providers/models.ts';
import { endpointOf } from '../../../src/providers/all.ts';
import { checkKey, getKey, removeKey, setKey, type SecretStore } from '../../../src/providers/keys.ts';
import type { ProviderConfig } from '../../../src/providers/provider.ts';
import { silentLog } from '../../support/wire/replay.ts';
import { canaryKey, collect, runRequest, wiredModels } from '../../support/wire/wiredModels.ts';
import { WireServer } from '../../support/wire/wireServer.ts';

class Secrets implements SecretStore {
	readonly values = new Map<string, string>();
	broken = false;
	async #checked<T>(work: () => T): Promise<T> {
		if (this.broken) {
			throw new Error('The keyring is locked');
		}
		return work();
	}
	get(name: string) {
		return this.#checked(() => this.values.get(name));
	}
	store(name: string, value: string) {
		return this.#checked(() => void this.values.set(name, value));
	}
	delete(name: string) {
		return this.#checked(() => void this.values.delete(name));
	}
}

const never = () => false;
const openai: ProviderConfig = { id: 'openai', kind: 'openai' };

describe('Keys', () => {
	let secrets: Secrets;
	beforeEach(() => {
		secrets = new Secrets();
	});

	it('are found for the provider and the origin for which they were stored, and for no other [attack 3]', async () => {
		await setKey(secrets, endpointOf(openai), ` ${canaryKey}\n`);
		assert.equal(await getKey(secrets, { id: 'openai', origin: 'https://api.openai.com' }, {}, never), canaryKey);
		const others = [
			{ id: 'openai', origin: 'https://api.openai.com.evil' },
			{ id: 'openai', origin: 'http://api.openai.com' },
			{ id: 'openai', origin: 'https://api.openai.com:8443' },
			{ id: 'openai2', origin: 'https://api.openai.com' },
			{ id: 'openai https://api.openai.com', origin: '' },
		];
		for (const other of others) {
			assert.equal(await getKey(secrets, other, {}, never), undefined, JSON.stringify(other));
		}
		await removeKey(secrets, endpointOf(openai));
		assert.equal(await getKey(secrets, endpointOf(openai), {}, never), undefined);
		assert.equal(secrets.values.size, 0);
	});

	describe('of the environment', () => {
		const environment = { ANTHROPIC_API_KEY: 'from-environment-a', OPENAI_API_KEY: ' from-environment-o ' };
		const get = (id: string, origin: string, agreed = false) =>
			getKey(secrets, { id, origin }, environment, () => agreed);

		it('serve the ids anthropic and openai only, after a stored one', async () => {
			assert.equal(await get('anthropic', 'https://api.anthropic.com'), 'from-environment-a');
			assert.equal(await get('openai', 'https://api.openai.com'), 'from-environment-o');
			assert.equal(await get('groq', 'https://x.example'), undefined);
			await setKey(secrets, { id: 'openai', origin: 'https://x.example', loopback: false }, 'stored-key');
			assert.equal(await get('openai', 'https://x.example'), 'stored-key');
			const empty = { OPENAI_API_KEY: '  ' };
			const owner = { id: 'openai', origin: 'https://y.example' };
			assert.equal(await getKey(secrets, owner, empty, () => false), undefined);
		});

		it('go to the own address of the provider and to this machine, elsewhere only after an agreement [attack 3]', async () => {
			const here = ['http://localhost:8000', 'http://127.0.0.1:1', 'http://[::1]:8000', 'https://localhost'];
			for (const origin of here) {
				assert.equal(await get('openai', origin), 'from-environment-o', origin);
			}
			const elsewhere = [
				'https://x.example',
				'http://api.openai.com',
				'https://api.openai.com:8443',
				'https://api.openai.com.evil',
				'https://api.anthropic.com',
				'https://localhost.evil',
				'https://127.0.0.1.evil',
			];
			for (const origin of elsewhere) {
				await assert.rejects(get('openai', origin), (error) => {
					assert.ok(isAppError(error, 'auth'));
					assert.match(
						error.message,
						/key in OPENAI_API_KEY is for https:\/\/api\.openai\.com\. To send it to http/,
					);
					assert.ok(!error.message.includes('from-environment'));
					return true;
				});
				assert.equal(await get('openai', origin, true), 'from-environment-o', origin);
			}
		});

		it('are not waited for: a run without an agreement ends with auth, and nothing is sent [attack 3]', async () => {
			const asked: string[] = [];
			const models = createModels([{ id: 'openai', kind: 'openai', baseUrl: 'https://gateway.example/v1' }], {
				fetch: async (input) => {
					asked.push(input instanceof Request ? input.url : String(input));
					return new Response();
				},
				getKey: (id, origin) => get(id, origin),
				log: silentLog,
			});
			const parts = await collect(models.run(runRequest({ model: 'openai/m' })));
			assert.equal(parts[0]?.type === 'error' && parts[0].code, 'auth');
			assert.deepEqual(asked, []);
		});
	});

	it('that no header can carry are refused, and the message does not repeat them', async () => {
		for (const key of ['', '  ', 'abc', 'with space inside', 'zeile\r\nX-Evil: 1', 'schlüssel-ü']) {
			await assert.rejects(setKey(secrets, endpointOf(openai), key), (error) => {
				assert.ok(isAppError(error, 'validation'));
				assert.ok(key.trim().length < 4 || !error.message.includes(key.trim()));
				return true;
			});
		}
		assert.equal(secrets.values.size, 0);
	});

	it('are not stored for an address where they would travel unencrypted; this machine is allowed [attack 3]', async () => {
		const at = (baseUrl: string) => endpointOf({ id: 'lan', kind: 'openai-compatible', baseUrl });
		await assert.rejects(setKey(secrets, at('http://192.168.1.5:8000/v1'), canaryKey), /unencrypted\. Use https/);
		await setKey(secrets, at('http://127.0.0.1:8000/v1'), canaryKey);
		assert.equal(secrets.values.size, 1);
	});

	it('fail clearly when the secret storage fails, and go nowhere else [fault 16]', async () => {
		secrets.broken = true;
		const endpoint = endpointOf(openai);
		for (const attempt of [
			setKey(secrets, endpoint, canaryKey),
			removeKey(secrets, endpoint),
			getKey(secrets, endpoint, {}, never),
		]) {
			await assert.rejects(attempt, (error) => {
				assert.ok(isAppError(error, 'auth'));
				assert.match(
					error.message,
					/system’s secret storage could not .*Unlock the keychain.*not stored anywhere else/,
				);
				return true;
			});
		}
		assert.equal(
			await getKey(secrets, endpoint, { OPENAI_API_KEY: 'from-environment' }, never),
			'from-environment',
		);
	});

	describe('with a server', () => {
		let wire: WireServer;
		before(async () => {
			wire = await WireServer.start();
		});
		after(() => wire.stop());
		beforeEach(() => wire.reset());

		it('a storage that fails in a run is an error part that says what to do [fault 16]', async () => {
			secrets.broken = true;
			const models = wiredModels(wire, { getKey: (id, origin) => getKey(secrets, { id, origin }, {}, never) });
			const parts = await collect(models.run(runRequest({ model: 'local/m' })));
			assert.match(parts.find((part) => part.type === 'error')?.message ?? '', /Unlock the keychain/);
			assert.deepEqual(parts.at(-1), { type: 'done', stopReason: 'error' });
			assert.equal(wire.requests.length, 0);
		});

		it('are tried with the list of models before they are stored', async () => {
			const deps = { log: silentLog };
			const config: ProviderConfig = { id: 'local', kind: 'openai-compatible', baseUrl: wire.baseUrl };
			const check = (key: string) => checkKey(config, key, deps, new AbortController().signal);
			wire.reply('models', {
				body: '{"object":"list","data":[{"id":"m","object":"model","created":1,"owned_by":"x"}]}',
			});
			assert.equal(await check(canaryKey), true);
			assert.equal(wire.requests[0]!.headers['authorization'], `Bearer ${canaryKey}`);
			wire.reply('models', { status: 404, body: 'no such path' });
			assert.equal(await check(canaryKey), false);
			wire.reply('models', { status: 401, body: `{"error":{"message":"bad key ${canaryKey}"}}` });
			await assert.rejects(check(canaryKey), (error) => {
				assert.ok(isAppError(error, 'auth'));
				assert.match(error.message, /refused the key \(401\)\. Replace the key/);
				assert.ok(!JSON.stringify([error.message, error.info]).includes(canaryKey));
				return true;
			});
		});

		it('a provider without one says how to set it, and sends nothing', async () => {
			const models = wiredModels(wire, { getKey: async () => undefined });
			const remote = await import('../../../src/providers/models.ts').then(({ createModels }) =>
				createModels([{ id: 'anthropic', kind: 'anthropic' }], {
					getKey: async () => undefined,
					fetch: () => assert.fail('nothing may be sent'),
					log: silentLog,
				}),
			);
			const parts = await collect(remote.run(runRequest({ model: 'anthropic/claude-x' })));
			const [error, done] = parts;
			assert.equal(error?.type === 'error' && error.code, 'auth');
			assert.match(
				error?.type === 'error' ? error.message : '',
				/^There is no key for anthropic\. Run "Prompt Workshop: Set API Key"/,
			);
			assert.deepEqual(done, { type: 'done', stopReason: 'error' });
			// A server on this machine needs none.
			assert.deepEqual((await collect(models.run(runRequest({ model: 'local/m' })))).at(-1), {
				type: 'done',
				stopReason: 'stop',
			});
			assert.equal(wire.requestsTo('chat')[0]!.headers['authorization'], undefined);
		});
	});
});
