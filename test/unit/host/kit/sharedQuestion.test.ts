import assert from 'node:assert/strict';
import { isAppError } from '../../../../src/common/errors.ts';
import { SharedQuestion } from '../../../../src/host/kit/sharedQuestion.ts';

/** A question that shows how often it was put and whether it was closed. */
function scripted() {
	const question = new SharedQuestion<string>();
	const put: { answer: (text: string) => void; fail: (error: Error) => void; signal: AbortSignal }[] = [];
	const ask = (signal?: AbortSignal) =>
		question.ask(
			(closed) =>
				new Promise((answer, fail) => {
					put.push({ answer, fail, signal: closed });
				}),
			signal,
		);
	return { ask, put };
}

const isCancelled = (error: unknown) => isAppError(error, 'cancelled');

describe('a shared question', () => {
	it('is put once for callers at the same time, and again for the next', async () => {
		const { ask, put } = scripted();
		const both = [ask(), ask()];
		assert.equal(put.length, 1);
		put[0]?.answer('a');
		assert.deepEqual(await Promise.all(both), ['a', 'a']);
		const next = ask();
		assert.equal(put.length, 2);
		put[1]?.answer('b');
		assert.equal(await next, 'b');
	});

	it('goes on for the others when one leaves, and closes when all have left', async () => {
		const { ask, put } = scripted();
		const [first, second] = [new AbortController(), new AbortController()];
		const leaving = ask(first.signal);
		const staying = ask();
		first.abort();
		await assert.rejects(leaving, isCancelled);
		assert.equal(put[0]?.signal.aborted, false);
		put[0]?.answer('a');
		assert.equal(await staying, 'a');

		const only = ask(second.signal);
		second.abort();
		await assert.rejects(only, isCancelled);
		assert.equal(put[1]?.signal.aborted, true);
		// Nobody waits for that one any more: the next caller gets a question of its own.
		const next = ask();
		put[1]?.answer('too late');
		put[2]?.answer('c');
		assert.equal(await next, 'c');
	});

	it('is not put for a caller that has left already', async () => {
		const { ask, put } = scripted();
		await assert.rejects(ask(AbortSignal.abort()), isCancelled);
		assert.equal(put.length, 0);
	});

	it('rejects for all, and is put again afterwards', async () => {
		const { ask, put } = scripted();
		const both = [ask(), ask()];
		put[0]?.fail(new Error('no'));
		const settled = await Promise.allSettled(both);
		assert.deepEqual(
			settled.map(({ status }) => status),
			['rejected', 'rejected'],
		);
		const next = ask();
		put[1]?.answer('d');
		assert.equal(await next, 'd');
	});
});
