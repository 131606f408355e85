import assert from 'node:assert/strict';
import { detectLocalServers } from '../../../src/providers/localServers.ts';
import { endpointOf } from '../../../src/providers/all.ts';

describe('Local servers', () => {
	const ask = async (answer: (url: string) => Response | Promise<Response>) => {
		const asked: string[] = [];
		const found = await detectLocalServers(async (input) => {
			asked.push(input as string);
			return answer(input as string);
		});
		return { asked, ids: found.map(({ id }) => id), found };
	};

	it('are looked for on this machine only', async () => {
		const { asked } = await ask(() => new Response('', { status: 404 }));
		assert.deepEqual(
			asked.map((url) => new URL(url).hostname),
			['127.0.0.1', '127.0.0.1', '127.0.0.1', '127.0.0.1'],
		);
	});

	it('are found by what they answer, not by an open port', async () => {
		const ollama = await ask(
			(url) => new Response(url.includes('11434') ? '{"models":[]}' : '<html>something else</html>'),
		);
		assert.deepEqual(ollama.ids, ['ollama']);
		assert.ok(ollama.found.every((service) => endpointOf(service).loopback));
		assert.deepEqual(
			(await ask((url) => new Response(url.includes('1234/') ? '{"data":[]}' : '{"models":{}}'))).ids,
			['lm-studio'],
		);
		const owned = async (owner: string) =>
			(
				await ask(
					(url) =>
						new Response(url.includes(':1234/') ? '{}' : `{"data":[{"id":"a","owned_by":"${owner}"}]}`),
				)
			).ids;
		assert.deepEqual(await owned('vllm'), ['vllm']);
		assert.deepEqual(await owned('llamacpp'), ['llama-cpp']);
		assert.deepEqual(await owned('somebody'), [], 'these ports are used by many programs');
		assert.deepEqual((await ask(() => Promise.reject(new TypeError('fetch failed')))).ids, []);
		assert.deepEqual(
			(await ask(() => new Response('', { status: 302, headers: { location: 'http://evil.example' } }))).ids,
			[],
		);
	});
});
