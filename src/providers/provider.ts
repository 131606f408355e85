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
import type { Turn } from '../common/turn.ts';
import type { ListPrice } from './prices.ts';

/** The contract of the providers room: the input and output of adapters. Other rooms import only this file. */

/** One entry of the setting `promptWorkshop.providers`. */
export interface ProviderConfig {
	id: string;
	/** One of `providerKinds`, unless the settings are wrong. */
	kind: string;
	baseUrl?: string;
	models?: string[];
	headers?: Record<string, string>;
	/** Longest silence of the server, in seconds; default 120, or 600 on this machine. */
	idleTimeout?: number;
}

export type MessageContent =
	| { type: 'text'; text: string }
	| { type: 'tool-call'; id: string; name: string; input: unknown }
	| { type: 'tool-result'; id: string; name: string; content: string; isError?: boolean };

export interface ModelMessage {
	role: 'user' | 'assistant';
	content: MessageContent[];
	/** Sent instead of `content` if provider and model are those of this request. */
	native?: NativeBlocks;
}

/** What the request is for. Only the built-in guide uses it: it has a different role for each. */
export type RequestPurpose = 'design' | 'test' | 'lab' | 'score';

export interface ModelRequest {
	/** The provider's name of the model, without the provider's id. */
	model: string;
	system: string;
	messages: ModelMessage[];
	tools?: ToolDefinition[];
	thinking: ThinkingLevel;
	/** Tokens; clamped below `maxTokens` by the adapter. */
	thinkingBudget?: number;
	maxTokens: number;
	/** Requests an answer that is one JSON value of this schema. */
	responseSchema?: { name: string; schema: JsonSchema };
	purpose: RequestPurpose;
	/**
	 * Called right before each request leaves, retries included; what it throws ends the stream with that error and nothing
	 * is sent. For callers that count requests.
	 */
	beforeSend?: () => void;
	signal: AbortSignal;
}

/** The exact HTTP request that was sent, with every key masked. `body` is what was transmitted. */
export interface SentRequest {
	method: string;
	url: string;
	headers: Record<string, string>;
	body: string;
}

/**
 * What an adapter yields for one request: `request` first (as soon as it is known), then parts as they arrive, `native` once
 * before the end if the provider has blocks of its own, `error`?, and exactly one `done`, always last, even after an error or
 * an abort.
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

/** What the tool loop yields: several requests as one run, with tool results between them and one `done` at the end. */
export type RunPart = ModelPart | ToolResultPart;

export interface ModelInfo {
	/** `provider/model`. */
	id: string;
	name: string;
	/** One line, for example "takes no system message". */
	detail?: string;
	/** Tokens that fit into the context: the input and, on most servers, the output. */
	contextTokens?: number;
	maxOutputTokens?: number;
	/** The price that the server states in its list. */
	price?: ListPrice;
	/** ISO date on which the provider's list says that the model shuts down; it may still be changed. */
	shutsDown?: string;
	/** The provider's list calls the model deprecated. */
	isDeprecated?: true;
	/** False if the server or a documented name says that it cannot chat, such as a model for embeddings or speech. */
	chats?: boolean;
}

export interface ModelProvider {
	readonly id: string;
	readonly kind: string;
	/** Never throws for faults of the provider: they become an `error` part. */
	stream(request: ModelRequest): AsyncIterable<ModelPart>;
	/** Rejects with an `AppError` whose message says what to do. */
	listModels(signal: AbortSignal): Promise<ModelInfo[]>;
	/** Suggestions for the user's next message in a design chat, if the provider has any; each is a complete message. */
	nextSteps?(messages: readonly ModelMessage[]): Promise<string[]>;
	/** Loads its batch API, if it has one. */
	batch?: () => Promise<BatchApi>;
}

export interface RunRequest extends Omit<ModelRequest, 'tools' | 'model'> {
	/** `provider/model`. */
	model: string;
	tools?: Tool[];
	/** Most requests in one run; default 12. */
	maxRounds?: number;
}

/** The models that one provider offers. */
export interface ListedModels {
	provider: string;
	models: ModelInfo[];
	/** Why the provider's own list is missing. */
	error?: string;
}

/** All providers of the settings, and the one way to run a model. */
export interface Models {
	readonly providers: readonly ModelProvider[];
	/** False for the built-in guide, whatever its provider is called in the settings: its answers never count as a model's. */
	isModel(model: string): boolean;
	/** Runs a model with its tool loop. An unknown provider or a missing key results in an `error` part and `done`. */
	run(request: RunRequest): AsyncIterable<RunPart>;
	/** The price of a model, from the settings, its server's list or the price list of its kind; undefined if unknown. */
	price(model: string): ListPrice | undefined;
	/** The batch API of a model's provider; undefined if it has none. */
	batch?(model: string): BatchOffer | undefined;
	/** The context of a model, if its server stated one in a list that was asked for; undefined if unknown. */
	contextTokens(model: string): number | undefined;
	/** Like `ModelProvider.nextSteps`; undefined if the model's provider has no suggestions. */
	nextSteps(model: string, messages: readonly ModelMessage[]): Promise<string[] | undefined>;
	/**
	 * The models of all providers, each with its own time limit; a provider that fails is listed with its error. `onListed`
	 * gets each one as soon as it is available, so that a slow provider does not delay the others.
	 */
	list(signal: AbortSignal, onListed?: (listed: ListedModels) => void): Promise<ListedModels[]>;
}

/** What a kind's batch API takes and costs, as its documentation says. */
export interface BatchTerms {
	/** Most requests of one batch. */
	readonly maxRequests: number;
	/** Most bytes of its file. */
	readonly maxBytes: number;
	/** Hours after which what was not answered expires. */
	readonly hours: number;
	/** What a request costs, as a share of its price outside a batch. */
	readonly priceShare: number;
	/** The origin at which this share is known to hold; elsewhere the cost of a batch is unknown. */
	readonly pricedAt: string;
	/** ISO date on which the share was read from the provider's price page. */
	readonly readOn: string;
}

/** A batch as part of a run. An API that stores metadata stores this. */
export interface BatchTag {
	runId: string;
	/** From 1, unique in its run. */
	part: number;
}

export interface BatchFile {
	tag: BatchTag;
	/** The provider's name of the model of all requests. */
	model: string;
	/** The lines in the API's framing; it is read while it is sent. */
	content: Blob;
	/** Number of lines. */
	requests: number;
	/** Begins the ids of all its requests. */
	idPrefix: string;
}

/** A batch that may be the one that was looked for. */
export interface FoundBatch {
	id: string;
	/** False if only its results can show that it is: this API stores no metadata, and nothing else speaks against it. */
	isCertain: boolean;
}

export interface BatchStatus {
	/** Nothing changes any more, and the results are there. */
	hasEnded: boolean;
	/** Requests that have ended, as far as the API says so before the end. */
	done: number;
	/** Why no request of it was run, if the provider refused the file as a whole. */
	failure?: string;
}

/**
 * What came of one request. `expired`: the provider did not get to it in time. `cancelled`: the batch was cancelled
 * before. `errored`: it was refused or failed. The turn says why in `error`, except for `answered`.
 */
export type BatchOutcome = 'answered' | 'errored' | 'expired' | 'cancelled';

export interface BatchEntry {
	/** As it was given to `encode`. */
	id: string;
	outcome: BatchOutcome;
	/** With the cost of a batch; a request that was not answered cost nothing. */
	turn: Turn;
}

export type BatchRequest = Omit<ModelRequest, 'beforeSend' | 'signal' | 'purpose' | 'tools'>;

/** Many requests in one file, answered within hours for less money. Its calls reject with `AppError`s. */
export interface BatchApi {
	/** What stands before, between and after the lines of a file; lines contain no line break. */
	readonly framing: { start: string; between: string; end: string };
	/** Loads what is known about a model and returns what makes the line of a request; an id has 1 to 64 of `A-Z a-z 0-9 _ -`. */
	encoder(model: string, signal: AbortSignal): Promise<(id: string, request: BatchRequest) => string>;
	/** Returns what shows a line as the request that the provider makes of it, with keys masked. */
	describer(signal: AbortSignal): Promise<(line: string) => SentRequest>;
	/**
	 * Submits a batch and resolves with its id. If it rejects with a fault for which `isRefusal` is false, the batch may exist
	 * nevertheless: look for it with `find` before anything is submitted again.
	 */
	submit(file: BatchFile, signal: AbortSignal): Promise<string>;
	/**
	 * Looks for a batch whose submission began at `since` (ms since 1970) and whose outcome is unknown. Batches in `others`
	 * are known to be something else.
	 */
	find(
		file: Omit<BatchFile, 'content'>,
		since: number,
		others: ReadonlySet<string>,
		signal: AbortSignal,
	): Promise<FoundBatch | undefined>;
	status(id: string, signal: AbortSignal): Promise<BatchStatus>;
	/** The results of a batch that has ended, in any order, perhaps some twice and some not at all. They are read as they are taken. */
	results(id: string, model: string, signal: AbortSignal): AsyncIterable<BatchEntry>;
	/** Resolves when the provider has accepted the wish; what is being answered is still finished. */
	cancel(id: string, signal: AbortSignal): Promise<void>;
}

/** The batch API of a model's provider. */
export interface BatchOffer {
	/** Id of the provider. */
	provider: string;
	/** The provider's name of the model. */
	model: string;
	/** Of the provider's address; a batch can only be taken up again there. */
	origin: string;
	terms: BatchTerms;
	/** Undefined if the share is not known at this address. */
	priceShare: number | undefined;
	open(): Promise<BatchApi>;
}
