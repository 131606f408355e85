/**
 * The trials of a run as they stand: when a run is resumed, a trial that ended in an error is run again under the same id,
 * and the later one counts.
 */
export function latestTrials<Trial extends { trialId: string }>(trials: readonly Trial[]): Trial[] {
	return [...new Map(trials.map((trial) => [trial.trialId, trial])).values()];
}
