import assert from 'node:assert/strict';
import { AppError } from '../../../src/common/errors.ts';
import { collect, runRequest, wiredApis, wiredModels } from '../../support/wire/wiredModels.ts';
import { WireServer } from '../../support/wire/wireServer.ts';

describe('a caller that counts requests', () => {
	let wire: WireServer;
	before(async () => {
		wire = await WireServer.start();
	});
	beforeEach(() => wire.reset());
	after(() => wire.stop());

	for (const { api, id } of wiredApis) {
		it(`is asked before each of them, retries included: ${id}`, async () => {
			const busy = { status: 503, body: '{}' };
			wire.reply(api, busy).reply(api, busy);
			let sent = 0;
			const beforeSend = () => {
				assert.equal(wire.requestsTo(api).length, sent++);
			};
			const parts = await collect(wiredModels(wire).run(runRequest({ model: `${id}/m`, beforeSend })));
			assert.equal(sent, 3);
			assert.equal(wire.requestsTo(api).length, 3);
			assert.deepEqual(parts.at(-1), { type: 'done', stopReason: 'stop' });
		});

		it(`can keep a request and a retry from being sent: ${id}`, async () => {
			for (const allowed of [0, 1]) {
				wire.reset();
				wire.reply(api, { status: 503, body: '{}' });
				let sent = 0;
				const beforeSend = () => {
					if (sent++ >= allowed) {
						throw new AppError('validation', 'No more');
					}
				};
				const parts = await collect(wiredModels(wire).run(runRequest({ model: `${id}/m`, beforeSend })));
				assert.equal(wire.requestsTo(api).length, allowed);
				assert.deepEqual(
					parts.filter(({ type }) => type !== 'request'),
					[
						{ type: 'error', code: 'validation', message: 'No more', retryable: false },
						{ type: 'done', stopReason: 'error' },
					],
				);
			}
		});
	}

	it('is asked for a provider that does not use HTTP too', async () => {
		let sent = 0;
		await collect(wiredModels(wire).run(runRequest({ model: 'offline/guide', beforeSend: () => void sent++ })));
		assert.equal(sent, 1);
	});
});
