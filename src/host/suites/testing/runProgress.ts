import type { RunNews } from '../suiteRuns.ts';

interface Going {
	runId: string;
	done: number;
	trials: number;
}

/** The runs of suites that are going on in this window. */
export class RunProgress {
	readonly #going = new Map<string, Going>();

	/** Takes news of a run. Returns whether what is shown has changed. */
	take({ runId, event }: Pick<RunNews, 'runId' | 'event'>): boolean {
		if (event.type === 'plan') {
			this.#going.set(runId, { runId, done: 0, trials: event.trials });
			return true;
		}
		if (event.type === 'done') {
			return this.#going.delete(runId);
		}
		const going = this.#going.get(runId);
		if (event.type === 'trial' && going) {
			going.done++;
			return true;
		}
		return false;
	}

	/** All of them together; undefined if there is none. `runId` is that of the newest. */
	get shown(): { runId: string; runs: number; done: number; trials: number } | undefined {
		const all = [...this.#going.values()];
		const newest = all.at(-1);
		return (
			newest && {
				runId: newest.runId,
				runs: all.length,
				done: all.reduce((sum, one) => sum + one.done, 0),
				trials: all.reduce((sum, one) => sum + one.trials, 0),
			}
		);
	}
}
