import assert from 'node:assert/strict';
import type { Tool } from '../../../src/common/tools.ts';
import type { RunPart } from '../../../src/providers/provider.ts';
import { until } from '../../support/eventually.ts';
import { cancelMoments, isReached, shownText } from '../../support/wire/cancelMoments.ts';
import { collect, runRequest, wiredApis, wiredModels } from '../../support/wire/wiredModels.ts';
import { WireServer } from '../../support/wire/wireServer.ts';

const cancelled = { type: 'done', stopReason: 'cancelled' };
const search: Tool = {
	name: 'search',
	description: 'Searches',
	inputSchema: { type: 'object' },
	run: () => assert.fail('a call that was cut off is not run'),
};

describe('Cancelling [fault 8]', () => {
	let wire: WireServer;

	before(async () => {
		wire = await WireServer.start();
	});
	after(() => wire.stop());
	beforeEach(() => wire.reset());

	for (const { api, id } of wiredApis) {
		for (const moment of cancelMoments) {
			it(`${id} ${moment.name}: the socket is closed, what arrived is kept, nothing comes late`, async () => {
				wire.reply(api, moment.reply(wire, api));
				const log: string[] = [];
				const keep = (line: string) => void log.push(line);
				const models = wiredModels(wire, { log: { debug: keep, warn: keep } });
				const controller = new AbortController();
				const parts: RunPart[] = [];
				const request = runRequest({ model: `${id}/m`, tools: [search], signal: controller.signal });
				const running = (async () => {
					for await (const part of models.run(request)) {
						parts.push(part);
					}
				})();
				await until(() => isReached(moment, { wire, api, parts, log }), 'the moment to cancel');
				const before = parts.length;
				controller.abort();
				await running;
				assert.deepEqual(parts.slice(before), [cancelled]);
				assert.deepEqual(
					{ text: shownText(parts, 'text'), thinking: shownText(parts, 'thinking') },
					{ text: '', thinking: '', ...moment.kept },
				);
				const types = new Set(parts.map(({ type }) => type));
				for (const type of ['error', 'native', 'usage', 'tool-call', 'tool-result'] as const) {
					assert.ok(!types.has(type), type);
				}
				if (moment.connected) {
					await until(() => wire.requestsTo(api)[0]?.leftAt !== undefined, 'the client left');
				}
				assert.equal(wire.requestsTo(api).length, 1, 'nothing is sent again');
			});
		}

		it(`${id}, fifty in parallel: all sockets are closed`, async () => {
			wire.always(api, wire.script[api]({ text: 'x', hold: { after: 'text', name: 'never' } }));
			const models = wiredModels(wire, { maxParallel: 50 });
			const controller = new AbortController();
			const runs = Array.from({ length: 50 }, () =>
				collect(models.run(runRequest({ model: `${id}/m`, signal: controller.signal }))),
			);
			await until(() => wire.requestsTo(api).length === 50 && wire.holding === 50, '50 requests');
			controller.abort();
			for (const parts of await Promise.all(runs)) {
				assert.deepEqual(parts.at(-1), cancelled);
			}
			await until(() => wire.requestsTo(api).every(({ leftAt }) => leftAt !== undefined), 'all clients left');
			assert.equal(wire.requestsTo(api).length, 50);
			wire.always(api, wire.script[api]({ text: 'Hello.' }));
		});
	}

	it('while the capabilities of a model are asked: the question ends too, and no prompt is sent', async () => {
		wire.reply('models', { holdHeaders: 'never' });
		const controller = new AbortController();
		const models = wiredModels(wire);
		const running = collect(models.run(runRequest({ model: 'anthropic/m', signal: controller.signal })));
		await until(() => wire.requestsTo('models').length === 1, 'the question');
		controller.abort();
		assert.deepEqual(await running, [cancelled]);
		await until(() => wire.requestsTo('models')[0]!.leftAt !== undefined, 'the client left');
		assert.deepEqual(wire.requestsTo('anthropic'), []);
		await collect(models.run(runRequest({ model: 'anthropic/m' })));
		assert.equal(wire.requestsTo('models').length, 2, 'the next run asks again');
	});

	it('while the key is read: at once, and nothing is sent', async () => {
		const controller = new AbortController();
		const models = wiredModels(wire, { getKey: () => new Promise(() => undefined) });
		const running = collect(models.run(runRequest({ model: 'local/m', signal: controller.signal })));
		controller.abort();
		assert.deepEqual(await running, [cancelled]);
		assert.deepEqual(wire.requests, []);
	});

	it('while waiting for a place: at once, and the place is not lost', async () => {
		const models = wiredModels(wire, { maxParallel: 1 });
		wire.reply('chat', wire.script.chat({ text: 'first', hold: { after: 'text' } }));
		const first = collect(models.run(runRequest({ model: 'local/m' })));
		await until(() => wire.requestsTo('chat').length === 1, 'the first request');
		const controller = new AbortController();
		const second = collect(models.run(runRequest({ model: 'local/m', signal: controller.signal })));
		const third = collect(models.run(runRequest({ model: 'local/m' })));
		controller.abort();
		assert.deepEqual(await second, [cancelled]);
		wire.release();
		assert.equal((await first).at(-1)?.type, 'done');
		assert.deepEqual((await third).at(-1), { type: 'done', stopReason: 'stop' });
		assert.equal(wire.requestsTo('chat').length, 2);
	});
});
