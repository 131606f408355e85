import { latestTrials } from './latestTrials.ts';
import type { TrialSummary } from './suiteContext.ts';
import { slotNumber } from './trialOrder.ts';

/** What an earlier part of a run has left of a slot. */
export interface EarlierTrial {
	summary: TrialSummary;
	/** It ended in an error that another attempt may not have. */
	isRepeated: boolean;
}

/** The trials in a run's log by number of their slot. */
export function earlierTrials(trials: readonly TrialSummary[]): Map<number, EarlierTrial> {
	return new Map(
		latestTrials(trials).map((summary) => [
			slotNumber(summary.trialId),
			{ summary, isRepeated: isRepeated(summary) },
		]),
	);
}

/**
 * Faults of a provider, of the network and of judges are repeated, and so is what a Stop kept from being graded. A case that
 * cannot be rendered or a grader that cannot decide would only give the same error.
 */
function isRepeated({ verdict, error, assertions, latencyMs }: TrialSummary): boolean {
	const wasRefused = assertions.length === 0 && latencyMs !== null;
	return verdict === 'error' && (error?.code !== 'validation' || wasRefused);
}
