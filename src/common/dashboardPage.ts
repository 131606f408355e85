import type { Interval } from './comparison.ts';

/** What the page of the dashboard requests from its host, and what the host sends back. */

/** Days that the dashboard can look back; 0 for all. */
export const dashboardPeriods = [7, 30, 90, 365, 0] as const;

export interface DashboardFilter {
	/** A folder with those below it; empty for all. */
	folder: string;
	/** Empty for all. */
	tag: string;
	/** `provider/model`; empty for all. */
	model: string;
	/** One of `dashboardPeriods`. */
	days: number;
}

/** The pass rate of one variant in one run. */
export interface DashboardPoint {
	runId: string;
	startedAt: string;
	/** Label of the variant. */
	series: string;
	passed: number;
	of: number;
	errors: number;
	rate: number;
	interval: Interval;
}

/** What the tests of a draft by real models came to. */
export interface TestTotals {
	tests: number;
	/** Ratings, and their mean; null without one. */
	ratings: number;
	rating: number | null;
	/** Means of the tests for which they are known; null without one. */
	milliseconds: number | null;
	outputTokens: number | null;
}

/** What the answers of runs by real models took, as far as their runs have stored it; null where none has. */
export interface AnswerTotals {
	/** Median; over several runs, the weighted median of theirs. */
	milliseconds: number | null;
	/** Means. */
	inputTokens: number | null;
	outputTokens: number | null;
}

/** A draft, a prompt of the library, or a suite file. */
export interface DashboardRow {
	/** `draft:<id>`, `prompt:<name>`, or the URI of a suite file. */
	key: string;
	kind: 'draft' | 'prompt' | 'file';
	name: string;
	folder: string;
	tags: string[];
	hasSuite: boolean;
	/** Runs in the period. */
	runs: number;
	answers: AnswerTotals;
	/** Of the newest runs, oldest first. */
	points: DashboardPoint[];
	/** The newest run in the period; null if there is none. */
	newest: { runId: string; startedAt: string } | null;
	/** Null without tests. */
	tests: TestTotals | null;
	/** US dollars of runs and tests with a known price, and whether a price was unknown. */
	costUsd: number;
	isCostPartial: boolean;
	/** Versions that are newer than the newest run of all; null if it was never run, or is a file. */
	versionsSince: number | null;
}

/** What one model was used for in the period. */
export interface DashboardModel {
	model: string;
	runs: number;
	answers: number;
	tests: number;
	costUsd: number;
	isCostPartial: boolean;
}

export interface DashboardView {
	/** Those with the newest runs first. At most `maxDashboardRows`; `total` is the number of all. */
	rows: DashboardRow[];
	total: number;
	models: DashboardModel[];
	/** Drafts and prompts that have no suite. */
	withoutSuite: number;
	/** What can be filtered by, of all records. */
	choices: { folders: string[]; tags: string[]; models: string[] };
}

export const maxDashboardRows = 200;

/** A case that did not pass in the newest run of its suite. */
export interface FailingCase {
	runId: string;
	/** Name of the draft, prompt or file. */
	of: string;
	name: string;
	/** Answers that failed, of those with a verdict, over all variants. */
	failed: number;
	answers: number;
}

export type DashboardProtocol = {
	requests: {
		snapshot: { params: null; result: { locale: string; show: null } };
		view: { params: { filter: DashboardFilter }; result: DashboardView };
		/** Reads the trials of the newest runs, which takes longer. */
		failing: { params: { filter: DashboardFilter }; result: FailingCase[] };
		openReport: { params: { runId: string }; result: null };
		/** Opens the draft, prompt or file of a row. */
		open: { params: { key: string }; result: null };
		newSuite: { params: { key: string }; result: null };
	};
	events: {
		/** Something has changed: what is shown is to be fetched again. */
		changed: null;
		show: null;
	};
};
