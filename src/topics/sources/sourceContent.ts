import type { FieldMapping, ImportReport } from '../../common/topicModel.ts';
import type { ImportOptions } from '../contract.ts';
import type { TopicFiles } from '../files.ts';
import type { ImportedArticle, KnownArticle } from '../index/contract.ts';

/** A row of a table, with its article even if it is unchanged in the index. */
export interface TableRow {
	table: string;
	/** For people, for example `line 3`. */
	place: string;
	article: ImportedArticle;
	/** False if it has only a summary. */
	hasBody: boolean;
}

export interface SourceContext extends ImportOptions {
	files: TopicFiles;
	uriBase: string;
	mapping: FieldMapping | null;
	/** The articles of this topic in the index. */
	known: readonly KnownArticle[];
	bodyOf: (known: KnownArticle) => string;
	/** What the last import did not read of the articles that it imported. */
	notes: ImportReport['notes'];
}

/** A newly read article, or one that is unchanged in the index. */
export type ReadArticle = ImportedArticle | { unchanged: KnownArticle };

export interface SourceArticle {
	read: ReadArticle;
	/** Its position, for the report: a file, or a row of a file. */
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
