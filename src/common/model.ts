import type { Turn, Usage } from './turn.ts';
import type { TurnEnd } from './turnEnd.ts';

/** The records of the workshop store, in the camelCase that the API speaks. Timestamps are ISO-8601 UTC. */

export const localUser = 'local';
/** The `topic` of every workshop chat. */
export const workshopTopic = '__prompt_workshop__';
/** The topic that has neither articles nor tools. */
export const generalTopic = 'General';
export const defaultPromptName = 'auspex_default';

export const draftStatuses = ['draft', 'testing', 'ready', 'committed'] as const;
export type DraftStatus = (typeof draftStatuses)[number];

/** What a prompt is for: Auspex over a topic, an assistant without tools, or an agent with tools of its own. */
export const promptKinds = ['research', 'assistant', 'agent'] as const;
export type PromptKind = (typeof promptKinds)[number];

export const thinkingLevels = ['off', 'low', 'medium', 'high'] as const;
export type ThinkingLevel = (typeof thinkingLevels)[number];

export interface DraftSummary {
	id: number;
	draftName: string | null;
	draftDescription: string | null;
	status: DraftStatus;
	parentPromptName: string | null;
	/** Characters (UTF-16 code units). */
	contentLength: number;
	testCount: number;
	/** Mean rating of this draft's tests by real models; null when there are no ratings. */
	averageRating: number | null;
	/** Read it with `readPromptMetadata`. */
	metadata: Record<string, unknown>;
	createdAt: string;
	updatedAt: string;
}

export interface Draft extends DraftSummary {
	userId: string;
	draftContent: string;
	workshopChatId: number | null;
	/** Grows by one with every change of the content or the name. */
	revision: number;
}

export interface Chat {
	id: number;
	topic: string;
	title: string | null;
	userId: string | null;
	metadata: Record<string, unknown>;
	createdAt: string;
	updatedAt: string;
}

/** How the message ended, or `streaming`. */
export type MessageStatus = 'streaming' | TurnEnd;

/**
 * The provider's own blocks of an assistant turn (signatures, redacted thinking, encrypted reasoning), kept
 * byte-identical so that the next turn can send them back to the same provider and model; dropped for any other.
 */
export interface NativeBlocks {
	provider: string;
	model: string;
	blocks: unknown[];
}

export interface Message {
	id: number;
	chatId: number;
	role: 'system' | 'user' | 'assistant';
	content: string;
	thinking: string | null;
	/** Present once an assistant turn has ended; while it streams, `content` and `thinking` hold what is saved. */
	parts: Turn | null;
	providerBlocks: NativeBlocks | null;
	/** `provider/model` that was asked. */
	model: string | null;
	/** `provider/model` that answered, if it is a different one. */
	answeredModel: string | null;
	status: MessageStatus;
	usage: Usage | null;
	requestRef: string | null;
	createdAt: string;
}

export interface Prompt {
	id: number;
	name: string;
	title: string;
	content: string;
	description: string | null;
	isDefault: boolean;
	userCreated: string | null;
	/** Read it with `readPromptMetadata`. */
	metadata: Record<string, unknown>;
	createdAt: string;
	updatedAt: string;
}

export interface PromptSummary extends Omit<Prompt, 'content'> {
	contentLength: number;
	/** Drafts whose parent is this prompt. */
	usedBy: number;
	versionCount: number;
}

export type VersionReason = 'created' | 'save' | 'extract' | 'test' | 'commit' | 'restore' | 'import';
export type VersionAuthor = 'user' | 'assistant' | 'program' | 'import';

export interface PromptVersion {
	id: number;
	ownerKind: 'draft' | 'prompt';
	ownerId: number;
	/** Lower-case hex SHA-256 of the text in UTF-8. */
	contentHash: string;
	reason: VersionReason;
	author: VersionAuthor;
	label: string | null;
	/** What is versioned with the text: kind, variables, tools and prompt role. Read it with `readPromptMetadata`. */
	metadata: Record<string, unknown>;
	createdAt: string;
}

/** Lengths of a text. */
export interface TextSize {
	/** UTF-16 code units. */
	characters: number;
	/** An estimate. */
	tokens: number;
}

/** A version with what it changed and what its tests brought. */
export interface ListedVersion extends PromptVersion, TextSize {
	/** Among the versions of its owner; 1 for the oldest. */
	number: number;
	/** The version before it; null for the oldest. */
	previous: ({ id: number; contentHash: string; metadata: Record<string, unknown> } & TextSize) | null;
	/** Whether it is the newest version that holds the owner's current text. */
	isCurrent: boolean;
	/** Tests by real models. */
	testCount: number;
	/** Mean rating of these tests; null when there are no ratings. */
	averageRating: number | null;
	/** Tests by the built-in guide. */
	guideTestCount: number;
}

export type CitationSupport = 'supported' | 'not-returned' | 'unknown';

export interface Citation {
	url: string;
	label: string;
	/**
	 * `supported`: a tool of this run returned the article. `not-returned`: the topic has it, no tool returned it.
	 * `unknown`: the topic does not have it.
	 */
	support: CitationSupport;
}

export interface TestResult {
	testId: string;
	draftId: number;
	versionId: number | null;
	/** Empty if the prompt itself was the question. */
	query: string;
	topic: string;
	/** The first 500 characters of the answer as it streamed, never half a surrogate pair. */
	responsePreview: string;
	/** Characters of the answer as it streamed: its text parts, joined as they are. */
	responseLength: number;
	fullResponseStored: boolean;
	responseRef: string | null;
	requestRef: string | null;
	/** Names of the offered tools that the model really called, in order of first call. */
	toolsUsed: string[];
	/** Distinct articles that tool results handed to the model. */
	articleCount: number;
	citations: Citation[];
	executionTimeMs: number;
	timeToFirstTokenMs: number | null;
	/** `provider/model` that was asked. */
	model: string;
	/** `provider/model` that answered, if it is a different one. */
	answeredModel: string | null;
	/** False for the built-in guide: its result is not a model's answer and is left out of averages, comparisons and statistics. */
	isModel: boolean;
	provider: string;
	thinking: ThinkingLevel;
	/**
	 * Article and token limits; the names of the offered tools in `tools`; with variables, the values in `vars`, and the
	 * question as it was sent in `renderedQuery`; `promptRole` if the prompt was sent as the user's message.
	 */
	parameters: Record<string, unknown>;
	usage: Usage | null;
	costUsd: number | null;
	stopReason: string | null;
	/** How the test ended; see also `isRunningTest`. */
	status: TurnEnd;
	error: { code: string; message: string; detail?: string } | null;
	/** 1 to 5. */
	userRating: number | null;
	notes: string | null;
	timestamp: string;
}

/** Whether a test is running, in this or another window: what is stored so far has no stop reason. */
export function isRunningTest({ status, stopReason }: Pick<TestResult, 'status' | 'stopReason'>): boolean {
	return status === 'interrupted' && stopReason === null;
}

/** The full answer of a test with what was sent, stored as a compressed file under `responseRef`. */
export interface StoredResponse {
	/** Empty if the prompt was sent as the user's message, which `query` then is. */
	systemPrompt: string;
	query: string;
	promptRole?: 'user';
	turn: Turn;
}
