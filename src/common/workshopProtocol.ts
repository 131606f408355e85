import type { DraftStatus, MessageStatus, PromptKind, TestResult, ThinkingLevel } from './model.ts';
import type { ShownPart, ShownTurn } from './shownTurn.ts';
import type { SuiteRequests, SuiteView } from './suitePage.ts';
import type { TurnEnd } from './turnEnd.ts';

/** The requests that the Workshop page sends to its host, and the events that the host sends back. */

export const workshopTabs = ['chat', 'test', 'suite', 'history'] as const;
export type WorkshopTab = (typeof workshopTabs)[number];

/** A tab, or the history with the tests of one version. */
export type WorkshopShow = WorkshopTab | { version: number };

/** Buttons of the page that run commands or open dialogs in the host. */
export const workshopActions = [
	'commit',
	'extract',
	'deleteDraft',
	'openDraft',
	'showVersions',
	'reset',
	'chooseChatModel',
	'chooseTestModel',
	'exportResults',
	'editVariables',
	'editTools',
] as const;
export type WorkshopAction = (typeof workshopActions)[number];

/** Most rows of the history in one answer. */
export const historyPage = 200;
/** Most chat messages in one answer. */
export const chatPage = 30;

export interface DraftView {
	id: number;
	name: string | null;
	description: string | null;
	status: DraftStatus;
	kind: PromptKind;
	/** What the form of the draft's last test held; empty before the first. */
	testForm: {
		topic?: string | undefined;
		thinking?: ThinkingLevel | undefined;
		limit?: number | undefined;
		/** Values of variables, as typed. */
		vars: Record<string, string>;
	};
	/** The declared variables. */
	variables: VariableView[];
	/** Names of variables in the saved text. */
	usedVariables: string[];
	/** Those of them that are not declared. */
	undeclared: string[];
	/** Whether the prompt is sent as the system prompt, or as the message of the user, which is then the question. */
	promptRole: 'system' | 'user';
	/** Its own tools, which tests offer to the model. */
	tools: ToolView[];
	parentPromptName: string | null;
	/** Name of the prompt that it was committed as. */
	committedAs: string | null;
	/** UTF-16 code units of the saved text. */
	characters: number;
	/** An estimate. */
	tokens: number;
	/** Why it cannot be tested or committed; null if it can. */
	testBlocked: string | null;
	commitBlocked: string | null;
	/** The last answer has a block that was never used in the draft. */
	newBlock: boolean;
	/** The draft's text is the block of the last answer. */
	blockInUse: boolean;
	/** Questions for a first test. */
	questions: string[];
	/** Messages that the user can send next with one click. */
	nextSteps: string[];
}

export interface MessageView {
	id: number;
	role: 'user' | 'assistant';
	/** What the user wrote; empty for an assistant's message. */
	text: string;
	/** The assistant's turn; empty while a run of this window streams it (the run has it). */
	turn: ShownTurn;
	status: MessageStatus;
	model: string | null;
	/** Set if another model answered. */
	answeredModel: string | null;
	createdAt: string;
	hasRequest: boolean;
}

/** A chat answer or a test that is streaming in this window. */
export interface RunView {
	kind: 'chat' | 'test';
	/** Id of the assistant message or of the test result. */
	key: string;
	model: string;
	/** False for the built-in guide. */
	isModel: boolean;
	query: string;
	topic: string;
	turn: ShownTurn;
	/** Number of parts that are already in `turn`. */
	position: number;
	/** Milliseconds since it began, by the host's clock. */
	elapsed: number;
}

export interface ResultRow {
	testId: string;
	query: string;
	topic: string;
	model: string;
	answeredModel: string | null;
	status: TurnEnd;
	/** It runs in another window. */
	elsewhere: boolean;
	rating: number | null;
	notes: string | null;
	preview: string;
	articleCount: number;
	executionTimeMs: number;
	costUsd: number | null;
	/** Number of the prompt version among the draft's versions, the oldest being 1. */
	version: number | null;
	timestamp: string;
}

export interface HistoryFilter {
	text: string;
	/** Least rating; 0 = all, -1 = not rated. */
	rating: number;
	topic: string;
	model: string;
	/** Number of a version; 0 = all. */
	version: number;
}

/** A range of the results that match a filter, newest first. */
export interface HistoryPage {
	/** Index of the first of `rows` among the matching results. */
	offset: number;
	rows: ResultRow[];
	/** Number of matching results. */
	matching: number;
	/** Number of all results of the draft. */
	total: number;
	/** Changes whenever the results change, so that rows of two revisions are not mixed. */
	revision: number;
	/** The values that occur in the results, for the filter. */
	values: { topics: string[]; models: string[]; versions: number[] };
}

export interface ResultDetails {
	result: TestResult;
	/** It runs in another window. */
	elsewhere: boolean;
	/** Null if the full answer is not stored. */
	turn: ShownTurn | null;
	version: number | null;
	/** Whether the tested prompt is the draft's current text. */
	versionIsCurrent: boolean;
	/** An older result to compare with, if possible of the same question. */
	previousId: string | null;
}

export interface ModelChoice {
	chatModel: string | null;
	testModel: string | null;
	thinking: ThinkingLevel;
}

/** What hosts have kept of a draft's pages; untrusted shapes. */
export interface KeptIntents {
	/** In the storage folder of this window's host. */
	here: unknown;
	/** In those of other hosts: of other windows, or of this one before a crash or reload. */
	elsewhere: readonly unknown[];
	/** Whether the panel was there before a reload or restart. */
	restored: boolean;
}

export interface WorkshopSnapshot {
	/** BCP 47, for numbers and dates. */
	locale: string;
	/** What a command requested before the page was ready. */
	show: WorkshopShow | null;
	draft: DraftView;
	/** The newest messages; `earlier` is the number of messages before them. */
	messages: MessageView[];
	earlier: number;
	runs: RunView[];
	topics: { name: string; articles: number }[];
	models: ModelChoice;
	/** Whether there is a Suite tab. */
	suites: boolean;
	resultCount: number;
	/** The newest test, shown if no other was chosen. */
	latestId: string | null;
	recentQueries: string[];
	limits: { query: [number, number]; articles: [number, number, number]; notes: number };
	/** What pages of this draft kept, this one or others; the page validates it. */
	kept: KeptIntents;
}

/** A declared variable, as the form shows it. */
export interface VariableView {
	name: string;
	type: 'text' | 'number' | 'choice' | 'json';
	default?: string | undefined;
	choices?: string[] | undefined;
	note?: string | undefined;
}

/** A tool of the draft and what is written for its calls. */
export interface ToolView {
	name: string;
	description: string;
	/** Results for calls with certain arguments. */
	results: number;
	/** What all other calls are answered with. */
	otherwise: 'result' | 'error' | 'none';
}

type Request<Params, Result> = { params: Params; result: Result };

export type WorkshopProtocol = {
	requests: {
		/** The first request of a page, and again after a gap. */
		snapshot: Request<null, WorkshopSnapshot>;
		earlier: Request<{ before: number }, { messages: MessageView[]; earlier: number }>;
		send: Request<{ text: string }, null>;
		resend: Request<{ messageId: number; text: string }, null>;
		retry: Request<null, null>;
		stop: Request<{ kind: 'chat' | 'test' }, null>;
		update: Request<
			{ draftName?: string; draftDescription?: string; status?: DraftStatus; kind?: PromptKind },
			null
		>;
		/** `otherModel`: lets the user choose a model for this run. */
		runTest: Request<
			{
				query: string;
				topic: string;
				limit: number;
				thinking: ThinkingLevel;
				/** Values of variables, as typed. */
				vars: Record<string, string>;
				otherModel: boolean;
			},
			{ testId: string }
		>;
		/** Declares variables of the text as texts. */
		declare: Request<{ names: string[] }, null>;
		result: Request<{ testId: string }, ResultDetails>;
		/** At most `historyPage` rows. */
		history: Request<{ offset: number; count: number; filter: HistoryFilter }, HistoryPage>;
		rate: Request<{ testId: string; userRating?: number | null; notes?: string | null }, null>;
		removeResult: Request<{ testId: string }, null>;
		openResult: Request<{ testId: string }, null>;
		compareVersion: Request<{ testId: string }, null>;
		showRequest: Request<{ testId: string } | { messageId: number }, null>;
		/** `text`: a fenced block of the message. */
		useBlock: Request<{ messageId: number; text: string }, null>;
		compareBlock: Request<{ messageId: number; text: string }, null>;
		copy: Request<{ text: string }, null>;
		/** Opens an article if the address is one; otherwise opens it outside the editor after showing the user its host name. */
		openLink: Request<{ url: string }, null>;
		/** Opens one block of a turn (of a message or a test, by its id) in an editor. */
		openText: Request<{ key: string; index: number }, null>;
		/** Asks for a key of a provider, by its id. */
		setKey: Request<{ provider: string }, null>;
		action: Request<{ action: WorkshopAction }, null>;
		/** Keeps what the page would lose when its panel is closed. */
		keepIntent: Request<{ intent: unknown }, null>;
	} & SuiteRequests;
	events: {
		show: WorkshopShow;
		draft: DraftView;
		messages: { changed: MessageView[]; removed: number[] };
		runStarted: RunView;
		parts: { key: string; from: number; parts: ShownPart[] };
		/** `changed` and `removed` are test ids. A history that is shown is fetched again. */
		results: { changed: string[]; removed: string[]; total: number; recentQueries: string[] };
		topics: { name: string; articles: number }[];
		models: ModelChoice;
		/** At most ten a second while a suite runs. */
		suite: SuiteView;
	};
};
