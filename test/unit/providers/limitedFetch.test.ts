import assert from 'node:assert/strict';
import { limitedFetch } from '../../../src/providers/limitedFetch.ts';

describe('A fetch with limits [attack 20]', () => {
	const exceeded = (what: string) => new Error(what);
	const size = 10_000;

	it('gives a server so many requests, and no more', async () => {
		let asked = 0;
		const fetch = limitedFetch(async () => new Response(`${++asked}`), { bytes: size, requests: 3, exceeded });
		for (const body of ['1', '2', '3']) {
			assert.equal(await (await fetch('http://127.0.0.1/')).text(), body);
		}
		await assert.rejects(fetch('http://127.0.0.1/'), /more than 3 pages/);
		assert.equal(asked, 3);
	});

	it('reads so many bytes of all answers together, and leaves an endless one', async () => {
		let given = 0;
		let left = false;
		const endless = () =>
			new ReadableStream<Uint8Array>(
				{
					pull: (controller) => {
						given += 1000;
						controller.enqueue(new Uint8Array(1000));
					},
					cancel: () => {
						left = true;
					},
				},
				{ highWaterMark: 0 },
			);
		const bodies = [new Uint8Array(size - 500), endless()];
		const fetch = limitedFetch(async () => new Response(bodies.shift()), { bytes: size, requests: 9, exceeded });
		assert.equal((await (await fetch('http://127.0.0.1/')).bytes()).length, size - 500);
		await assert.rejects(fetch('http://127.0.0.1/'), /more than 0 MB/);
		assert.ok(given <= 2000, `${given} bytes were read of a server that has 500 left`);
		assert.equal(left, true, 'the connection is closed');
	});
});
