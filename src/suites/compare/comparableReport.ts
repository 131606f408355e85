import type { ReportedRun } from '../export/reportedRun.ts';
import type { PlannedRun } from '../plannedRun.ts';
import type { RunWithTrials } from './compareRuns.ts';
import { type ComparableTrial, plannedOf } from './side.ts';

/** A run for comparisons, with the part of a run that it is, if it is one. */
export interface ComparableReport extends RunWithTrials {
	shard: PlannedRun['shard'];
}

/** What comparisons need of a reported run: the answers themselves stay on disk. */
export async function comparableReport({ run, pinsText, trials }: ReportedRun): Promise<ComparableReport> {
	const kept: ComparableTrial[] = [];
	for await (const { trialId, case: one, variant, verdict, reused, requestHash } of trials()) {
		kept.push({ trialId, case: one, variant, verdict, reused, requestHash });
	}
	const pieces: string[] = [];
	for await (const piece of pinsText()) {
		pieces.push(piece);
	}
	const { plan } = JSON.parse(pieces.join('')) as { plan: PlannedRun };
	return { run: { ...run, ...plannedOf(plan) }, trials: kept, shard: plan.shard };
}
