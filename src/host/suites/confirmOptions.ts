import type { PlannedRun } from '../../suites/plannedRun.ts';

/** How the user is asked about the plan of a run. */
export interface ConfirmOptions {
	/** Asked in any case, instead of only where consent is needed. */
	question?: string;
	/** Shown with the plan. */
	note?: string | undefined;
	/** Plans the run as a batch, which the user is then offered. */
	planBatch?: () => Promise<PlannedRun>;
}
