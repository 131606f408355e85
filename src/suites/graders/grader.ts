import type { Citation, ThinkingLevel } from '../../common/model.ts';
import type { AssertionResult } from '../../common/suiteModel.ts';
import type { JsonSchema } from '../../common/tools.ts';
import type { StopReason, Turn, Usage } from '../../common/turn.ts';
import type { Assertion } from '../suite.ts';
import type { Sandbox } from '../sandbox.ts';

/** What a grader learns about an answer. Figures of a recorded answer are absent, not zero. */
export interface GradedAnswer {
	output: string;
	/** The prompt and the question as they were sent. */
	prompt: string;
	query: string;
	vars: Record<string, unknown>;
	expected?: unknown;
	metadata?: Record<string, unknown>;
	/** `provider/model`; null for a recorded answer. */
	model: string | null;
	turn?: Turn;
	toolCalls: { name: string; input: unknown }[];
	stopReason?: StopReason;
	latencyMs?: number;
	firstTokenMs?: number;
	usage?: Usage;
	/** US dollars; absent if a price is unknown. */
	costUsd?: number;
	/** Links of the answer, matched with what the tools returned; absent without tools of a topic. */
	citations?: Citation[];
	/** The answers of the other variants to the same case, by label: for pairwise graders. */
	others?: Record<string, string>;
}

/** Asks the judge for one JSON value of a schema. Rejects with an `AppError`: a `JudgeError` if there was an answer. */
export interface Judge {
	ask(request: {
		system: string;
		user: string;
		schema: { name: string; schema: JsonSchema };
		/** Says in one sentence what is wrong with a value; it is then rejected as `bad-response`. */
		check?: (value: unknown) => string | undefined;
		/** `provider/model` instead of the judge of the settings. */
		model?: string;
		thinking?: ThinkingLevel;
		/** The other variant of the case asks exactly the same, so that one answer serves both. */
		isShared?: boolean;
		signal: AbortSignal;
	}): Promise<{ value: unknown; judged: { model: string; request: string; answer: string }; costUsd: number | null }>;
}

export interface GraderContext {
	answer: GradedAnswer;
	sandbox: Sandbox;
	/** Undefined if judges may not be asked, as for recorded outputs on a machine without a model. */
	judge?: Judge;
	signal: AbortSignal;
	/** Of the members of a set, which are graded before it. */
	results?: readonly AssertionResult[];
}

/** What a grader found before it is negated and weighted. A grader that throws is an error of its trial. */
export type Grade = Pick<AssertionResult, 'pass' | 'score' | 'reason' | 'judged' | 'open'>;

/** An assertion whose texts are rendered with the variables of its case. */
export type RenderedAssertion = Assertion;

export interface Grader {
	type: string;
	/** One line for completion and the documentation. */
	summary: string;
	/** Of `value`, for completion and problems; undefined if the grader takes none. */
	value: JsonSchema | undefined;
	/** Whether `value` may be left out. */
	valueOptional?: boolean;
	/** What `threshold` means; undefined if the grader takes none. */
	threshold?: string;
	/** What `not-` does to the score; `flip` is 1 - score and the default. */
	negatedScore?: 'flip' | 'keep';
	/** Requests to the judge for one answer; default 0. */
	judgeCalls?: number;
	/** Whether the second of two variants asks its judge what the first has asked already. */
	isMirrored?(assertion: Assertion): boolean;
	/** Whether it compares the answers of all variants, so that it grades once they all are there. */
	needsOthers?: boolean;
	/** Graders that need no sandbox and no judge answer at once. */
	grade(assertion: RenderedAssertion, context: GraderContext): Grade | Promise<Grade>;
}
