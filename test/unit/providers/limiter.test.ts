import assert from 'node:assert/strict';
import { isAppError } from '../../../src/common/errors.ts';
import { Limiter } from '../../../src/providers/limiter.ts';
import { sleep } from '../../support/sleep.ts';

const never = new AbortController().signal;

describe('Limiter', () => {
	it('lets as many run as there are places, and all in the end', async () => {
		const limiter = new Limiter(3);
		let running = 0;
		let most = 0;
		await Promise.all(
			Array.from({ length: 20 }, async () => {
				const release = await limiter.acquire(never);
				most = Math.max(most, ++running);
				await sleep(1, 'the work');
				running--;
				release();
			}),
		);
		assert.equal(most, 3);
	});

	it('gives places in order of arrival, each once, and none to who comes later', async () => {
		const limiter = new Limiter(1);
		const order: number[] = [];
		const first = await limiter.acquire(never);
		const take = (n: number) =>
			limiter.acquire(never).then((release) => {
				order.push(n);
				return release;
			});
		const others = [take(1), take(2)];
		first();
		first();
		const late = take(3);
		const second = await others[0]!;
		await new Promise((resolve) => setImmediate(resolve));
		assert.deepEqual(order, [1]);
		second();
		(await others[1]!)();
		(await late)();
		assert.deepEqual(order, [1, 2, 3]);
	});

	it('rejects who is cancelled while waiting, and the place goes to the next', async () => {
		const limiter = new Limiter(1);
		const release = await limiter.acquire(never);
		const controller = new AbortController();
		const cancelled = limiter.acquire(controller.signal);
		const next = limiter.acquire(never);
		controller.abort();
		await assert.rejects(cancelled, (error) => isAppError(error, 'cancelled'));
		release();
		(await next)();
		await assert.rejects(limiter.acquire(controller.signal), (error) => isAppError(error, 'cancelled'));
		(await limiter.acquire(never))();
	});

	it('passes a place on when the one who was woken for it has left', async () => {
		const limiter = new Limiter(1);
		const release = await limiter.acquire(never);
		const controller = new AbortController();
		const leaving = limiter.acquire(controller.signal);
		const staying = limiter.acquire(never);
		release();
		controller.abort();
		await assert.rejects(leaving, (error) => isAppError(error, 'cancelled'));
		(await staying)();
	});

	it('starts nothing during a pause, which an abort ends for its own request', async () => {
		const limiter = new Limiter(2);
		const paused = performance.now();
		limiter.pause(60);
		const controller = new AbortController();
		const leaving = limiter.acquire(controller.signal);
		const staying = limiter.acquire(never);
		controller.abort();
		await assert.rejects(leaving, (error) => isAppError(error, 'cancelled'));
		(await staying)();
		// Timers may be early by less than a millisecond.
		assert.ok(performance.now() - paused >= 59);
	});

	it('lets waiting requests start at once, in order, when it grows', async () => {
		const limiter = new Limiter(1);
		await limiter.acquire(never);
		const order: number[] = [];
		const waiting = [1, 2, 3].map((n) => limiter.acquire(never).then((release) => (order.push(n), release)));
		limiter.resize(3);
		const second = await waiting[1]!;
		assert.deepEqual(order, [1, 2]);
		second();
		await waiting[2];
		assert.deepEqual(order, [1, 2, 3]);
	});

	it('interrupts nothing when it shrinks, and starts the next one when few enough run', async () => {
		const limiter = new Limiter(3);
		const running = [await limiter.acquire(never), await limiter.acquire(never), await limiter.acquire(never)];
		limiter.resize(1);
		let isIn = false;
		const next = limiter.acquire(never).then((release) => {
			isIn = true;
			return release;
		});
		for (const release of running.slice(0, 2)) {
			release();
			await new Promise((resolve) => setImmediate(resolve));
			assert.equal(isIn, false);
		}
		running[2]!();
		(await next)();
		(await limiter.acquire(never))();
	});
});
