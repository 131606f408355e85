/**
 * The trials of a run as they stand: when a run is resumed, a trial that ended in an error is run again under the same id,
 * and the later one counts.
 */
export function latestTrials<Trial extends { trialId: string }>(trials: readonly Trial[]): Trial[] {
	const latest = new Map<string, Trial>();
	for (const trial of trials) {
		latest.set(trial.trialId, trial);
	}
	// Mostly there is nothing to leave out.
	return latest.size === trials.length ? [...trials] : [...latest.values()];
}
