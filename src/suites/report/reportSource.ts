import type { RunVariant, StoredTrial, SuiteRun } from '../../common/suiteModel.ts';
import type { RunDocument } from '../export/readRunDocument.ts';
import type { VariantReport } from '../export/reportedRun.ts';
import { latestTrials } from '../latestTrials.ts';
import type { PlannedRun } from '../plannedRun.ts';
import type { StoredRatings } from '../blind/ratingFiles.ts';
import { trialSummary } from '../runLog/trialSummary.ts';
import type { SuiteContext, TrialSummary } from '../suiteContext.ts';

/** A run with everything but its answers. */
export interface LoadedRun {
	run: SuiteRun;
	plan: PlannedRun;
	/** Each trial once. */
	trials: TrialSummary[];
}

/** Where a report comes from: a stored run, or the document of one. */
export interface ReportSource {
	load(): Promise<LoadedRun>;
	/** The complete trials with these ids, in this order. */
	trials(ids: readonly string[]): Promise<StoredTrial[]>;
	/** The blind ratings that a document holds; those of a stored run are read when it is compared. */
	readonly ratings?: readonly StoredRatings[];
}

/** A stored run. Rejects with `not-found` and `storage`. */
export function storedSource({ records, files }: Pick<SuiteContext, 'records' | 'files'>, runId: string): ReportSource {
	return {
		async load() {
			const [run, { plan }, trials] = await Promise.all([
				records.get(runId),
				files.pins(runId),
				files.trials(runId),
			]);
			return { run, plan: plan as PlannedRun, trials: latestTrials(trials) };
		},
		trials: (ids) => Promise.all(ids.map((id) => files.trial(runId, id))),
	};
}

/** A run that was read from its document, which is read again for each answer: it may be larger than memory. */
export function documentSource({
	run: { ratings = [], ...run },
	pins,
	trials,
}: RunDocument): ReportSource & { run: () => Promise<SuiteRun> } {
	const stored = { ...run, variants: run.variants.map(row) };
	return {
		ratings,
		run: async () => stored,
		async load() {
			const summaries: TrialSummary[] = [];
			for await (const trial of trials()) {
				summaries.push(trialSummary(trial));
			}
			return { run: stored, plan: pins.plan, trials: summaries };
		},
		async trials(ids) {
			const found = new Map<string, StoredTrial>();
			for await (const trial of trials()) {
				if (ids.includes(trial.trialId)) {
					found.set(trial.trialId, trial);
				}
				if (found.size === ids.length) {
					break;
				}
			}
			return ids.flatMap((id) => found.get(id) ?? []);
		},
	};
}

/** A variant as a row of the store has it. Its rate is counted from the trials. */
function row({ of: _of, rate: _rate, interval: _interval, unit: _unit, ...variant }: VariantReport): RunVariant {
	return variant;
}
