import type { Citation } from './model.ts';
import type { ShownTurn } from './shownTurn.ts';
import type { SuiteProblem, SuiteRun, Trial, VariantRequest, Verdict } from './suiteModel.ts';

/** What the Suite tab of the Workshop's page requests from its host, and what the host sends back. */

/** Most rows of cases in one answer. */
export const suiteRowsPage = 200;

export interface SuiteFilter {
	/** In names, tags and reasons; without regard to case. */
	text: string;
	/** Cases with at least one such trial in the shown run; empty for all. */
	verdict: Verdict | '';
}

/** The suite of a draft and its runs. */
export interface SuiteView {
	/** Null if the draft has no suite. */
	uri: string | null;
	/** Number of cases, repeats not counted. */
	cases: number;
	/** At most `maxShownProblems`; `problemCount` is the number of all. */
	problems: SuiteProblem[];
	problemCount: number;
	/** The models that the suite names; empty if it runs with the test model. */
	models: string[];
	/** Newest first, at most `maxShownRuns`. */
	runs: SuiteRun[];
	/** A provider of the settings has a batch API. */
	hasBatch: boolean;
	/** Ids of the runs that are running in this window. */
	here: string[];
	/** Grows when cases or trials have changed, so that rows of two revisions are not mixed. */
	revision: number;
}

export const maxShownProblems = 20;
export const maxShownRuns = 50;

/** What the trials of one variant to one case have come to. */
export interface CaseResult {
	variant: string;
	passed: number;
	failed: number;
	errors: number;
	/** Planned repeats. */
	planned: number;
}

export interface CaseRow {
	/** Position in the suite, from 0. */
	index: number;
	name: string;
	tags: string[];
	assertions: number;
	/** Of the shown run, one for each variant; empty without a run. */
	results: CaseResult[];
	/** Why the first trial that did not pass failed; null if there is none. */
	reason: string | null;
}

/** A range of the cases that match a filter. */
export interface CaseRows {
	/** Index of the first of `rows` among the matching cases. */
	offset: number;
	rows: CaseRow[];
	matching: number;
	/** Number of all cases. */
	total: number;
	revision: number;
}

/** A trial with its answer; without a turn the answer is `output`. */
export interface ShownTrial extends Trial {
	query: string;
	turn: ShownTurn | null;
	/** Of a scripted conversation: what came before. */
	earlier: { query: string; turn: ShownTurn }[];
	citations: Citation[];
	hasRequest: boolean;
}

export interface CaseDetails {
	index: number;
	name: string;
	tags: string[];
	/** As written, with its variables; null if the case is a conversation or a recorded answer without a question. */
	query: string | null;
	/** As text; null if the case has no expected answer. */
	expected: string | null;
	trials: ShownTrial[];
	revision: number;
}

/** What the toolbar of the tab starts. */
export interface SuiteStart {
	/** Instead of what the suite names; null for the suite's own, else the test model. */
	variant: VariantRequest | null;
	/** Null for what the suite says. */
	repeat: number | null;
	/** Only cases that did not pass in this run. */
	failedFrom: string | null;
	/** Through the batch APIs of providers. */
	batch: boolean;
}

export type SuiteRequests = {
	suite: { params: null; result: SuiteView };
	/** Cases of a run as it was planned; of the suite if `runId` is null. */
	suiteRows: {
		params: { runId: string | null; offset: number; count: number; filter: SuiteFilter };
		result: CaseRows;
	};
	suiteCase: { params: { runId: string | null; index: number }; result: CaseDetails };
	/**
	 * Starts a run. Without `confirmed`, a batch or a run that needs the user's consent is not started: its plan, for people,
	 * is the answer, and whether it could be a batch instead.
	 */
	runSuite: {
		params: SuiteStart & { confirmed: boolean };
		result: { runId: string } | { plan: string; canBatch: boolean };
	};
	/** Asks for the two sides of a comparison and its plan. Answered when it has started. */
	runAb: { params: null; result: null };
	stopSuite: { params: { runId: string }; result: null };
	resumeSuite: { params: { runId: string }; result: null };
	newSuite: { params: null; result: null };
	openSuite: { params: { line: number | null }; result: null };
	/** Adds the newest test of the draft to the suite as a case. */
	keepLastTest: { params: null; result: null };
	/** Shows the report of a run. */
	openReport: { params: { runId: string }; result: null };
	showTrialRequest: { params: { runId: string; trialId: string }; result: null };
	/** Starts to search for the version at which the case of an answer began to fail. */
	bisect: { params: { runId: string; trialId: string }; result: null };
	/** The user's answer to a question of a trial, by the position of its assertion. */
	answerHuman: {
		params: { runId: string; trialId: string; assertion: number; pass: boolean };
		result: null;
	};
};
