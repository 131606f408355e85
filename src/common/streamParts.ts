import type { ErrorCode } from './errors.ts';
import type { TestResult } from './model.ts';

/** How a turn ended. `unknown`: the provider does not say (an editor model, for example). */
export type StopReason = 'stop' | 'length' | 'tools' | 'refusal' | 'cancelled' | 'error' | 'unknown';

/** Token counts as the provider reported them; an absent field is unknown, never zero. */
export interface Usage {
	/** All input tokens, cached ones included. */
	inputTokens?: number;
	outputTokens?: number;
	/** Part of `outputTokens` that was thinking. */
	thinkingTokens?: number;
	cachedInputTokens?: number;
	cacheWriteTokens?: number;
	/** US dollars; absent when no price is known. */
	costUsd?: number;
}

export interface ThinkingPart {
	type: 'thinking';
	/** Parts with one id belong to one block; a new id starts a new block. */
	id: string;
	text: string;
	/** Milliseconds since the run began, stamped by the runner. */
	at?: number;
}

export interface TextPart {
	type: 'text';
	id: string;
	text: string;
	at?: number;
}

/**
 * The block of text or thinking with this id, of which all came as the one, is the other: a server may send thinking as the
 * answer and show only by its end what it was. Nothing is sent again; later parts have another id.
 */
export interface ReclassifyPart {
	type: 'reclassify';
	id: string;
	as: 'text' | 'thinking';
	at?: number;
}

export interface ToolCallPart {
	type: 'tool-call';
	id: string;
	name: string;
	/** Parsed arguments; the raw text when they were not valid JSON. */
	input: unknown;
	at?: number;
}

export interface ToolResultPart {
	type: 'tool-result';
	/** The id of the call that it answers. */
	id: string;
	name: string;
	/** Distinct articles in this result, where the tool returns articles. */
	articleCount?: number;
	/** One line for people. */
	summary: string;
	isError?: boolean;
	at?: number;
}

/** Another model than the one that was asked gave the answer: a fallback, or what an alias stands for. The last one counts. */
export interface AnsweredPart {
	type: 'answered';
	/** `provider/model` in a run; the name alone where an adapter says it. */
	model: string;
}

export interface UsagePart extends Usage {
	type: 'usage';
}

export interface ErrorPart {
	type: 'error';
	code: ErrorCode;
	/** What happened, which provider and model, what to do. */
	message: string;
	retryable: boolean;
	/** Raw detail with keys masked, shown on demand. */
	detail?: string;
}

export interface ResultPart {
	type: 'result';
	result: TestResult;
}

export interface DonePart {
	type: 'done';
	stopReason: StopReason;
	/** One line for people about why it ended so, where the provider gives a reason (a refusal, for example). */
	notice?: string;
}

/**
 * What every long call of the public API yields. Order: parts, then `error`?, then `result`? (tests only), then
 * `done`, which is always last and comes exactly once, after an error and an abort too.
 */
export type StreamPart =
	| ThinkingPart
	| TextPart
	| ReclassifyPart
	| ToolCallPart
	| ToolResultPart
	| AnsweredPart
	| UsagePart
	| ErrorPart
	| ResultPart
	| DonePart;

/** Whether a part is the model's own output. The time to the first token is the time to the first of these. */
export function isOutput({ type }: { type: string }): boolean {
	return type === 'thinking' || type === 'text' || type === 'tool-call';
}
