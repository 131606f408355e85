import type { SuiteRun } from '../../common/suiteModel.ts';

/** A suite with its runs, newest first. One that was deleted is shown as long as it has runs. */
export interface SuiteNode {
	kind: 'suite';
	/** Its URI. */
	suite: string;
	name: string;
	exists: boolean;
	runs: RunNode[];
}

export interface RunNode {
	kind: 'run';
	runId: string;
	run: SuiteRun;
	/** It is running in this window. */
	isHere: boolean;
}

export type SuitesNode = SuiteNode | RunNode;
