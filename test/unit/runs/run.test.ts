import assert from 'node:assert/strict';
import { AppError } from '../../../src/common/errors.ts';
import type { ResultPart, StreamPart } from '../../../src/common/streamParts.ts';
import type { RunPart } from '../../../src/providers/provider.ts';
import { Run, type RunWork } from '../../../src/runs/run.ts';
import { sleep } from '../../support/sleep.ts';

const request = { method: 'POST', url: 'u', headers: {}, body: '{}' };
const sent: RunPart = { type: 'request', request };
const text: RunPart = { type: 'text', id: 'a', text: 'half' };
const stop: RunPart = { type: 'done', stopReason: 'stop' };
const busy: RunPart = { type: 'error', code: 'overloaded', message: 'Busy', retryable: true };
const result = { type: 'result', result: {} } as ResultPart;
const full = new AppError('storage', 'The disk is full');

async function* play(...steps: (RunPart | Error)[]): AsyncGenerator<RunPart> {
	for (const step of steps) {
		if (step instanceof Error) {
			throw step;
		}
		yield step;
	}
}

/** The run, ended, and the ends of what it told: an error's code, a stop reason, or the type. */
async function ended(work: RunWork): Promise<{ run: Run; told: string[] }> {
	const run = new Run(work);
	const parts: StreamPart[] = [];
	run.onPart(({ part }) => parts.push(part));
	await run.finished;
	const told = parts.map((part) =>
		part.type === 'error' ? part.code : part.type === 'done' ? part.stopReason : part.type,
	);
	return { run, told };
}

describe('Run', () => {
	for (const [what, steps, told] of [
		['a plain end', [text, stop], ['text', 'stop']],
		[
			'an error that the source tells',
			[text, busy, { type: 'done', stopReason: 'error' }],
			['text', 'overloaded', 'error'],
		],
		['an error that the source throws', [text, full], ['text', 'storage', 'error']],
		['no end at all', [text], ['text', 'internal', 'error']],
		['an error without an end', [text, busy], ['text', 'overloaded', 'error']],
		['an error before another that is thrown', [busy, full], ['overloaded', 'error']],
		['parts after the end', [stop, text, busy, stop], ['stop']],
		['a cancellation', [text, new AppError('cancelled', 'Cancelled')], ['text', 'cancelled']],
	] as [string, (RunPart | Error)[], string[]][]) {
		it(`ends once after ${what}`, async () => {
			const { run, told: parts } = await ended({ source: () => play(...steps) });
			assert.deepEqual(parts, told);
			assert.equal(run.turn.stopReason, told.at(-1));
		});
	}

	it('settles with the whole turn before it ends, after an error too', async () => {
		for (const steps of [
			[text, stop],
			[text, full],
		]) {
			const settled: (string | undefined)[] = [];
			const { told } = await ended({
				source: () => play(...steps),
				settle: async (turn, run) => {
					settled.push(turn.stopReason, run.turn.stopReason);
					return result;
				},
			});
			assert.deepEqual(settled, [told.at(-1), undefined]);
			assert.deepEqual(told.slice(-2), ['result', told.at(-1)]);
		}
	});

	it('settles only when its source has closed: what it stored on the way never comes after the end', async () => {
		const stored: string[] = [];
		async function* source(): AsyncGenerator<RunPart> {
			try {
				yield text;
				yield stop;
			} finally {
				stored.push('partial');
			}
		}
		const settle = async () => {
			stored.push('complete');
			return undefined;
		};
		assert.deepEqual((await ended({ source, settle })).told, ['text', 'stop']);
		assert.deepEqual(stored, ['partial', 'complete']);
	});

	it('fails when it cannot be settled, also when it was stopped', async () => {
		const settle = () => Promise.reject(full);
		assert.deepEqual((await ended({ source: () => play(text, stop), settle })).told, ['text', 'storage', 'error']);
		const stopped = await ended({ source: () => play(text, stop), settle, signal: AbortSignal.abort() });
		assert.deepEqual(stopped.told, ['storage', 'error']);
	});

	it('takes what is thrown after a stop as the stop, and asks nothing when it is stopped beforehand', async () => {
		const { told } = await ended({
			async *source(signal, run) {
				yield text;
				run.stop();
				assert.equal(signal.aborted, true);
				throw new TypeError('fetch failed');
			},
		});
		assert.deepEqual(told, ['text', 'cancelled']);
		let asked = false;
		const beforehand = await ended({
			async *source() {
				asked = true;
				yield text;
			},
			signal: AbortSignal.abort(),
		});
		assert.deepEqual([beforehand.told, asked], [['cancelled'], false]);
	});

	it('stops and lets the source clean up when the caller leaves the loop', async () => {
		let cleaned = false;
		const run = new Run({
			async *source(signal) {
				try {
					yield text;
					await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
					throw new Error('aborted');
				} finally {
					cleaned = true;
				}
			},
		});
		for await (const _part of run.parts()) {
			break;
		}
		await run.finished;
		assert.deepEqual([run.turn.stopReason, cleaned], ['cancelled', true]);
	});

	it('tells a part and only then lets the source go on, with the part folded', async () => {
		const lengths: number[] = [];
		await ended({
			async *source(_signal, run) {
				yield text;
				lengths.push(run.position, run.turn.blocks.length);
				yield stop;
			},
		});
		assert.deepEqual(lengths, [1, 1]);
	});

	it('starts its clock when the request is sent, and counts the first output of any kind', async () => {
		for (const output of [
			text,
			{ type: 'thinking', id: 'a', text: 'hm' },
			{ type: 'tool-call', id: 'a', name: 'search', input: {} },
		] satisfies RunPart[]) {
			const wait = () => sleep(60, 'the time that is measured');
			let longest = 0;
			const { run } = await ended({
				async *source() {
					await wait();
					const startedAt = performance.now();
					yield sent;
					yield output;
					longest = performance.now() - startedAt;
					await wait();
					yield text;
					yield stop;
				},
			});
			assert.deepEqual(run.requests, [request]);
			assert.ok(run.timeToFirstTokenMs !== null && run.timeToFirstTokenMs <= Math.ceil(longest));
			assert.ok(run.elapsed() >= 50);
		}
	});

	it('has not sent its request when it ends before', async () => {
		let isSent = false;
		const run = new Run({ source: () => play(full) });
		run.onSent(() => (isSent = true));
		await run.finished;
		assert.deepEqual([isSent, run.timeToFirstTokenMs], [false, null]);
	});
});
