import type { TestResult } from './model.ts';
import type { StopReason, TurnError, Usage } from './turn.ts';

export interface ThinkingPart {
	type: 'thinking';
	/** Parts with the same id belong to one block; a new id starts a new block. */
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
 * The text or thinking block with this id turns out to be the other kind: a server may send thinking as the answer, and
 * only its end shows what it was. Nothing is sent again; later parts have another id.
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
	/** Distinct articles in this result, if the tool returns articles. */
	articleCount?: number;
	/** One line for people. */
	summary: string;
	isError?: boolean;
	at?: number;
}

/** A model other than the requested one answered: a fallback, or the one that an alias stands for. The last part counts. */
export interface AnsweredPart {
	type: 'answered';
	/** `provider/model` in a run; the name alone when it comes from an adapter. */
	model: string;
}

export interface UsagePart extends Usage {
	type: 'usage';
}

export interface ErrorPart extends TurnError {
	type: 'error';
}

export interface ResultPart {
	type: 'result';
	result: TestResult;
}

export interface DonePart {
	type: 'done';
	stopReason: StopReason;
	/** One line for people about why it ended, if the provider gives a reason (for example for a refusal). */
	notice?: string;
}

/**
 * What every long call of the public API yields. Order: parts, then `error`?, then `result`? (tests only), then
 * `done`, which is always last and comes exactly once, even after an error or an abort.
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
