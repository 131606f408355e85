import type { FieldMapping, ImportReport } from '../../common/topicModel.ts';
import type { ImportOptions } from '../contract.ts';
import type { TopicFiles } from '../files.ts';
import type { ImportedArticle, KnownArticle } from '../index/contract.ts';

/** A row of a table, with what it holds even where the index has it unchanged. */
export interface TableRow {
	table: string;
	/** In words: `line 3`. */
	place: string;
	article: ImportedArticle;
	/** False where it has a summary only. */
	hasBody: boolean;
}

export interface SourceContext extends ImportOptions {
	files: TopicFiles;
	uriBase: string;
	mapping: FieldMapping | null;
	/** What the index holds of this topic. */
	known: readonly KnownArticle[];
	bodyOf: (known: KnownArticle) => string;
	/** What the last import did not read of articles that came. */
	notes: ImportReport['notes'];
}

/** Freshly read, or as the index has it. */
export type ReadArticle = ImportedArticle | { unchanged: KnownArticle };

export interface SourceArticle {
	read: ReadArticle;
	/** Where it stands, for the report: a file, or a row of one. */
	place: string;
	/** What was not read of it. */
	note?: string | undefined;
	row?: TableRow;
}

export interface SourceContent {
	/** Every article that the source has now. */
	articles: SourceArticle[];
	skipped: ImportReport['skipped'];
	mapping: FieldMapping | null;
}
