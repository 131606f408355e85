import assert from 'node:assert/strict';
import { isAppError, toAppError } from '../../../src/common/errors.ts';
import { connectionProblem } from '../../../src/providers/connectionProblem.ts';
import { testConnection, tryModel, type Connection } from '../../../src/providers/connectionTest.ts';
import type { ModelsDeps } from '../../../src/providers/models.ts';
import type { ProviderConfig } from '../../../src/providers/provider.ts';
import { services } from '../../../src/providers/services.ts';
import { serverWith } from '../../support/wire/pathServer.ts';
import { silentLog } from '../../support/wire/replay.ts';
import { canaryKey } from '../../support/wire/wiredModels.ts';
import { WireServer } from '../../support/wire/wireServer.ts';

const signal = new AbortController().signal;
const service = (id: string) => services.find((one) => one.id === id)!;
const list = { object: 'list', data: [{ id: 'a' }, { id: 'b' }] };

describe('The test of a connection', () => {
	let wire: WireServer;
	before(async () => {
		wire = await WireServer.start();
	});
	after(() => wire.stop());
	beforeEach(() => wire.reset());

	const mine = (baseUrl: string, kind = 'openai-compatible'): ProviderConfig => ({ id: 'mine', kind, baseUrl });
	const deps = (key: string | undefined, others: Partial<ModelsDeps> = {}) => ({
		getKey: async () => key,
		log: silentLog,
		...others,
	});

	/** What the user reads about a test. */
	async function problem(tested: Promise<Connection>, id: string, key?: string): Promise<string> {
		const { config, fault } = await tested;
		assert.ok(fault);
		return connectionProblem(fault, service(id), { baseUrl: config.baseUrl!, hasKey: key !== undefined });
	}

	it('returns the models of a server that answers', async () => {
		wire.reply('models', { body: JSON.stringify(list) });
		const { config, models, fault } = await testConnection(mine(wire.baseUrl), deps(undefined), signal);
		assert.equal(fault, undefined);
		assert.equal(config.baseUrl, wire.baseUrl);
		assert.deepEqual(
			models.map(({ id }) => id),
			['mine/a', 'mine/b'],
		);
	});

	it('names a refused key without showing it, and where to copy it', async () => {
		const refusal = { status: 401, body: JSON.stringify({ error: { message: `Wrong key ${canaryKey}` } }) };
		wire.always('models', refusal);
		const test = (key?: string) => testConnection(mine(wire.baseUrl), deps(key), signal);
		assert.equal(
			await problem(test(canaryKey), 'groq', canaryKey),
			'Groq refused the key (401). Copy the whole key again from https://console.groq.com/keys',
		);
		assert.equal(
			await problem(test(canaryKey), 'jan', canaryKey),
			'Jan refused the key (401). Copy the whole key again.',
		);
		assert.equal(await problem(test(), 'vllm'), `vLLM at ${wire.baseUrl} wants a key (401). Enter it.`);
		wire.reply('models', { status: 403, body: '{"error":{"message":"Country not supported"}}' });
		assert.match(
			await problem(test(canaryKey), 'groq', canaryKey),
			/does not let this key use .*Country not supported/,
		);
	});

	it('says how to start a local server that does not run', async () => {
		const closed = await WireServer.start();
		const { baseUrl } = closed;
		await closed.stop();
		const test = () => testConnection(mine(baseUrl), deps(undefined), signal);
		assert.equal(
			await problem(test(), 'ollama'),
			`Nothing answers at ${baseUrl}. Is Ollama running? Start the Ollama app, or run "ollama serve".`,
		);
		assert.equal(
			connectionProblem((await test()).fault!, { label: 'Mine' }, { baseUrl, hasKey: false }),
			`Nothing answers at ${baseUrl}. Is the server running, and is this its port?`,
		);
	});

	it('tells a host that is not found, a certificate that is not trusted and a redirect apart', async () => {
		const failing = (code: string, message: string) => async () => {
			const cause = Object.assign(new Error(message), { code });
			throw new TypeError('fetch failed', { cause });
		};
		const test = (fetch: NonNullable<ModelsDeps['fetch']>) =>
			problem(
				testConnection(mine('https://models.example/v1'), deps(canaryKey, { fetch }), signal),
				'groq',
				canaryKey,
			);
		assert.match(
			await test(failing('ENOTFOUND', 'getaddrinfo ENOTFOUND models.example')),
			/The host of mine \(https:\/\/models\.example\) was not found/,
		);
		assert.match(
			await test(failing('DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate')),
			/The certificate of https:\/\/models\.example is not trusted, so nothing was sent/,
		);
		assert.match(
			await test(async () => Response.redirect('https://evil.example/v1/models', 307)),
			/redirects requests to https:\/\/evil\.example \(307\)\. Nothing was sent there, neither key nor prompt/,
		);
	});

	it('ends at the time limit and at once with the signal', async () => {
		wire.always('models', { holdHeaders: 'never' });
		const slow = testConnection(mine(wire.baseUrl), deps(undefined, { listTimeoutMs: 100 }), signal);
		assert.match(await problem(slow, 'ollama'), /did not return its models in time/);
		const controller = new AbortController();
		const stopped = testConnection(mine(wire.baseUrl), deps(undefined), controller.signal);
		controller.abort();
		await assert.rejects(stopped, (error) => isAppError(error, 'cancelled'));
		wire.always('models', { status: 404, body: '{}' });
	});

	it('finds the list at the usual variants of an address, and sends the key to its origin only [attack 3]', async () => {
		const origin = 'https://models.example';
		for (const [given, kind, right] of [
			['', 'openai-compatible', '/v1'],
			['/', 'openai-compatible', '/v1'],
			['/v1/chat/completions', 'openai-compatible', '/v1'],
			['/v1/models', 'openai-compatible', '/v1'],
			['/api/v1beta/openai/models', 'openai-compatible', '/api/v1beta/openai'],
			['/gateway', 'openai', '/gateway/v1'],
		] as const) {
			const { asked, fetch } = serverWith({ [`${origin}${right}/models`]: list });
			const tested = await testConnection(mine(origin + given, kind), deps(canaryKey, { fetch }), signal);
			assert.equal(tested.fault, undefined, given);
			assert.equal(tested.config.baseUrl, origin + right);
			assert.ok(
				asked.every(({ url }) => url.startsWith(`${origin}/`)),
				JSON.stringify(asked),
			);
		}
		const { fetch } = serverWith({ [`${origin}/v1/models?limit=1000`]: { data: [{ id: 'c', type: 'model' }] } });
		const anthropic = await testConnection(
			mine(`${origin}/v1/messages`, 'anthropic'),
			deps(canaryKey, { fetch }),
			signal,
		);
		assert.equal(anthropic.config.baseUrl, `${origin}/v1`);
		assert.equal(anthropic.models[0]?.id, 'mine/c');
	});

	it('reports what is wrong at the variant that exists, and the given address if none does', async () => {
		const origin = 'https://models.example';
		const test = (bodies: Record<string, unknown>) =>
			testConnection(mine(origin), deps(canaryKey, { fetch: serverWith(bodies).fetch }), signal);
		const refused = test({ [`${origin}/v1/models`]: new Response('{}', { status: 401 }) });
		assert.equal((await refused).config.baseUrl, `${origin}/v1`);
		assert.match(await problem(refused, 'jan', canaryKey), /refused the key/);
		for (const bodies of [{}, { [`${origin}/models`]: { error: 'Unexpected endpoint or method' } }]) {
			assert.equal(
				await problem(test(bodies), 'vllm'),
				`vLLM has no list of models at ${origin}. The address of most servers ends in /v1. If it is right, enter the name of a model.`,
			);
		}
	});

	it('of a server without a list sends one short request', async () => {
		const config = mine(wire.baseUrl);
		await tryModel(config, 'chat-wire', deps(canaryKey), signal);
		const [request] = wire.requestsTo('chat');
		assert.equal((request!.json as { max_tokens: number }).max_tokens, 16);
		assert.equal(request!.headers['authorization'], `Bearer ${canaryKey}`);
		wire.reply('chat', { status: 404, body: '{"error":{"message":"model not found"}}' });
		const refused = await tryModel(config, 'other', deps(canaryKey), signal).then(() => undefined, toAppError);
		assert.equal(refused?.code, 'not-found');
		assert.match(refused.message, /does not know other/);
		const controller = new AbortController();
		wire.reply('chat', { holdHeaders: 'never' });
		const stopped = tryModel(config, 'chat-wire', deps(canaryKey), controller.signal);
		controller.abort();
		await assert.rejects(stopped, (error) => isAppError(error, 'cancelled'));
	});
});
