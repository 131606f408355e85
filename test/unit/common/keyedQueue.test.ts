import assert from 'node:assert/strict';
import { KeyedQueue } from '../../../src/common/keyedQueue.ts';

describe('KeyedQueue', () => {
	it('runs work on one key in order, after failures too, and on another key meanwhile', async () => {
		const queue = new KeyedQueue<number>();
		const order: string[] = [];
		let release = () => {};
		const held = new Promise<void>((resolve) => (release = resolve));
		const first = queue.run(1, async () => {
			await held;
			order.push('first');
			throw new Error('failed');
		});
		const second = queue.run(1, async () => order.push('second'));
		await queue.run(2, async () => order.push('other'));
		release();
		await assert.rejects(first, /failed/);
		assert.equal(await second, 3);
		assert.deepEqual(order, ['other', 'first', 'second']);
		assert.equal(await queue.run(1, async () => 'again'), 'again');
	});
});
