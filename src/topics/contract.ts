import type { Citation } from '../common/model.ts';
import type { Disposable, Event } from '../common/lifecycle.ts';
import type { Tool } from '../common/tools.ts';
import type { Article, ArticleSummary, FieldMapping, ImportReport, SearchHit, Topic } from '../common/topicModel.ts';
import type { ArticlePage, AskTopics } from './index/contract.ts';

/** The contract of the topics room. Other rooms import this file only. */

export interface ImportOptions {
	signal?: AbortSignal;
	onProgress?: (progress: { done: number; total: number; file: string }) => void;
	/** Called when no column of a file is recognised as the text; `undefined` cancels the import. Not used for a folder's files. */
	chooseMapping?: (columns: string[], sample: Record<string, string>) => Promise<FieldMapping | undefined>;
}

/** The tools of one test run, which share its article limit and count. */
export interface ToolSession {
	readonly tools: Tool[];
	/** Distinct articles handed out so far, by URI. */
	readonly returned: ReadonlySet<string>;
	/** Matches the links of an answer with what the tools returned and with the topic. */
	checkCitations(markdown: string): Promise<Citation[]>;
}

/** Names of the topics that changed, both old and new after a rename; `all` if the names are not known. */
export interface TopicChange {
	topics: readonly string[];
	all: boolean;
}

export interface TopicIndex extends Disposable {
	readonly onDidChange: Event<TopicChange>;
	list(): Promise<Topic[]>;
	/** Imports a Markdown, CSV, JSON or JSONL file, or a folder of them; an existing topic is updated. */
	import(name: string, path: string, options?: ImportOptions): Promise<ImportReport>;
	refresh(name: string, options?: ImportOptions): Promise<ImportReport>;
	rename(from: string, to: string): Promise<void>;
	remove(name: string): Promise<void>;
	/** Asks the index any of `TopicQuestions`; the members below are the common ones. */
	ask: AskTopics;
	articles(topic: string, page?: ArticlePage): Promise<ArticleSummary[]>;
	/** By URI, or by a link that differs only in scheme, `www.`, trailing slash, tracking parameters or fragment. */
	article(uri: string): Promise<Article | undefined>;
	/** `asYouType`: the last word of the query may be unfinished. */
	search(topic: string, query: string, options?: { limit?: number; asYouType?: boolean }): Promise<SearchHit[]>;
	/** `limit`: distinct articles in the whole run. `now`: the date that date phrases refer to. `General` has no tools. */
	openTools(topic: string, options: { limit: number; now?: Date }): Promise<ToolSession>;
}
