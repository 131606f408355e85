import type { Citation } from '../../common/model.ts';
import type {
	Article,
	ArticleGroup,
	ArticleSummary,
	FieldMapping,
	ImportReport,
	SearchHit,
	Topic,
} from '../../common/topicModel.ts';

/** The contract of the topic index: what is stored and what can be asked. */

/** An article as it was read from a source, before it has a topic. */
export interface ImportedArticle extends Omit<Article, 'topic'> {
	/** Comparable form of `uri`: the same for links that lead to the same article. */
	uriKey: string;
	/** Shows whether the article has changed since the last import. */
	sourceHash: string;
}

/** What an import compares an article with. */
export interface KnownArticle {
	uri: string;
	title: string;
	publicationDate: string | null;
	sourceFile: string;
	sourceHash: string;
}

export interface TopicSource {
	name: string;
	source: string | null;
	/** First part of the URIs of articles that have no link of their own. */
	uriBase: string;
	mapping: FieldMapping | null;
}

export interface ArticleFilter {
	/** Inclusive ISO date. */
	from?: string | undefined;
	/** Exclusive ISO date. */
	until?: string | undefined;
	/** As the articles spell them. */
	categories?: readonly string[] | undefined;
}

export interface ArticleChanges extends ImportNotes {
	changed: readonly ImportedArticle[];
	removedUris: readonly string[];
}

export interface SearchOptions extends ArticleFilter {
	limit: number;
	/** `all`: only articles with every term; `any`: also those with some terms, if there are fewer than `limit` with all. */
	match?: 'any' | 'all';
	/** The last word of the query may be unfinished. */
	asYouType?: boolean;
}

export interface ArticleList {
	/** Newest first; the passage is the summary or the opening of the text. */
	hits: SearchHit[];
	/** Number of articles that match the filter, including `hits`. */
	total: number;
}

export interface CategoryCount {
	/** `null`: not recorded. */
	category: string | null;
	count: number;
	newest: string | null;
}

export interface SentimentCount {
	/** `YYYY-MM`; `null`: no date recorded. */
	month: string | null;
	/** `null`: not recorded. */
	sentiment: string | null;
	count: number;
}

export interface ArticlePage {
	by?: 'category' | 'month';
	group?: string;
	offset?: number;
	limit?: number;
}

/** What is recorded of an import besides its articles. */
export type ImportNotes = Pick<ImportReport, 'skipped' | 'notes'>;

/**
 * Every question to the index. A new one needs a line here and its answer in `answers.ts`; tools and the host ask it by
 * name, in this thread or through the worker.
 */
export interface TopicQuestions {
	topics(): Topic[];
	/** What the last import of the topic skipped or did not read, and why. */
	lastImport(topic: string): ImportNotes;
	groups(topic: string, by: 'category' | 'month'): ArticleGroup[];
	articles(topic: string, page?: ArticlePage): ArticleSummary[];
	/** By URI, or by a link that differs only in scheme, `www.`, trailing slash, tracking parameters or fragment. */
	article(uri: string): Article | undefined;
	/**
	 * Ranked text search in one topic: articles with all terms, and if these are too few, also those with any term. The query
	 * is plain text; anything in it that looks like query syntax has no effect.
	 */
	search(topic: string, query: string, options: SearchOptions): SearchHit[];
	latest(topic: string, options: ArticleFilter & { limit: number }): ArticleList;
	/** Most articles first, those without a category last. */
	categories(topic: string, filter: ArticleFilter): CategoryCount[];
	/** By month, oldest first. */
	sentiments(topic: string, filter: ArticleFilter): SentimentCount[];
	/** Newest date of the topic that is not after `now`. */
	newest(topic: string, now: string): string | null;
	/** The links of an answer, matched with the articles that tools returned (by URI) and with the topic. */
	citations(topic: string, markdown: string, returned: readonly string[]): Citation[];
}

export type Question = keyof TopicQuestions;

/** Asks by name, so that the code between the caller and the index need not know the questions. */
export type AskTopics = <K extends Question>(
	question: K,
	...parameters: Parameters<TopicQuestions[K]>
) => Promise<ReturnType<TopicQuestions[K]>>;

/** The topic index in memory. Every method is synchronous; a write is one transaction. */
export interface TopicDatabase {
	/** Increases with every change. */
	readonly revision: number;
	/** The bytes of the index file. */
	export(): Uint8Array;
	close(): void;
	ask<K extends Question>(question: K, ...parameters: Parameters<TopicQuestions[K]>): ReturnType<TopicQuestions[K]>;
	sources(): TopicSource[];
	/** The topic's articles, for the next import to compare with. */
	known(topic: string): KnownArticle[];
	/** The topics that have articles with these URIs, by URI. */
	owners(uris: readonly string[]): Map<string, string>;
	/** Records the topic and its source, and applies what changed, in one transaction. */
	apply(topic: TopicSource, changes: ArticleChanges): void;
	rename(from: string, to: string): void;
	remove(name: string): void;
}

/**
 * Opens an index from the bytes of its file, or a new one. `check`: the checksum of the bytes is not known, so SQLite checks
 * them. Throws with the reason when they are not a valid index of this version.
 */
export type OpenTopicDatabase = (bytes?: Uint8Array, options?: { check: boolean }) => TopicDatabase;
