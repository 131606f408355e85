import type { BatchProgress } from '../../common/suiteModel.ts';
import type { AnswerReuse } from '../answerReuse.ts';
import type { EarlierTrial } from '../earlierTrials.ts';
import type { SpooledRun } from '../plannedRun.ts';
import type { RunBudget } from '../runBudget.ts';
import type { SuiteContext } from '../suiteContext.ts';
import type { TrialOrder } from '../trialOrder.ts';

/** What the batches of a run have to do with the rest of it. */
export interface BatchRunOptions {
	context: SuiteContext;
	runId: string;
	planned: SpooledRun;
	order: TrialOrder;
	budget: RunBudget;
	earlier: ReadonlyMap<number, EarlierTrial>;
	reuse?: AnswerReuse | undefined;
	/** What can be part of a batch becomes one; otherwise only batches that were sent before are gone on with. */
	isBatched: boolean;
	onProgress(progress: BatchProgress): void;
	/** Resolves when all trials that have ended are durable. */
	settled(): Promise<void>;
}
