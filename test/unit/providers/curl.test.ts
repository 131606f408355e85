import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { toCurl } from '../../../src/providers/curl.ts';
import { collect, runRequest, wiredModels } from '../../support/wire/wiredModels.ts';
import { WireServer } from '../../support/wire/wireServer.ts';

describe('Request as curl', () => {
	it('gives a shell exactly the url, the headers and the body, whatever stands in them [attack 24]', function () {
		if (process.platform === 'win32') {
			this.skip();
		}
		const body = JSON.stringify({ text: `it's "quoted" $HOME \`date\` \\ ! 🔍\n` });
		const headers = { authorization: 'Bearer ***', 'x-odd': `a'b"$(id)`, 'x-stainless-os': 'Linux' };
		const command = toCurl({ method: 'POST', url: "https://example.com/it's", headers, body });
		const script = command.replace(/^curl/, `"${process.execPath}" -p 'JSON.stringify(process.argv.slice(1))' --`);
		const environment = { PATH: process.env['PATH'], API_KEY: 'the-key' };
		const seen = JSON.parse(
			execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8', env: environment }),
		) as string[];
		assert.deepEqual(seen, [
			...['-N', '-X', 'POST', "https://example.com/it's"],
			...['-H', 'authorization: Bearer the-key', '-H', `x-odd: a'b"$(id)`, '--data-raw', body],
		]);
	});

	it('of a real request has no key in it [attack 11]', async () => {
		const wire = await WireServer.start();
		try {
			const [request] = await collect(wiredModels(wire).run(runRequest({ model: 'anthropic/m' })));
			assert.ok(request?.type === 'request');
			const command = toCurl(request.request);
			assert.match(command, /-H "authorization: Bearer \$API_KEY"/);
			assert.ok(!command.includes('canary'));
		} finally {
			await wire.stop();
		}
	});

	it('says that a model of the editor has no HTTP request', () => {
		assert.match(
			toCurl({ method: 'EDITOR', url: 'vscode-lm:a/b', headers: {}, body: '{}' }),
			/^# .*no HTTP request/,
		);
	});
});
