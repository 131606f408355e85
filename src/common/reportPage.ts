import type { Comparison, Interval, RatedVariant } from './comparison.ts';
import type { ThinkingLevel } from './model.ts';
import type { RunStatus, SuiteRun } from './suiteModel.ts';
import type { CaseResult, ShownTrial } from './suitePage.ts';

/** What the page of a report requests from its host, and what the host sends back. */

/** Most rows of cases in one answer. */
export const reportRowsPage = 200;

/** What a run is compared with: another stored run, one of its own variants, or nothing. Null: what suits it best. */
export type Against = { kind: 'run'; runId: string } | { kind: 'variant'; label: string } | { kind: 'none' } | null;

/** Which cases are listed. `failed`: with an answer that did not pass; `error`: with one that has no verdict. */
export const reportShows = ['', 'improved', 'regressed', 'unchanged', 'flaky', 'failed', 'error'] as const;
export type ReportShow = (typeof reportShows)[number];

export interface ReportFilter {
	/** In names, tags and reasons; without regard to case. */
	text: string;
	show: ReportShow;
}

/** A variant of the run with what its answers have come to. */
export interface ReportVariant extends RatedVariant {
	prompt: string | null;
	model: string | null;
	isModel: boolean;
	thinking: ThinkingLevel | null;
	failed: number;
	reused: number;
	/** What the interval counts as one observation: with repeats it is the case. */
	unit: 'answer' | 'case';
	/** US dollars of all answers; null if a price is unknown. */
	costUsd: number | null;
	/** Medians of the answers of models, in milliseconds; null without one. */
	latencyMs: number | null;
	firstTokenMs: number | null;
	/** Means of the answers for which they are known; null without one. */
	outputTokens: number | null;
	thinkingTokens: number | null;
}

/** A comparison without the cases that it found: they are in the rows. */
export type ReportComparison = Pick<
	Comparison,
	'a' | 'b' | 'cases' | 'difference' | 'interval' | 'pValue' | 'verdict' | 'sentence' | 'notes' | 'level' | 'family'
>;

export interface ReportRun extends Omit<SuiteRun, 'variants' | 'suiteHash'> {
	variants: ReportVariant[];
}

export interface ReportView {
	run: ReportRun;
	/** What the run is compared with: never null. */
	against: NonNullable<Against>;
	/** The other run, if it is compared with one. */
	other: { runId: string; startedAt: string; isBaseline: boolean } | null;
	/** The baseline of the prompt, which can be chosen; null if there is none or it is this run. */
	baseline: { runId: string; startedAt: string } | null;
	/** With which each other variant is compared, or with the other run. */
	comparisons: ReportComparison[];
	/** Variants that have no case in common with what they would be compared with. */
	leftOut: string[];
	/** Why nothing is compared, although it was asked for. */
	problem: string | null;
	/** Number of cases that each filter shows. */
	counts: Record<ReportShow, number>;
	/** Grows when something has changed, so that rows of two revisions are not mixed. */
	revision: number;
}

/** How a case stands against what the run is compared with; `none`: it is not compared. */
export type CaseChange = 'improved' | 'regressed' | 'unchanged' | 'none';

export interface ReportRow {
	/** Position in the suite, from 0. */
	index: number;
	name: string;
	tags: string[];
	change: CaseChange;
	/** A variant both passed and failed it. */
	isFlaky: boolean;
	/** Of the other run, one for each of its variants; empty if it is compared with none. */
	before: CaseResult[];
	/** One for each variant. */
	results: CaseResult[];
	/** Why the first trial that did not pass failed; null if there is none. */
	reason: string | null;
}

/** A range of the cases that match a filter. */
export interface ReportRows {
	/** Index of the first of `rows` among the matching cases. */
	offset: number;
	rows: ReportRow[];
	matching: number;
	/** Number of all cases. */
	total: number;
	revision: number;
}

/** One answer beside the others. */
export interface ReportSide {
	variant: string;
	/** It is of the run that this one is compared with. */
	isOther: boolean;
	/** All answers of this variant to the case. */
	result: CaseResult;
	/** The answer of the shown repeat; null if there is none. */
	trial: ShownTrial | null;
}

export interface ReportCase {
	index: number;
	name: string;
	tags: string[];
	change: CaseChange;
	/** As written, with its variables; null if the case is a conversation or a recorded answer without a question. */
	query: string | null;
	/** As text; null if the case has no expected answer. */
	expected: string | null;
	/** The shown repeat, and how many there are. */
	repeat: number;
	repeats: number;
	/** What is compared with stands first. */
	sides: ReportSide[];
	revision: number;
}

/** The pass rate of one variant in one run of the suite. */
export interface TrendPoint {
	runId: string;
	startedAt: string;
	status: RunStatus;
	isBaseline: boolean;
	/** The variant of the shown run with the same prompt, model and thinking. */
	series: string;
	/** Of the text of the prompt in that run; null for recorded answers. */
	promptHash: string | null;
	passed: number;
	of: number;
	errors: number;
	rate: number;
	interval: Interval;
}

export type ReportRequests = {
	snapshot: { params: null; result: ReportSnapshot };
	/** What takes longer: it needs every trial of the run, and of the one that it is compared with. */
	view: { params: { against: Against }; result: ReportView };
	rows: {
		params: { against: Against; offset: number; count: number; filter: ReportFilter };
		result: ReportRows;
	};
	case: { params: { against: Against; index: number; repeat: number }; result: ReportCase };
	/** The runs of the suite over time, oldest first. */
	trend: { params: null; result: TrendPoint[] };
	openReport: { params: { runId: string }; result: null };
	/** The user's choice among the stored runs; null if none was chosen. */
	chooseRun: { params: null; result: { runId: string } | null };
	exportRun: { params: null; result: null };
	blessBaseline: { params: null; result: null };
	openSuite: { params: null; result: null };
	showTrialRequest: { params: { trialId: string; isOther: boolean }; result: null };
	/** Starts to search for the version at which the case of an answer of this run began to fail. */
	bisect: { params: { trialId: string }; result: null };
	/** Opens a text of an answer of which only the beginning is shown. */
	openText: { params: { trialId: string; isOther: boolean; index: number }; result: null };
	openLink: { params: { url: string }; result: null };
	copy: { params: { text: string }; result: null };
};

/** What the row of the run says, so that a page with many trials is not empty until they are read. */
export interface ReportSnapshot {
	/** Id of the run, or the address of the file that it was read from. */
	report: string;
	/** It is in the store, so it can be a baseline; else it was read from a file. */
	isStored: boolean;
	run: SuiteRun;
	locale: string;
	/** What a command has asked to show. */
	show: ReportToShow | null;
}

export interface ReportToShow {
	against: Against;
}

export type ReportProtocol = {
	requests: ReportRequests;
	events: {
		/** The run or its baseline has changed: what is shown is to be fetched again. */
		changed: null;
		show: ReportToShow;
	};
};
