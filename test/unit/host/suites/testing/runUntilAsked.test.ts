import assert from 'node:assert/strict';
import { leaveBatches, type SuiteRunEvent, type SuiteRunOptions } from '../../../../../src/common/suiteModel.ts';
import { runUntilAsked } from '../../../../../src/host/suites/testing/runUntilAsked.ts';
import { eventually } from '../../../../support/eventually.ts';

const source = { uri: 'file:///a', name: 'a', text: '', format: 'yaml' } as const;
const plan: SuiteRunEvent = { type: 'plan', runId: 'run-1', trials: 1, calls: 1, inputTokens: 1 };

/** A run that ends when its signal is aborted or `end` is called. */
function started(signal: AbortSignal, { plans = true } = {}) {
	const asked: string[] = [];
	const events: string[] = [];
	const seen: { signal?: AbortSignal | undefined; batch?: boolean | undefined } = {};
	let end: () => void = () => undefined;
	const runs = {
		async *run(_source: unknown, options: SuiteRunOptions = {}): AsyncGenerator<SuiteRunEvent> {
			Object.assign(seen, { signal: options.signal, batch: options.batch });
			if (plans) {
				yield plan;
			}
			await new Promise<void>((resolve) => {
				end = resolve;
				options.signal?.addEventListener('abort', () => resolve());
				if (options.signal?.aborted) {
					resolve();
				}
			});
			yield { type: 'done', stopReason: options.signal?.aborted ? 'cancelled' : 'stop' };
		},
	};
	const ask = async (runId: string) => void asked.push(runId);
	const ended = (async () => {
		for await (const event of runUntilAsked(runs, ask, source, { batch: true, signal })) {
			events.push(event.type === 'done' ? event.stopReason : event.type);
		}
	})();
	return { asked, events, seen, ended, end: () => end() };
}

describe('a run of the Test Explorer that may have a batch', () => {
	it('asks at a Stop what becomes of the batch, and goes on if it is kept', async () => {
		const stop = new AbortController();
		const run = started(stop.signal);
		await eventually(() => assert.deepEqual(run.events, ['plan']));
		stop.abort();
		assert.deepEqual([run.asked, run.seen.signal?.aborted, run.seen.batch], [['run-1'], false, true]);
		run.end();
		await run.ended;
		assert.deepEqual(run.events, ['plan', 'stop']);
	});

	it('asks nothing while nothing was sent', async () => {
		const stop = new AbortController();
		const run = started(stop.signal, { plans: false });
		stop.abort();
		await run.ended;
		assert.deepEqual([run.asked, run.events], [[], ['cancelled']]);
		const before = started(AbortSignal.abort());
		await before.ended;
		assert.deepEqual([before.asked, before.events.at(-1)], [[], 'cancelled']);
	});

	it('asks nothing when the window closes, and leaves the batch at its provider', async () => {
		const stop = new AbortController();
		const run = started(stop.signal);
		await eventually(() => assert.deepEqual(run.events, ['plan']));
		stop.abort(leaveBatches);
		await run.ended;
		assert.deepEqual([run.asked, run.seen.signal?.reason, run.events], [[], leaveBatches, ['plan', 'cancelled']]);
	});
});
