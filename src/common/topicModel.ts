/** A collection of articles that prompts are tested on. */

export interface Topic {
	name: string;
	articles: number;
	/** ISO dates of the oldest and newest dated article. */
	oldest: string | null;
	newest: string | null;
	/** Absolute path of the folder or file that it was imported from. */
	source: string | null;
	/** Files and rows that the last import skipped. */
	skipped: number;
}

export interface Article {
	uri: string;
	topic: string;
	title: string;
	newsSource: string | null;
	/** ISO date or date-time. */
	publicationDate: string | null;
	summary: string | null;
	body: string;
	category: string | null;
	sentiment: string | null;
	futureSignal: string | null;
	timeToImpact: string | null;
	driverType: string | null;
	tags: string[];
	sourceFile: string | null;
}

export type ArticleSummary = Omit<Article, 'body'>;

export interface SearchHit {
	article: ArticleSummary;
	/** BM25, higher is better; comparable within one search only. */
	score: number;
	/** The passage that matched, plain text. */
	snippet: string;
}

export interface ImportReport {
	articles: number;
	added: number;
	updated: number;
	removed: number;
	skipped: { file: string; reason: string }[];
	/** What was not read of the articles that were imported. */
	notes: { file: string; reason: string }[];
}

/** Column or key names of a source, by article field. */
export type FieldMapping = Partial<
	Record<
		'uri' | 'title' | 'newsSource' | 'publicationDate' | 'summary' | 'body' | 'category' | 'sentiment' | 'tags',
		string
	>
>;

export interface ArticleGroup {
	/** Category, or month as `YYYY-MM`; empty when not recorded. */
	key: string;
	count: number;
}
