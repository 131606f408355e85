import type { FixtureMessage } from '../common/api.ts';
import type { PromptKind, ThinkingLevel } from '../common/model.ts';
import type { PromptReference, StoredTrial, SuiteRun } from '../common/suiteModel.ts';
import type { Tool } from '../common/tools.ts';
import type { PromptTool, PromptVariable } from '../prompts/promptMetadata.ts';
import type { Models } from '../providers/provider.ts';
import type { TopicIndex } from '../topics/contract.ts';
import type { BatchFiles } from './batch/batchFiles.ts';
import type { RatingFiles } from './blind/ratingFiles.ts';
import type { CaseText } from './reading/readCaseFile.ts';
import type { Sandbox } from './sandbox.ts';

/** What the suites room needs from the editor or the command line. */
export interface SuiteContext {
	models(): Models;
	readonly topics: Pick<TopicIndex, 'list' | 'openTools'>;
	/**
	 * Finds a prompt as a suite at `suiteUri` names it. Rejects with `not-found`, and with `validation` if a name belongs to
	 * several drafts.
	 */
	resolvePrompt(reference: PromptReference, suiteUri: string): Promise<ResolvedPrompt>;
	/** The text of a case file, given its path relative to the suite. Rejects if it leaves the folder of the workspace. */
	readCaseFile(path: string, suiteUri: string): Promise<CaseText>;
	/** Where the cases of a run are kept in a file while it goes on; without it they are kept in memory. */
	readonly scratchFolder?: string;
	/** The messages of a recorded conversation. */
	conversation(fixture: string, section?: string, label?: string): Promise<FixtureMessage[]>;
	readonly records: RunRecords;
	readonly files: RunFiles;
	readonly sandbox: Sandbox;
	settings(): {
		/** Trials at once, 1 to 64. */
		concurrency: number;
		maxTokens: number;
		thinking: ThinkingLevel;
		/** `provider/model`; undefined until one is chosen. */
		judgeModel: string | undefined;
	};
	/** Asks for a model if none is given. */
	chooseModel(purpose: 'test' | 'judge', given: string | undefined, signal?: AbortSignal): Promise<string>;
	/** Claims a name among all windows; undefined while another one has it. */
	claim(name: string): Promise<(() => Promise<void>) | undefined>;
	/** Tools of the editor that may be offered, already wrapped so that each call is confirmed. */
	editorTools?(names: readonly string[], signal: AbortSignal): Promise<Tool[]>;
	now(): Date;
	/** Waits before a batch is asked about again; default: the clock of the system. Resolves early at an abort. */
	wait?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** A prompt under test, pinned by its hash. */
export interface ResolvedPrompt {
	reference: PromptReference;
	/** Short name for people, which becomes part of the variant's label. */
	label: string;
	text: string;
	/** SHA-256 of `text` in hexadecimal digits. */
	hash: string;
	kind: PromptKind;
	variables: PromptVariable[];
	tools: PromptTool[];
	promptRole: 'system' | 'user';
	/** What its own tests were last made with, if it is a draft that has any. */
	model?: string;
	thinking?: ThinkingLevel;
	topic?: string;
}

/** The rows of runs: in the store of the editor, or in a file of the command line. */
export interface RunRecords {
	/** Adds a run or replaces one with the same id. */
	put(run: SuiteRun): Promise<void>;
	/** Rejects with `not-found`. */
	get(runId: string): Promise<SuiteRun>;
	/** Newest first. */
	list(filter?: { suite?: string }): Promise<SuiteRun[]>;
}

/** What a run was started with, and what a resumed one goes on with: nothing is read again. Plain JSON. */
export interface RunPins {
	format: 1;
	runId: string;
	suite: string;
	suiteText: string;
	/** The planned run in the form of the engine. */
	plan: unknown;
}

/** The trials of runs: one append-only folder `runs/<runId>` each. Errors are `AppError('storage')`. */
export interface RunFiles {
	/** Rejects if the run is there already. */
	create(pins: RunPins): Promise<RunLog>;
	/** Opens a run to go on with it; a trial that was only half written is cut off. */
	open(runId: string): Promise<{ pins: RunPins; trials: TrialSummary[]; log: RunLog }>;
	/** Rejects with `not-found`. */
	pins(runId: string): Promise<RunPins>;
	/**
	 * All trials in the order in which they ended. The answers are left out: `trial` has them. What was run again, or got the
	 * verdict of a person, is in it more than once under the same id: `latestTrials` has the ones that count.
	 */
	trials(runId: string): Promise<TrialSummary[]>;
	trial(runId: string, trialId: string): Promise<StoredTrial>;
	/** The files of a run's batches. */
	batches(runId: string): BatchFiles;
	/** Blind ratings of the run's answers. */
	ratings(runId: string): RatingFiles;
	/** Ids of all runs that have files. */
	list(): Promise<string[]>;
	remove(runId: string): Promise<void>;
}

/**
 * A stored trial without its answer, for tables and for resuming. `query` is the beginning of the question, and the
 * assertions are without what judges were asked and answered.
 */
export type TrialSummary = Omit<StoredTrial, 'turn' | 'earlier' | 'requests' | 'citations' | 'output'> & {
	/** The beginning of the answer. */
	preview: string;
};

export interface RunLog {
	/** Resolves when the trial is durable, at most 0.5 s later; many trials share one write. Rejects with `storage`. */
	append(trial: StoredTrial): Promise<void>;
	/** Waits for what was appended and closes the files. */
	close(): Promise<void>;
}
