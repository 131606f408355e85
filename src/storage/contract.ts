import type { Event } from '../common/lifecycle.ts';
import type {
	Chat,
	Draft,
	DraftStatus,
	DraftSummary,
	ListedVersion,
	Message,
	Prompt,
	PromptSummary,
	PromptVersion,
	TestResult,
	VersionAuthor,
	VersionReason,
} from '../common/model.ts';
import type { StoredTrial, SuiteRun } from '../common/suiteModel.ts';

/**
 * The contract of the storage room. Other rooms import this file only. Repositories are synchronous and live inside
 * one `read` or `write`; a `write` is one transaction, and its promise resolves only when the transaction is durable.
 */

export interface Store {
	/** Runs on the newest acknowledged state. `work` must not keep the repositories. */
	read<T>(work: (repositories: Repositories) => T): Promise<T>;
	/** One transaction. Rejects with an `AppError('storage')` when it could not be made durable; then nothing is changed. */
	write<T>(work: (repositories: Repositories) => T): Promise<T>;
	/** Fired after a commit of this or another window. */
	readonly onDidChange: Event<StoreChange>;
	readonly status: StoreStatus;
	readonly onDidChangeStatus: Event<StoreStatus>;
	readonly blobs: Blobs;
	readonly claims: Claims;
	/** Flushes, releases the ownership and closes. */
	close(): Promise<void>;
}

/** Ids of what a commit touched; `all` after a jump (take-over, import) where single ids are not known. */
export interface StoreChange {
	drafts: readonly number[];
	chats: readonly number[];
	prompts: readonly string[];
	results: readonly string[];
	/** Owners of suites, as `draft:<id>` or `prompt:<id>`. */
	suites: readonly string[];
	runs: readonly string[];
	all: boolean;
}

export interface StoreStatus {
	/** Stable id of this store, part of document URIs. */
	storeId: string;
	folder: string;
	mode: 'closed' | 'owner' | 'following' | 'read-only' | 'not-saving';
	/** Why it is read-only or not saving, and what to do. */
	reason?: string;
	/** A write was refused for this reason; its error reports it, so it need not be reported again. */
	refused?: true;
	/** The window that holds the store does not answer: offer `StoreMaintenance.fence`. */
	ownerSilent?: true;
	generation: number;
	/** Transactions since the store was made. */
	sequence: number;
	snapshotBytes: number;
	/** Size in bytes of the logs since the snapshot. */
	logBytes: number;
	logTransactions: number;
	/** What was found damaged when the store was last opened, and set aside. */
	damage: { file: string; setAsideAs: string; lost: string }[];
}

/** Compressed content-addressed files next to the store: full answers and exact requests. */
export interface Blobs {
	/** Durable when it resolves; call it before the write whose row names the reference. Rejects with an `AppError('storage')`. */
	put(text: string): Promise<string>;
	/** `undefined` when it was pruned or lost. */
	get(reference: string): Promise<string | undefined>;
	/** Deletes files older than `before` and files that no row references. */
	prune(before: Date): Promise<number>;
}

/** Work that only one window at a time may do, among all that share the store. */
export interface Claims {
	/**
	 * Claims a name (of letters, digits and `-`) until the returned function is called or this window ends; resolves with
	 * undefined while a living window, including this one, has it. Rejects with an `AppError('storage')`.
	 */
	take(name: string): Promise<(() => Promise<void>) | undefined>;
}

export interface Repositories {
	readonly drafts: Drafts;
	readonly chats: Chats;
	readonly prompts: Prompts;
	readonly results: Results;
	readonly versions: Versions;
	readonly trash: Trash;
	readonly texts: Texts;
	readonly suites: Suites;
	readonly runs: Runs;
}

/** `now` is always an ISO-8601 UTC time given by the caller: statements are deterministic. */
export interface Drafts {
	create(draft: {
		draftName: string | null;
		draftContent: string;
		draftDescription?: string | null;
		workshopChatId?: number | null;
		parentPromptName?: string | null;
		status?: DraftStatus;
		metadata?: Record<string, unknown>;
		now: string;
	}): Draft;
	/** Throws `not-found` "Draft not found or access denied", also for a draft of another user. */
	get(id: number): Draft;
	has(id: number): boolean;
	/** Most recently changed first. */
	list(filter?: { status?: DraftStatus; ids?: readonly number[] }): DraftSummary[];
	/** Changes the given fields; the revision grows when the content or the name changes. */
	update(
		id: number,
		patch: {
			draftName?: string | null;
			draftContent?: string;
			draftDescription?: string | null;
			status?: DraftStatus;
			parentPromptName?: string | null;
			workshopChatId?: number | null;
			metadata?: Record<string, unknown>;
		},
		now: string,
	): Draft;
}

export interface Chats {
	create(chat: { topic: string; title: string | null; metadata?: Record<string, unknown>; now: string }): Chat;
	get(id: number): Chat;
	messages(chatId: number): Message[];
	message(id: number): Message;
	addMessage(message: {
		chatId: number;
		role: Message['role'];
		content: string;
		status: Message['status'];
		model?: string | null;
		now: string;
	}): Message;
	/** Appends streamed text to an answer that has not ended; if another window marked it `interrupted`, it becomes `streaming` again. */
	appendToMessage(id: number, delta: { content?: string; thinking?: string }): void;
	/** Ends or rewrites a message. */
	updateMessage(
		id: number,
		patch: Partial<
			Pick<
				Message,
				| 'content'
				| 'thinking'
				| 'parts'
				| 'providerBlocks'
				| 'model'
				| 'answeredModel'
				| 'status'
				| 'usage'
				| 'requestRef'
			>
		>,
	): void;
	/** Removes this message and all later ones of its chat (edit and resend). */
	removeMessagesFrom(chatId: number, messageId: number): void;
	/** Marks messages that are still `streaming` but not in `running` as `interrupted`; returns their ids. */
	markInterrupted(running: readonly number[]): number[];
}

export interface Prompts {
	/** Throws `validation` naming the name when it is taken. */
	create(prompt: {
		name: string;
		title: string;
		content: string;
		description: string | null;
		metadata?: Record<string, unknown>;
		now: string;
	}): Prompt;
	get(name: string): Prompt;
	getById(id: number): Prompt;
	has(name: string): boolean;
	list(): PromptSummary[];
	update(
		name: string,
		patch: {
			title?: string;
			content?: string;
			description?: string | null;
			metadata?: Record<string, unknown>;
		},
		now: string,
	): Prompt;
	setDefault(name: string, now: string): void;
	getDefault(): Prompt;
}

export interface Results {
	/** Replaces a stored result with the same id. */
	put(result: TestResult): void;
	get(testId: string): TestResult;
	/** Newest first, at most `limit`. */
	list(draftId: number, limit?: number): TestResult[];
	rate(testId: string, patch: { userRating?: number | null; notes?: string | null }): TestResult;
	/** What the tests by real models came to since a time (ISO-8601, or empty for all), by draft and model. */
	figures(since: string): TestFigures[];
	/**
	 * Sets the stop reason of interrupted results that have none, which were running when they were last stored, to
	 * `unknown`, except for those in `running`; returns their ids.
	 */
	markInterrupted(running: readonly string[]): string[];
}

/** Sums over the tests of a draft by one model. */
export interface TestFigures {
	draftId: number;
	/** `provider/model` that was asked. */
	model: string;
	tests: number;
	ratings: number;
	ratingSum: number;
	milliseconds: number;
	/** Tokens of the answers of which they are known, and the number of these. */
	outputTokens: number;
	withTokens: number;
	/** US dollars; null if a price is unknown. */
	costUsd: number | null;
}

export interface Versions {
	/** Adds a version, or returns the newest one unchanged if its text and metadata are the same. */
	record(version: {
		ownerKind: 'draft' | 'prompt';
		ownerId: number;
		content: string;
		reason: VersionReason;
		author: VersionAuthor;
		label?: string | null;
		/** Without it, only texts are compared, and the new version has none. */
		metadata?: Record<string, unknown>;
		now: string;
	}): PromptVersion;
	/** Adds a version of a text that is about to be replaced, unless a version of its owner already holds it with this metadata. */
	keep(version: {
		ownerKind: 'draft' | 'prompt';
		ownerId: number;
		content: string;
		reason: VersionReason;
		author: VersionAuthor;
		metadata?: Record<string, unknown>;
		now: string;
	}): void;
	/** Newest first. */
	list(ownerKind: 'draft' | 'prompt', ownerId: number): PromptVersion[];
	/** The newest `limit` versions, newest first, with what each changed; `total` is the number of all. */
	overview(
		ownerKind: 'draft' | 'prompt',
		ownerId: number,
		limit: number,
	): { total: number; versions: ListedVersion[] };
	/** The same for one version. */
	listed(id: number): ListedVersion;
	get(id: number): PromptVersion & { content: string };
	/** The version of an owner that has a label; upper and lower case are the same. */
	labelled(ownerKind: 'draft' | 'prompt', ownerId: number, label: string): ListedVersion | undefined;
	setLabel(id: number, label: string | null): PromptVersion;
}

/** Search in the current texts of drafts and prompts, by their ids, without regard to case. */
export interface Texts {
	/** Where a word is, as a part of other words too; only `among` those given. */
	find(
		word: string,
		among?: { drafts: readonly number[]; prompts: readonly number[] },
	): { drafts: number[]; prompts: number[] };
	/** The surroundings of the first hit in each text, about 160 characters. */
	excerpts(
		ids: { drafts: readonly number[]; prompts: readonly number[] },
		word: string,
	): { drafts: Map<number, string>; prompts: Map<number, string> };
}

/** The test suite of a draft or prompt: at most one each, as the text of a suite file. */
export interface Suites {
	/** Undefined if the owner has none. */
	get(ownerKind: 'draft' | 'prompt', ownerId: number): string | undefined;
	/** Adds the suite or replaces its text. Throws `not-found` if there is no such draft or prompt. */
	put(suite: { ownerKind: 'draft' | 'prompt'; ownerId: number; content: string; now: string }): void;
	/** Does nothing if there is none. */
	remove(ownerKind: 'draft' | 'prompt', ownerId: number): void;
	/** In the order in which they were added. */
	list(): OwnedSuite[];
}

export interface OwnedSuite {
	ownerKind: 'draft' | 'prompt';
	ownerId: number;
	/** Characters (UTF-16 code units). */
	contentLength: number;
	createdAt: string;
	updatedAt: string;
}

/** Runs of suites with the counts of their variants. Their trials are files beside the store. */
export interface Runs {
	/** Adds a run or replaces one with the same id, its variants included; whether it is blessed stays. */
	put(run: SuiteRun): void;
	/** Throws `not-found`. */
	get(runId: string): SuiteRun;
	/** Newest first by arrival, whatever the clock said; `suite` is a URI. */
	list(filter?: { suite?: string }): SuiteRun[];
	/** Makes a run the baseline of its prompts, instead of another run of its suite. Throws `not-found`. */
	bless(runId: string, now: string): void;
	/** A run is no longer a baseline. Throws `not-found`. */
	unbless(runId: string): void;
	/** Does nothing if there is no such run. The caller removes its trials. */
	remove(runId: string): void;
	/** Marks runs that are still `running` but not in `running` as `interrupted`; returns their ids. */
	markInterrupted(running: readonly string[]): string[];
}

/** What was deleted, kept 30 days for Undo. */
export interface Trash {
	/** Deletes a draft with its chat, results, versions and suite. Returns the id for `restore`. */
	removeDraft(id: number, now: string): number;
	removeResult(testId: string, now: string): number;
	/** Throws `validation` for the default prompt. */
	removePrompt(name: string, now: string): number;
	/** Restores everything under its old ids. Throws `not-found` when it is no longer kept. */
	restore(trashId: number): void;
	list(): { id: number; kind: 'draft' | 'result' | 'prompt'; label: string; deletedAt: string }[];
	purge(before: string): number;
}

/** What an open store can do besides its records. All but `importAll`, `bring`, `fence` and `checkpoint` work in every mode. */
export interface StoreMaintenance {
	/**
	 * Writes a plain SQLite file with the public schema to an absolute path; an existing file is replaced. The trials of
	 * runs, which are not in the store, become the table `suite_trials`.
	 */
	exportDatabase(path: string, trials?: AsyncIterable<{ runId: string; trial: StoredTrial }>): Promise<void>;
	/**
	 * Drafts, versions, prompts, suites, chats, results, stored answers and the counts of runs as readable files plus `workshop.json`, which holds
	 * everything in the names of the database and which `importAll` reads. The caller writes them.
	 */
	exportAll(): Promise<ExportedFile[]>;
	/**
	 * Adds what a `workshop.json` holds, in one transaction: drafts, chats and results get new ids, users become the
	 * local one, a prompt whose name is taken by another text gets a new name. Runs are not added, because their trials
	 * are not in it. Rejects with `validation`.
	 */
	importAll(json: string): Promise<ImportSummary>;
	/**
	 * Adds what another store holds, in one transaction, as `importAll` does, except for drafts that were brought from there
	 * before and have not changed there since. Only reads the other store; a window that has it open goes on working.
	 */
	bring(folder: string): Promise<ImportSummary>;
	/** Takes the ownership from a window that does not answer; call it only with the user's consent. */
	fence(): Promise<void>;
	/** Writes a snapshot now. */
	checkpoint(): Promise<void>;
}

export interface ExportedFile {
	/** Relative, with `/`; names are safe on every system and differ in more than case. */
	path: string;
	text: string;
}

/** Larger files are refused: reading takes several times as much memory. */
export const maxImportBytes = 256 * 1024 * 1024;

export interface ImportSummary {
	drafts: number;
	chats: number;
	prompts: number;
	results: number;
	versions: number;
	/** What was not imported, with the reason. */
	skipped: { what: string; reason: string }[];
}

/** A store that is not empty in another workspace storage folder, for example after a folder was renamed. */
export interface OrphanedStore {
	/** The store's folder, absolute. */
	folder: string;
	/**
	 * `folder`: of a folder that this window has open; `no-folder`: of windows without a folder; `gone`: its folders no
	 * longer exist, and may have been renamed or moved to what is open here; `other`: not known to belong to this window.
	 */
	relation: 'folder' | 'no-folder' | 'gone' | 'other';
	/** Name or path of the workspace, if known. */
	workspace: string | null;
	/** The workspace's folders, absolute; empty if unknown. */
	folders: string[];
	drafts: number;
	/** Without the default prompt that every library begins with. */
	prompts: number;
	topics: { name: string; source: string | null }[];
	/** Time of the last change to a draft. */
	updatedAt: string | null;
}
