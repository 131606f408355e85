import type { DraftStatus, MessageStatus, TestResult, ThinkingLevel } from './model.ts';
import type { ShownPart, ShownTurn } from './shownTurn.ts';
import type { TurnEnd } from './turnEnd.ts';

/** What the Workshop panel's page asks of its host, and what the host tells it. */

export const workshopTabs = ['chat', 'test', 'history'] as const;
export type WorkshopTab = (typeof workshopTabs)[number];

/** Buttons of the page that are commands or dialogs of the host. */
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
] as const;
export type WorkshopAction = (typeof workshopActions)[number];

/** Rows of the history in one answer, at most. */
export const historyPage = 200;
/** Messages of the chat in one answer, at most. */
export const chatPage = 30;

export interface DraftView {
	id: number;
	name: string | null;
	description: string | null;
	status: DraftStatus;
	parentPromptName: string | null;
	/** Name of the prompt that it was committed as. */
	committedAs: string | null;
	/** UTF-16 code units of the saved text. */
	characters: number;
	/** An estimate. */
	tokens: number;
	/** Why it cannot be tested or committed; null where it can. */
	testBlocked: string | null;
	commitBlocked: string | null;
	/** The last answer holds a block that was never taken into the draft. */
	newBlock: boolean;
	/** Messages that the user may send next with one press. */
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
	/** Where another model answered. */
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
	/** Parts that are in `turn`. */
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

/** A stretch of the results that fit a filter, newest first. */
export interface HistoryPage {
	/** Number of the first of `rows` among those that fit. */
	offset: number;
	rows: ResultRow[];
	/** How many fit. */
	matching: number;
	/** All results of the draft. */
	total: number;
	/** Another one where the results have changed, so that rows of two revisions do not go together. */
	revision: number;
	/** What occurs in all results, to filter by. */
	values: { topics: string[]; models: string[]; versions: number[] };
}

export interface ResultDetails {
	result: TestResult;
	/** It runs in another window. */
	elsewhere: boolean;
	/** Null where the full answer is not stored. */
	turn: ShownTurn | null;
	version: number | null;
	/** Whether the tested prompt is the draft's present text. */
	versionIsPresent: boolean;
	/** An older result to compare with: of the same question where there is one. */
	previousId: string | null;
}

export interface ModelChoice {
	chatModel: string | null;
	testModel: string | null;
	thinking: ThinkingLevel;
}

export interface WorkshopSnapshot {
	/** BCP 47, for numbers and dates. */
	locale: string;
	/** A tab that a command asked for before the page was there. */
	show: WorkshopTab | null;
	draft: DraftView;
	/** The newest messages; `earlier` tells how many are before them. */
	messages: MessageView[];
	earlier: number;
	runs: RunView[];
	topics: { name: string; articles: number }[];
	models: ModelChoice;
	resultCount: number;
	/** The newest test, shown when nothing else was. */
	latestId: string | null;
	recentQueries: string[];
	limits: { query: [number, number]; articles: [number, number, number]; notes: number };
	/** What the page of an earlier panel of this draft kept; the page checks its form. */
	intent: unknown;
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
		update: Request<{ draftName?: string; draftDescription?: string; status?: DraftStatus }, null>;
		/** `otherModel`: lets the user choose one for this run. Answers with the id of the result. */
		runTest: Request<
			{ query: string; topic: string; limit: number; thinking: ThinkingLevel; otherModel: boolean },
			{ testId: string }
		>;
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
		/** An article where the address is one; else, after the user saw the host, outside the editor. */
		openLink: Request<{ url: string }, null>;
		/** Opens one block of a turn (of a message or a test, by its id) in an editor. */
		openText: Request<{ key: string; index: number }, null>;
		/** Asks for a key of a provider, by its id. */
		setKey: Request<{ provider: string }, null>;
		action: Request<{ action: WorkshopAction }, null>;
		/** What the page would lose when its panel is closed. */
		keepIntent: Request<{ intent: unknown }, null>;
	};
	events: {
		show: WorkshopTab;
		draft: DraftView;
		messages: { changed: MessageView[]; removed: number[] };
		runStarted: RunView;
		parts: { key: string; from: number; parts: ShownPart[] };
		/** Test ids. Where the history is shown, it is fetched again. */
		results: { changed: string[]; removed: string[]; total: number; recentQueries: string[] };
		topics: { name: string; articles: number }[];
		models: ModelChoice;
	};
};
