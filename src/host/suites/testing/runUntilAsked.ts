import { leaveBatches, type SuiteRunEvent, type SuiteRunOptions } from '../../../common/suiteModel.ts';
import type { SuiteSource } from '../../../suites/planRun.ts';
import type { SuiteRuns } from '../suiteRuns.ts';

/**
 * Runs a suite until its signal is aborted; what is to become of a batch is asked then by `stopAsked`, unless the window closes.
 * The run goes on if the user keeps it.
 */
export async function* runUntilAsked(
	runs: Pick<SuiteRuns, 'run'>,
	stopAsked: (runId: string) => Promise<void>,
	source: SuiteSource,
	{ signal, ...options }: SuiteRunOptions,
): AsyncGenerator<SuiteRunEvent> {
	const stopping = new AbortController();
	let runId: string | undefined;
	const stop = () => {
		if (runId === undefined || signal?.reason === leaveBatches) {
			stopping.abort(signal?.reason);
		} else {
			void stopAsked(runId);
		}
	};
	signal?.addEventListener('abort', stop, { once: true });
	if (signal?.aborted) {
		stop();
	}
	try {
		for await (const event of runs.run(source, { ...options, signal: stopping.signal })) {
			if (event.type === 'plan') {
				runId = event.runId;
			}
			yield event;
		}
	} finally {
		signal?.removeEventListener('abort', stop);
	}
}
