import type { FixtureMessage } from '../common/api.ts';
import type { ThinkingLevel } from '../common/model.ts';
import type { PromptReference, RunPlan } from '../common/suiteModel.ts';
import type { MockTool } from '../prompts/mockTools.ts';
import type { PromptVariable } from '../prompts/promptMetadata.ts';
import type { CaseSequence } from './cases/caseSequence.ts';
import type { SuiteCase } from './suite.ts';

/** A run as it was planned, with everything that decides its answers. `RunPins.plan` holds it as plain JSON. */
export interface PlannedRun<Cases extends CaseSequence<PlannedCase> = PlannedCase[]> {
	suiteName: string;
	/** SHA-256 of the suite's text. */
	suiteHash: string;
	variants: PlannedVariant[];
	cases: Cases;
	/** How often each case is asked, instead of its own number. */
	repeat: number | null;
	/** Decides the order of the trials. */
	seed: number;
	maxCostUsd: number | null;
	maxCalls: number | null;
	reuse: boolean;
	/** What can be part of a batch is; absent in runs of older versions. */
	batch?: boolean;
	/** Ends as soon as it is clear which of its two variants is better; absent if it does not. */
	stopsEarly?: boolean;
	/** Another tool recorded the answers, several of a case too, and graded them; absent in all other runs. */
	isImported?: boolean;
	/** `provider/model`; null if no judge is needed. */
	judgeModel: string | null;
	estimate: PlanEstimate;
	/** Which part of a run this is, and the number and identity of the cases of all its parts. */
	shard?: { index: number; of: number; cases: number; casesHash: string };
}

/** A plan whose cases may be in a file. */
export type SpooledRun = PlannedRun<CaseSequence<PlannedCase>>;

export type PlanEstimate = Omit<RunPlan, 'runId'>;

/** A variant that asks a model, or one of recorded answers. */
export type PlannedVariant = AskedVariant | RecordedVariant;

export interface RecordedVariant {
	label: string;
	kind: 'recorded';
	/** Of `outputs`; null for cases with `output`. */
	output: string | null;
}

export interface AskedVariant {
	label: string;
	kind: 'asked';
	prompt: PromptReference;
	/** SHA-256 of `text`. */
	promptHash: string;
	text: string;
	promptRole: 'system' | 'user';
	variables: PromptVariable[];
	model: string;
	/** False for the built-in guide. */
	isModel: boolean;
	/** Thinking of cases that do not name their own. */
	thinking: ThinkingLevel;
	/** The run asked for this level, so that it counts for all cases. */
	forcesThinking: boolean;
	maxTokens: number;
	tools: MockTool[];
	/** Tools of the editor that the prompt names and for which no result is written. */
	editorTools: string[];
	/** With its state when the run was planned; null if there are no search tools. */
	topic: PlannedTopic | null;
	/** US dollars that a trial probably costs; null if the price is unknown. */
	trialCostUsd: number | null;
}

export interface PlannedTopic {
	name: string;
	articles: number;
	newest: string | null;
}

export type PlannedCase = SuiteCase & {
	/** Position in the suite, from 0. */
	index: number;
	/** SHA-256 of what the case asks and how it is graded. */
	hash: string;
	/** The messages of `conversation`, up to its turn. */
	recorded?: FixtureMessage[];
	/** Requests to judges for each trial. */
	judgeCalls: number;
	/** Of them those that only the first of two variants makes; absent without any, and in runs of older versions. */
	mirroredCalls?: number;
	/** The answers of the other variants are needed for grading. */
	needsOthers: boolean;
};
