import { AppError } from '../../../src/common/errors.ts';
import type { StoredTrial, SuiteRun } from '../../../src/common/suiteModel.ts';
import { openBatchFiles } from '../../../src/suites/batch/batchFiles.ts';
import { openRatingFiles } from '../../../src/suites/blind/ratingFiles.ts';
import type { RunFiles, RunLog, RunPins, RunRecords, TrialSummary } from '../../../src/suites/suiteContext.ts';
import { SimulatedFiles } from '../storage/simulatedFiles.ts';

interface MemoryRun {
	pins: string;
	/** As JSON, in the order in which they became durable. */
	trials: string[];
}

/** Run files and rows in memory. A test can make writes fail, and look at what is there. */
export class MemoryRuns {
	readonly disk = new SimulatedFiles();
	readonly runs = new Map<string, MemoryRun>();
	readonly rows = new Map<string, SuiteRun>();
	/** `performance.now()` of each row that was written. */
	readonly puts: number[] = [];
	/** Called before each append; what it throws is what the append rejects with. */
	beforeAppend: (trial: StoredTrial) => void | Promise<void> = () => undefined;
	beforePut: (run: SuiteRun) => void = () => undefined;
	open = 0;

	readonly files: RunFiles = {
		create: async (pins) => {
			this.runs.set(pins.runId, { pins: JSON.stringify(pins), trials: [] });
			return this.#log(pins.runId);
		},
		open: async (runId) => {
			const pins = await this.files.pins(runId);
			return { pins, trials: await this.files.trials(runId), log: this.#log(runId) };
		},
		pins: async (runId) => JSON.parse(this.#run(runId).pins) as RunPins,
		trials: async (runId) => this.trials(runId).map(summaryOf),
		trial: async (runId, trialId) => {
			const found = this.trials(runId).findLast((trial) => trial.trialId === trialId);
			if (!found) {
				throw new AppError('not-found', `No trial ${trialId}`);
			}
			return found;
		},
		batches: (runId) => openBatchFiles(`/runs/${runId}`, this.disk),
		ratings: (runId) => openRatingFiles(`/runs/${runId}`, this.disk),
		list: async () => [...this.runs.keys()],
		remove: async (runId) => void this.runs.delete(runId),
	};

	readonly records: RunRecords = {
		put: async (run) => {
			this.beforePut(run);
			this.puts.push(performance.now());
			this.rows.set(run.runId, structuredClone(run));
		},
		get: async (runId) => {
			const run = this.rows.get(runId);
			if (!run) {
				throw new AppError('not-found', `No run ${runId}`);
			}
			return structuredClone(run);
		},
		list: async ({ suite } = {}) =>
			[...this.rows.values()].filter((run) => suite === undefined || run.suite === suite).reverse(),
	};

	/** All trials in the log of a run. */
	trials(runId: string): StoredTrial[] {
		return this.#run(runId).trials.map((text) => JSON.parse(text) as StoredTrial);
	}

	#run(runId: string): MemoryRun {
		const run = this.runs.get(runId);
		if (!run) {
			throw new AppError('not-found', `No run ${runId}`);
		}
		return run;
	}

	#log(runId: string): RunLog {
		this.open++;
		return {
			append: async (trial) => {
				const text = JSON.stringify(trial);
				await this.beforeAppend(trial);
				this.#run(runId).trials.push(text);
			},
			close: async () => void this.open--,
		};
	}
}

function summaryOf(trial: StoredTrial): TrialSummary {
	const { turn: _turn, earlier: _earlier, requests: _requests, citations: _citations, output, ...summary } = trial;
	return { ...summary, preview: output.slice(0, 200) };
}
