import type { NativeBlocks, ThinkingLevel } from '../common/model.ts';
import type {
	AnsweredPart,
	DonePart,
	ErrorPart,
	ReclassifyPart,
	TextPart,
	ThinkingPart,
	ToolCallPart,
	ToolResultPart,
	UsagePart,
} from '../common/streamParts.ts';
import type { JsonSchema, Tool, ToolDefinition } from '../common/tools.ts';

/** The contract of the providers room: what adapters take and give. Other rooms import this file only. */

/** One entry of the setting `promptWorkshop.providers`. */
export interface ProviderConfig {
	id: string;
	/** One of `providerKinds`, unless the settings say something else. */
	kind: string;
	baseUrl?: string;
	models?: string[];
	headers?: Record<string, string>;
	/** Longest silence of the server, in seconds; default 120, on this machine 600. */
	idleTimeout?: number;
}

export type MessageContent =
	| { type: 'text'; text: string }
	| { type: 'tool-call'; id: string; name: string; input: unknown }
	| { type: 'tool-result'; id: string; name: string; content: string; isError?: boolean };

export interface ModelMessage {
	role: 'user' | 'assistant';
	content: MessageContent[];
	/** Sent back instead of `content` when provider and model are the same as in this request. */
	native?: NativeBlocks;
}

/** What the request is for. Only the offline guide acts on it: it plays another part in each. */
export type RequestPurpose = 'design' | 'test' | 'lab' | 'score';

export interface ModelRequest {
	/** Model name as its provider knows it, without the provider's id. */
	model: string;
	system: string;
	messages: ModelMessage[];
	tools?: ToolDefinition[];
	thinking: ThinkingLevel;
	/** Tokens; clamped below `maxTokens` by the adapter. */
	thinkingBudget?: number;
	maxTokens: number;
	/** Ask for an answer that is one JSON value of this schema. */
	responseSchema?: { name: string; schema: JsonSchema };
	purpose: RequestPurpose;
	signal: AbortSignal;
}

/** The exact HTTP request that was sent, with every key masked. `body` is what went over the wire. */
export interface SentRequest {
	method: string;
	url: string;
	headers: Record<string, string>;
	body: string;
}

/**
 * What an adapter yields for one request: `request` first (as soon as it is known), then parts as they arrive, `native` once before the end where the
 * provider has blocks of its own, `error`?, and exactly one `done`, last, after an error and an abort too.
 */
export type ModelPart =
	| ThinkingPart
	| TextPart
	| ReclassifyPart
	| ToolCallPart
	| AnsweredPart
	| UsagePart
	| ErrorPart
	| DonePart
	| { type: 'native'; native: NativeBlocks }
	| { type: 'request'; request: SentRequest };

/** What the tool loop yields: several requests as one run, tool results between them, one `done` at the end. */
export type RunPart = ModelPart | ToolResultPart;

export interface ModelInfo {
	/** `provider/model`. */
	id: string;
	name: string;
	/** One line, for example context size or "takes no system message". */
	detail?: string;
	maxInputTokens?: number;
	maxOutputTokens?: number;
}

export interface ModelProvider {
	readonly id: string;
	readonly kind: string;
	/** Never throws for what the provider does: faults become an `error` part. */
	stream(request: ModelRequest): AsyncIterable<ModelPart>;
	/** Rejects with an `AppError` whose message says what to do. */
	listModels(signal: AbortSignal): Promise<ModelInfo[]>;
	/** What a user may say next in a design chat, where the provider itself knows; each is a whole message. */
	nextSteps?(messages: readonly ModelMessage[]): Promise<string[]>;
}

export interface RunRequest extends Omit<ModelRequest, 'tools' | 'model'> {
	/** `provider/model`. */
	model: string;
	tools?: Tool[];
	/** Most requests in one run; default 12. */
	maxRounds?: number;
}

/** What one provider has to choose from. */
export interface ListedModels {
	provider: string;
	models: ModelInfo[];
	/** Why there is no list of the provider's own. */
	error?: string;
}

/** All providers of the settings, and the one way to run a model. */
export interface Models {
	readonly providers: readonly ModelProvider[];
	/** False for the built-in guide, whatever the settings call its provider: nothing that it says counts as a model's. */
	isModel(model: string): boolean;
	/** Runs a model with its tool loop. An unknown provider or a missing key is an `error` part and `done`. */
	run(request: RunRequest): AsyncIterable<RunPart>;
	/** As `ModelProvider.nextSteps`; undefined where the model's provider has no opinion. */
	nextSteps(model: string, messages: readonly ModelMessage[]): Promise<string[] | undefined>;
	/**
	 * Models of every provider, each within its own time; a provider that fails is listed with its error. `onListed` gets each
	 * as soon as it is there, so that a slow provider hides no other.
	 */
	list(signal: AbortSignal, onListed?: (listed: ListedModels) => void): Promise<ListedModels[]>;
}
