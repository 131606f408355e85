import assert from 'node:assert/strict';
import type { ShownMessage } from '../../../src/common/recordedTurn.ts';
import { RecordedMessages } from '../../../src/webview/lab/recordedMessages.ts';

const message = (column: string, index: number): ShownMessage => ({ role: 'user', content: `${column} ${index}` });
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('the recorded messages of the Lab page', () => {
	it('are asked for together when they are to be shown, and once', async () => {
		const asked: [string, number[]][] = [];
		const messages = new RecordedMessages(
			async (column, indices) => {
				asked.push([column, indices]);
				return indices.map((index) => message(column, index));
			},
			() => undefined,
		);
		const texts = () => [0, 1, 2].map((index) => messages.get('0/0', index)?.content);
		assert.deepEqual(texts(), [undefined, undefined, undefined]);
		messages.want('0/0', [0, 1, 2]);
		messages.want('0/1', [7]);
		messages.want('0/0', [0, 1, 2]);
		await settled();
		assert.deepEqual(texts(), ['0/0 0', '0/0 1', '0/0 2']);
		assert.equal(messages.get('0/1', 7)?.content, '0/1 7');
		await settled();
		assert.deepEqual(asked, [
			['0/0', [0, 1, 2]],
			['0/1', [7]],
		]);
		assert.deepEqual([messages.version('0/0'), messages.version('0/1'), messages.version('0/2')], [3, 1, 0]);
	});

	it('are asked for again as far as an answer did not reach', async () => {
		const asked: number[][] = [];
		let arrived = 0;
		const messages = new RecordedMessages(
			async (column, indices) => {
				asked.push(indices);
				return indices.slice(0, 2).map((index) => message(column, index));
			},
			() => arrived++,
		);
		messages.want('0/0', [4, 5, 6]);
		await settled();
		assert.deepEqual(asked, [[4, 5, 6], [6]]);
		assert.equal(messages.get('0/0', 6)?.content, '0/0 6');
		assert.equal(arrived, 2);
	});

	it('are asked for again after an error only when the page asks for everything, and the rest still works', async () => {
		let fails = true;
		let calls = 0;
		const messages = new RecordedMessages(
			async (column, indices) => {
				calls++;
				return fails ? undefined : indices.map((index) => message(column, index));
			},
			() => messages.want('0/0', [0]),
		);
		messages.want('0/0', [0]);
		await settled();
		assert.equal(calls, 1);
		fails = false;
		messages.want('0/0', [1]);
		await settled();
		assert.equal(messages.get('0/0', 1)?.content, '0/0 1');
		assert.equal(messages.get('0/0', 0), undefined);
		messages.askAgain();
		await settled();
		assert.equal(messages.get('0/0', 0)?.content, '0/0 0');
	});

	it('come after a request that was lost while the page was hidden', async () => {
		let lost = true;
		const messages = new RecordedMessages(
			(column, indices) =>
				lost ? new Promise(() => undefined) : Promise.resolve(indices.map((index) => message(column, index))),
			() => undefined,
		);
		messages.want('0/0', [0]);
		await settled();
		lost = false;
		messages.askAgain();
		await settled();
		assert.equal(messages.get('0/0', 0)?.content, '0/0 0');
	});
});
