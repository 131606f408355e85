import type { ThinkingLevel } from '../common/model.ts';
import type { PromptReference, SuiteProblem } from '../common/suiteModel.ts';
import type { CaseSequence } from './cases/caseSequence.ts';
import type { MockTool } from '../prompts/mockTools.ts';

/** A suite as it was read: case files included, arrays of variables expanded, defaults merged into the cases. */
export interface Suite<Cases extends CaseSequence<SuiteCase> = SuiteCase[]> {
	description?: string;
	/** As written; empty if the prompt is chosen at the run. */
	prompts: PromptReference[];
	/** `provider/model`; empty if the model is chosen at the run. */
	models: string[];
	/** Name of the topic whose search tools are offered; `General` has none. */
	topic?: string;
	tools: MockTool[];
	/** Names of tools of the editor. */
	editorTools?: string[];
	cases: Cases;
}

export interface SuiteMessage {
	role: 'user' | 'assistant';
	content: string;
}

/** One case. `messages`, `conversation` and `query` exclude each other. */
export interface SuiteCase {
	/** Unique in its suite. */
	name: string;
	/** Where it stands; `file` is the case file, relative to the suite, if it comes from one. Lines count from 1. */
	line: number;
	file?: string;
	vars: Record<string, unknown>;
	/** With variables. */
	query?: string;
	/** Two user messages in a row: the model answers between them. */
	messages?: SuiteMessage[];
	/** A recorded conversation up to, not including, its turn (from 0). */
	conversation?: { fixture: string; section?: string; label?: string; turn: number };
	/** The value of `{{expected}}`. */
	expected?: unknown;
	tags: string[];
	repeat: number;
	thinking?: ThinkingLevel;
	maxTokens?: number;
	/** Seconds. */
	timeout?: number;
	/** Of the weighted mean; without it all assertions must pass. */
	threshold?: number;
	assert: Assertion[];
	/** A recorded answer, also an empty one: no model is asked. */
	output?: string;
	/** Recorded answers, one variant for each label. */
	outputs?: Record<string, string>;
	metadata?: Record<string, unknown>;
}

export interface Assertion {
	/** Without `not-`. */
	type: string;
	negate: boolean;
	/** As written; texts in it are rendered before grading. */
	value?: unknown;
	threshold?: number;
	weight: number;
	metric?: string;
	/** JavaScript over the output before it is graded. */
	transform?: string;
	/** Model of a judge, instead of the setting's. */
	provider?: string;
	/** Other fields that a grader knows, such as `rubricPrompt`. */
	options?: Record<string, unknown>;
	/** Of an `assert-set`. */
	members?: Assertion[];
	/** In the suite's or the case's file, from 1. */
	line: number;
}

/** `suite` holds what could be read, also if there are problems; a suite with an error among them is not run. */
export interface SuiteReading<Cases extends CaseSequence<SuiteCase> = SuiteCase[]> {
	suite: Suite<Cases> | undefined;
	problems: SuiteProblem[];
}
