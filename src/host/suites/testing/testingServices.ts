import type * as vscode from 'vscode';
import type { Comparison } from '../../../common/comparison.ts';
import type { PromptReference, SuiteRun, SuiteRunEvent, SuiteRunOptions } from '../../../common/suiteModel.ts';
import type { PlannedRun } from '../../../suites/plannedRun.ts';
import type { SuiteSource } from '../../../suites/planRun.ts';
import type { MutedPrompt } from '../../../suites/coverage/mutedContext.ts';
import type { SuiteReading } from '../../../suites/suite.ts';
import type { ConfirmOptions } from '../confirmOptions.ts';
import type { TrialSummary } from '../../../suites/suiteContext.ts';

/** What VS Code's tests are made of. */
export type TestObjects = Pick<
	typeof vscode,
	| 'FileCoverage'
	| 'Location'
	| 'Position'
	| 'Range'
	| 'StatementCoverage'
	| 'TestCoverageCount'
	| 'TestMessage'
	| 'TestRunRequest'
	| 'TestTag'
	| 'Uri'
>;

/** Where a suite is listed: a folder of the workspace, or the store. */
export interface TestGroup {
	id: string;
	label: string;
	/** Of a folder. */
	uri?: vscode.Uri;
}

export interface ListedTests {
	uri: string;
	/** The URI of the document that shows it. */
	document: string;
	name: string;
	group: TestGroup;
}

export type RunCaps = Pick<SuiteRunOptions, 'maxCostUsd' | 'maxCalls' | 'batch'>;

/** What the Test Explorer needs of suites and of VS Code. */
export interface TestingServices {
	controller: vscode.TestController;
	objects: TestObjects;
	/** All suites, each once. */
	list: () => Promise<ListedTests[]>;
	/** The saved text. Rejects with `not-found` if the suite is gone. */
	source: (uri: string) => Promise<SuiteSource>;
	/** After its open document was saved. */
	savedSource: (uri: string) => Promise<SuiteSource>;
	read: (source: SuiteSource) => Promise<SuiteReading>;
	/** Of the text of a prompt as it is saved; undefined if there is no such prompt. */
	promptHash: (reference: PromptReference, suite: string) => Promise<string | undefined>;
	/** The prompt that the user chooses if the suite names none and a case needs one. */
	chosenVariants: (source: SuiteSource) => Promise<Pick<SuiteRunOptions, 'variants'>>;
	plan: (source: SuiteSource, options: SuiteRunOptions) => Promise<PlannedRun>;
	/** The limits of a run, after the user's consent if it needs one, and whether it is a batch. Rejects with `cancelled`. */
	confirm: (source: SuiteSource, plan: PlannedRun, options: ConfirmOptions) => Promise<RunCaps>;
	/** An abort asks what is to become of a batch, unless its reason is `leaveBatches`. */
	run: (source: SuiteSource, options: SuiteRunOptions) => AsyncIterable<SuiteRunEvent>;
	/** Runs a suite with prompts without some of their rules, by the references under which it asks for them. */
	runMuted: (
		source: SuiteSource,
		options: SuiteRunOptions,
		prompts: ReadonlyMap<PromptReference, MutedPrompt>,
	) => AsyncIterable<SuiteRunEvent>;
	/** Requests that rule coverage of a suite may make. */
	maxCoverageCalls: () => number;
	/** The document that shows a prompt. Rejects with `not-found`. */
	promptDocument: (reference: PromptReference, suite: string) => Promise<vscode.Uri>;
	/** US dollars that runs after saving may cost together. */
	maxCostUsd: () => number;
	/** Newest first. */
	storedRuns: (suite: string) => Promise<SuiteRun[]>;
	trials: (runId: string) => Promise<TrialSummary[]>;
	/** Run B against run A. Rejects as `compareRuns` does. */
	compare: (runA: string, runB: string) => Promise<Comparison>;
	/** Opens the comparison of two runs. */
	showComparison: (runA: string, runB: string) => void;
	onFailed: (error: unknown) => void;
}
