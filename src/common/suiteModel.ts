import type { Citation, ThinkingLevel } from './model.ts';
import type { RatedVariant } from './comparison.ts';
import type { Turn, TurnError, Usage } from './turn.ts';

/** The words of test suites as the public API, the panels and the command line use them. Plain JSON. */

/** An error (of a provider, a grader or the case itself) is neither a pass nor a failure and never enters a rate. */
export const verdicts = ['pass', 'fail', 'error'] as const;
export type Verdict = (typeof verdicts)[number];

/** What one grader found. */
export interface AssertionResult {
	/** As the suite names it, with `not-` if it is negated. */
	type: string;
	/** The name under which its scores are added up, if the suite gives one. */
	metric?: string;
	pass: boolean;
	/** 0 to 1. */
	score: number;
	reason: string;
	weight: number;
	/** The grader could not decide, and `reason` says why: the verdict of the trial is `error`. */
	error?: true;
	/** The assertions of a set. */
	components?: AssertionResult[];
	/** What a judge was asked and answered; a pairwise judge answers twice, once in each order. */
	judged?: { model: string; request: string; answer: string }[];
	/** A question to the user that is still open. */
	open?: true;
}

export interface TrialCase {
	/** Unique in its suite. */
	name: string;
	/** SHA-256 of what the case asks and how it is graded, in hexadecimal digits. */
	hash: string;
	/** Position in the suite, from 0. */
	index: number;
}

/** One answer of one variant to one case, with its verdict. */
export interface Trial {
	trialId: string;
	case: TrialCase;
	/** Label of the variant. */
	variant: string;
	/** From 1. */
	repeat: number;
	verdict: Verdict;
	/** Weighted mean of the assertions, 0 to 1. */
	score: number;
	assertions: AssertionResult[];
	/** The text of the answer. */
	output: string;
	/** Milliseconds from the request to the end of the answer; null for a recorded answer whose time nobody knows. */
	latencyMs: number | null;
	timeToFirstTokenMs: number | null;
	usage: Usage | null;
	/** US dollars, with what judges cost; null if a price is unknown. */
	costUsd: number | null;
	/** The answer was taken from an earlier trial with the same request, so this one is not counted as a further one. */
	reused: boolean;
	/** Why the verdict is `error`. */
	error?: TurnError;
	endedAt: string;
}

/** A trial as it is stored: with everything that its answer consisted of. */
export interface StoredTrial extends Trial {
	/** The answer with its thinking and tool calls; absent for a recorded answer. */
	turn?: Turn;
	/** The question as it was sent, its variables filled in; of a scripted conversation the last one. */
	query: string;
	/** Of a scripted conversation: the questions and answers before the last one. */
	earlier?: { query: string; turn: Turn }[];
	citations?: Citation[];
	/** SHA-256 of everything that decides the answer; an answer is reused only under the same hash. */
	requestHash: string;
	/** The exact requests, with keys masked, as `SentRequest[]` in JSON; absent if nothing was sent. */
	requests?: string;
}

/** Which prompt a variant uses: `draft:`, `library:`, `version:` or `file:` and its name; null for recorded answers. */
export type PromptReference = string;

export interface VariantRequest {
	prompt?: PromptReference;
	/** `provider/model`. */
	model?: string;
	thinking?: ThinkingLevel;
}

/** A prompt with model and thinking, and what a run found about it so far. */
export interface RunVariant {
	/** Unique in its run. */
	label: string;
	prompt: PromptReference | null;
	/** SHA-256 of the prompt text in hexadecimal digits; null for recorded answers. */
	promptHash: string | null;
	/** Null for recorded answers. */
	model: string | null;
	/** False for the built-in guide, whose answers enter no statistic. True for recorded answers. */
	isModel: boolean;
	thinking: ThinkingLevel | null;
	passed: number;
	failed: number;
	errors: number;
	reused: number;
	/** US dollars; null if a price is unknown. */
	costUsd: number | null;
	/**
	 * Pass rate, the mean over the cases, and how many answers to different cases the answers are worth (room statistics).
	 * Absent without an answer that has a verdict, for the built-in guide, and for runs of older versions.
	 */
	rate?: number;
	worth?: number;
	/** Absent while the run is going on, if nothing was measured, and for runs of older versions. */
	measures?: RunMeasures;
}

/** What the answers of a variant took, those of earlier runs and errors included as far as they were measured. */
export interface RunMeasures {
	/** Of all answers together whose tokens are known, and how many these are. */
	inputTokens: number;
	outputTokens: number;
	withTokens: number;
	/** Median in milliseconds of the answers whose time is known; null without one. */
	medianMs: number | null;
	withTime: number;
}

/**
 * `running`: it is, in this window or another. `interrupted`: the process ended in the middle. `stopped`: by the user, or early.
 * `capped`: the limit of money or calls was reached. `failed`: it could not go on, and `reason` says why.
 */
export const runStatuses = ['running', 'complete', 'stopped', 'capped', 'failed', 'interrupted'] as const;
export type RunStatus = (typeof runStatuses)[number];

export interface SuiteRun {
	runId: string;
	/** URI of the suite. */
	suite: string;
	suiteName: string;
	/** SHA-256 of the suite's text when the run began. */
	suiteHash: string;
	startedAt: string;
	endedAt: string | null;
	status: RunStatus;
	/** Why it failed, was capped or stopped by itself, or what a running one waits for. */
	reason?: string;
	/** Planned trials, and those that have ended. */
	trials: number;
	done: number;
	/** Requests to models, judges and retries included. */
	calls: number;
	costUsd: number | null;
	maxCostUsd: number | null;
	maxCalls: number | null;
	variants: RunVariant[];
	/** Another tool made it, so it cannot go on here. Absent for any other. */
	isImported?: boolean;
	/** When it was made the baseline of its prompt; absent if it is not. Changed by `blessBaseline` alone. */
	blessedAt?: string;
}

/** A run in a list. */
export type RunSummary = Pick<SuiteRun, 'runId' | 'suite' | 'startedAt' | 'status' | 'trials'> & {
	/** Labels. */
	variants: string[];
};

/** A run with its trials, in the order in which they ended; a trial that was run again is there once. */
export interface RunDetails extends Omit<SuiteRun, 'trials' | 'variants'> {
	/** Planned trials. */
	planned: number;
	variants: (Omit<RunVariant, 'rate' | 'worth'> & RatedVariant)[];
	trials: Trial[];
}

/** How the batches of a run stand. */
export interface BatchProgress {
	/** `submitting`: at least one is on its way to its provider. `waiting`: all are there. `ended`: everything has arrived. */
	state: 'submitting' | 'waiting' | 'ended';
	/** Trials that are part of a batch, and those that are done; some providers say so only at the end. */
	requests: number;
	done: number;
	/** Why a provider cannot be asked now; it is asked again. */
	trouble?: string;
}

/** What a run takes if what can be asked in a batch is, and what it takes if nothing is. */
export interface BatchPlan {
	/** The run is planned this way. */
	isChosen: boolean;
	/** Trials that can be part of a batch, and those that are asked one by one: several requests, tools, judges or times. */
	trials: number;
	live: number;
	/** Hours after which what was not answered expires. */
	hours: number;
	/** US dollars of the whole run, with and without batches; absent if a price is unknown. */
	costUsd?: number;
	liveCostUsd?: number;
}

/** What a run will take. */
export interface RunPlan {
	runId: string;
	trials: number;
	/** Requests to models, judges included; tool rounds and retries come on top. */
	calls: number;
	/** Estimated tokens. */
	inputTokens: number;
	/** US dollars; absent if the price of a model is unknown. */
	costUsd?: number;
	/** Date of the price list that the cost comes from, if the price is from a list of this product. */
	priceDate?: string;
	/** Absent if no model of the run has a batch API. */
	batch?: BatchPlan;
}

export type RunStopReason = 'stop' | 'cancelled' | 'cap' | 'error';

/** Order: one `plan`, a `trial` for each that ends and a `batch` whenever batches stand differently, `run` with the final counts, and one `done`, which is always last. */
export type SuiteRunEvent =
	| ({ type: 'plan' } & RunPlan)
	| { type: 'trial'; trial: Trial }
	| { type: 'batch'; batch: BatchProgress }
	| { type: 'run'; run: SuiteRun }
	| { type: 'done'; stopReason: RunStopReason; error?: TurnError };

export interface SuiteRunOptions {
	/** Instead of the prompt, models and thinking that the suite names; an absent field is the suite's. */
	variants?: VariantRequest[];
	repeat?: number;
	filter?: {
		/** Cases with any of these tags. */
		tags?: string[];
		names?: string[];
		/** Run whose failed and erroneous cases are run again; `last` is the newest of the suite. */
		failedFrom?: string;
	};
	/** US dollars. */
	maxCostUsd?: number;
	maxCalls?: number;
	/** Takes answers from earlier runs whose request was identical. */
	reuse?: boolean;
	/**
	 * Asks through the batch APIs of providers, for about half the price within up to 24 hours, whatever can be asked so.
	 * A Stop cancels the batches, unless the reason of the signal is `leaveBatches`.
	 */
	batch?: boolean;
	/**
	 * Compares the two variants after every case, and ends as soon as it is clear which is better. The rule that is always valid decides
	 * from the start, whether the run ends early or not.
	 */
	stopEarly?: boolean;
	signal?: AbortSignal;
}

/** Reason of an abort that lets batches go on at their providers: the resumed run gets their answers. */
export const leaveBatches = 'leave-batches';

/** `json` is the whole run, which can be opened again; `junit` is XML for CI; `md` and `html` are for people. */
export const reportFormats = ['json', 'junit', 'csv', 'md', 'html'] as const;
export type ReportFormat = (typeof reportFormats)[number];

/** Lines and columns count from 1; columns are in UTF-16 code units. */
export interface SuiteProblem {
	line: number;
	column: number;
	message: string;
	/** A file other than the suite's own, relative to it. */
	file?: string;
	severity?: 'error' | 'warning';
	/** The published JSON Schema says it too. */
	bySchema?: true;
}

export interface ListedSuite {
	/** Its URI. */
	id: string;
	name: string;
	uri: string;
	/** As the suite names it; null if it is chosen at the run. */
	prompt: PromptReference | PromptReference[] | null;
	/** Number of cases. */
	cases: number;
	problems: SuiteProblem[];
}
