/** Increases with every change of the tables below. An older index is upgraded, or rebuilt if `upgrades` cannot. */
export const indexVersion = 3;

/** The statement that upgrades an index from each version to the next. */
export const upgrades: Readonly<Record<number, string>> = {
	2: "ALTER TABLE topics ADD COLUMN notes TEXT NOT NULL DEFAULT '[]'",
};

/**
 * `article_terms` is the content of the full-text index: an external content table keeps no second copy of the texts.
 * Deleting from an FTS4 index reads the old text again, so that trigger runs before the row is deleted
 * (https://www.sqlite.org/fts3.html#_external_content_fts4_tables_). Rows are added to the full-text index by one statement
 * after many articles, not by a trigger: a trigger opens a savepoint for each article, and each savepoint makes FTS4 write
 * a separate segment, which takes twice the time. So articles are deleted and inserted, never updated. Narrow columns come
 * before `body`, so that a scan over topics and dates never reads the overflow pages of the texts.
 */
export const schema = `
CREATE TABLE topics (
	name TEXT PRIMARY KEY,
	source TEXT,
	uri_base TEXT NOT NULL UNIQUE,
	mapping TEXT,
	skipped TEXT NOT NULL,
	notes TEXT NOT NULL DEFAULT '[]'
);
CREATE TABLE articles (
	id INTEGER PRIMARY KEY,
	uri TEXT NOT NULL UNIQUE,
	uri_key TEXT NOT NULL,
	topic TEXT NOT NULL REFERENCES topics(name) ON UPDATE CASCADE ON DELETE CASCADE,
	publication_date TEXT,
	news_source TEXT,
	category TEXT,
	sentiment TEXT,
	future_signal TEXT,
	time_to_impact TEXT,
	driver_type TEXT,
	source_file TEXT,
	source_hash TEXT NOT NULL,
	tags TEXT NOT NULL,
	title TEXT NOT NULL,
	summary TEXT,
	bigrams_title TEXT,
	bigrams_body TEXT,
	body TEXT NOT NULL
);
CREATE INDEX articles_by_key ON articles (uri_key);
CREATE INDEX articles_by_date ON articles (topic, publication_date);
CREATE INDEX articles_by_category ON articles (topic, category, publication_date);
CREATE VIEW article_terms AS SELECT
	id AS rowid,
	title || ' ' || coalesce(bigrams_title, '') AS title,
	coalesce(summary, '') || ' ' || body || ' ' || tags || ' ' || coalesce(bigrams_body, '') AS body
FROM articles;
CREATE VIRTUAL TABLE article_index USING fts4(
	content="article_terms", title, body, tokenize=unicode61, prefix="2,3"
);
CREATE TRIGGER articles_before_delete BEFORE DELETE ON articles BEGIN
	DELETE FROM article_index WHERE docid = old.id;
END;
`;
