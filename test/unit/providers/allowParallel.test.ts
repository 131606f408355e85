import assert from 'node:assert/strict';
import { until } from '../../support/eventually.ts';
import { collect, runRequest, wiredApis, wiredModels } from '../../support/wire/wiredModels.ts';
import { WireServer } from '../../support/wire/wireServer.ts';

describe('The number of requests to a provider at a time', () => {
	let wire: WireServer;

	before(async () => {
		wire = await WireServer.start();
	});
	after(() => wire.stop());
	beforeEach(() => wire.reset());

	for (const { api, id } of wiredApis) {
		it(`grows and shrinks while requests to the API ${api} run and wait`, async () => {
			const bodies = {
				anthropic: wire.script.anthropic({ text: 'Yes' }),
				responses: wire.script.responses({ text: 'Yes' }),
				chat: wire.script.chat({ text: 'Yes' }),
			};
			for (const n of [0, 1, 2, 3, 4]) {
				wire.reply(api, { body: bodies[api], holdHeaders: `answer ${n}` });
			}
			const models = wiredModels(wire, { maxParallel: 1 });
			const ask = () => collect(models.run(runRequest({ model: `${id}/m` })));
			const asked = Array.from({ length: 5 }, ask);
			const sent = () => wire.requestsTo(api).length;
			await until(() => sent() === 1, 'the first request');
			models.allowParallel(3);
			await until(() => sent() === 3, 'two more requests');
			models.allowParallel(1);
			wire.release('answer 0');
			wire.release('answer 1');
			await Promise.all(asked.slice(0, 2));
			assert.equal(sent(), 3, 'the third one still runs');
			wire.release('answer 2');
			await until(() => sent() === 4, 'the next request');
			wire.release('answer 3');
			wire.release('answer 4');
			await Promise.all(asked);
			assert.equal(sent(), 5);
		});
	}
});
