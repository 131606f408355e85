import type { StoredTrial } from '../common/suiteModel.ts';
import { latestTrials } from './latestTrials.ts';
import type { RunFiles, SuiteContext } from './suiteContext.ts';

/** Earlier runs of a suite whose answers are looked at, newest first. */
const maxRuns = 20;

/** Answers of earlier runs by the hash of their request. Each is used once: repeats of a case get different answers. */
export class AnswerReuse {
	readonly #files: RunFiles;
	readonly #found: Map<string, { runId: string; trialId: string }[]>;

	private constructor(files: RunFiles, found: Map<string, { runId: string; trialId: string }[]>) {
		this.#files = files;
		this.#found = found;
	}

	/** Looks at the earlier runs of a suite. */
	static async open(
		{ records, files }: Pick<SuiteContext, 'records' | 'files'>,
		suite: string,
		runId: string,
	): Promise<AnswerReuse> {
		const found = new Map<string, { runId: string; trialId: string }[]>();
		const stored = new Set(await files.list());
		const runs = (await records.list({ suite })).filter((run) => run.runId !== runId && stored.has(run.runId));
		for (const run of runs.slice(0, maxRuns)) {
			for (const { requestHash, trialId, verdict, reused, latencyMs, usage } of latestTrials(
				await files.trials(run.runId),
			)) {
				if (verdict !== 'error' && !reused && (latencyMs !== null || usage !== null)) {
					const same = found.get(requestHash) ?? [];
					same.push({ runId: run.runId, trialId });
					found.set(requestHash, same);
				}
			}
		}
		return new AnswerReuse(files, found);
	}

	/** How many answers to an identical request were not taken yet. */
	count(requestHash: string): number {
		return this.#found.get(requestHash)?.length ?? 0;
	}

	/** An answer to an identical request that was not taken yet. */
	async take(requestHash: string): Promise<StoredTrial | undefined> {
		const next = this.#found.get(requestHash)?.shift();
		return next && (await this.#files.trial(next.runId, next.trialId));
	}
}
