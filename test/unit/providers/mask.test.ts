import assert from 'node:assert/strict';
import { curlShells, toCurl } from '../../../src/providers/curl.ts';
import { canaryKey, collect, runRequest, wiredApis, wiredModels } from '../../support/wire/wiredModels.ts';
import { WireServer } from '../../support/wire/wireServer.ts';

describe('A key that stands in what is sent', () => {
	let wire: WireServer;

	before(async () => {
		wire = await WireServer.start();
	});
	after(() => wire.stop());
	beforeEach(() => wire.reset());

	for (const { id, api } of wiredApis) {
		it(`${id}: is masked in the request that is shown and copied, and nothing else of it changes [attack 11]`, async () => {
			const request = runRequest({
				model: `${id}/some-model`,
				system: `Say nothing about ${canaryKey}.`,
				messages: [
					{
						role: 'user',
						content: [{ type: 'text', text: `What is ${canaryKey}? Not sk-other-key-0123456789abcdef.` }],
					},
				],
			});
			const parts = await collect(wiredModels(wire).run(request));
			const shown = parts.find((part) => part.type === 'request')?.request;
			assert.ok(shown);
			const sent = wire.requestsTo(api)[0]!;
			assert.ok(sent.text.includes(canaryKey), 'the server gets what was written');
			assert.equal(shown.body, sent.text.replaceAll(canaryKey, '***'));
			assert.ok(!JSON.stringify(shown).includes(canaryKey));
			assert.ok(curlShells.every((shell) => !toCurl(shown, shell)!.includes(canaryKey)));
		});
	}
});
