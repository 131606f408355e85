import type { Database, SqlValue } from 'sql.js';
import { queryTerms, type Term } from '../../common/searchTerms.ts';
import type { SearchHit } from '../../common/topicModel.ts';
import { summaryColumns, summaryOf } from './articleRows.ts';
import { bm25, idfOf, readStatistics, type PhraseGroups } from './bm25.ts';
import type { ArticleFilter, SearchOptions } from './contract.ts';
import { selectRows, text } from './rows.ts';
import { snippets } from './snippet.ts';
import { wordStem } from './wordStem.ts';

const titleAndBody = [3, 1];

/**
 * Ranked text search in one topic: articles with all terms, and those with any term where these are too few.
 * The query is plain text; what looks like query syntax in it has no effect.
 */
export function searchArticles(database: Database, topic: string, query: string, options: SearchOptions): SearchHit[] {
	const terms = queryTerms(query);
	if (terms.length === 0) {
		return [];
	}
	const unfinished = options.asYouType === true && /[\p{L}\p{N}\p{M}]$/u.test(query) ? terms.at(-1) : undefined;
	const all = rank(database, topic, matchOf(terms, 'AND', unfinished), options);
	const enough = all.length >= options.limit || terms.length === 1 || options.match === 'all';
	const ranked = enough ? all : rank(database, topic, matchOf(terms, 'OR', unfinished), options);
	const best = ranked.slice(0, options.limit);
	const texts = textsOf(
		database,
		best.map(({ id }) => id),
	);
	const snippetOf = snippets(terms.flat());
	const hits = best.flatMap(({ id, score }): SearchHit[] => {
		const found = texts.get(id);
		return found ? [{ article: found.article, score, snippet: snippetOf(found.text) }] : [];
	});
	return hits.sort((one, other) => other.score - one.score || newerFirst(one, other));
}

function newerFirst(one: SearchHit, other: SearchHit): number {
	return (other.article.publicationDate ?? '').localeCompare(one.article.publicationDate ?? '');
}

interface Ranked {
	id: number;
	score: number;
}

interface MatchExpression {
	expression: string;
	groups: PhraseGroups;
}

/** Every word stands in quotes, so that none is read as an operator or a column name. */
function matchOf(terms: readonly Term[], operator: 'AND' | 'OR', unfinished: Term | undefined): MatchExpression {
	const groups: number[][] = [];
	let phrases = 0;
	const expressions = terms.map((term) => {
		const phrase = term.join(' ');
		const prefix = term === unfinished ? phrase : term.length === 1 ? wordStem(phrase) : undefined;
		const forms = [`"${phrase}"`, ...(prefix === undefined ? [] : [`"${prefix}*"`])];
		groups.push(forms.map(() => phrases++));
		return forms.length === 1 ? forms.join('') : `(${forms.join(' OR ')})`;
	});
	return { expression: expressions.join(` ${operator} `), groups };
}

/** Best first. CROSS JOIN fixes the order: else SQLite takes the topic first and asks the full-text index per article. */
function rank(database: Database, topic: string, match: MatchExpression, filter: ArticleFilter): Ranked[] {
	const [first] = selectRows(
		database,
		"SELECT matchinfo(article_index, 'pcnax') AS info FROM article_index WHERE article_index MATCH ? LIMIT 1",
		[match.expression],
	);
	if (!(first?.info instanceof Uint8Array)) {
		return [];
	}
	const statistics = readStatistics(first.info);
	const idf = idfOf(statistics, match.groups);
	const where = filterOf(filter);
	const ranked: Ranked[] = [];
	const statement = database.prepare(
		`SELECT a.id, matchinfo(article_index, 'ly') FROM article_index CROSS JOIN articles a ON a.id = article_index.docid
		WHERE article_index MATCH ? AND a.topic = ? ${where.sql}`,
		[match.expression, topic, ...where.parameters],
	);
	try {
		while (statement.step()) {
			const [id, info] = statement.get();
			if (typeof id === 'number' && info instanceof Uint8Array) {
				ranked.push({ id, score: bm25(info, match.groups, idf, statistics.averageLengths, titleAndBody) });
			}
		}
	} finally {
		statement.free();
	}
	return ranked.sort((one, other) => other.score - one.score || one.id - other.id);
}

/** The conditions of a filter as SQL that begins with AND, over the table alias `a`. */
export function filterOf(filter: ArticleFilter): { sql: string; parameters: SqlValue[] } {
	const conditions: [string, SqlValue][] = [];
	if (filter.from !== undefined) {
		conditions.push(['AND a.publication_date >= ?', filter.from]);
	}
	if (filter.until !== undefined) {
		conditions.push(['AND a.publication_date < ?', filter.until]);
	}
	if (filter.categories !== undefined) {
		conditions.push(['AND a.category IN (SELECT value FROM json_each(?))', JSON.stringify(filter.categories)]);
	}
	return { sql: conditions.map(([sql]) => sql).join(' '), parameters: conditions.map(([, value]) => value) };
}

function textsOf(database: Database, ids: readonly number[]) {
	const found = selectRows(
		database,
		`SELECT ${summaryColumns}, a.body FROM articles a WHERE a.id IN (SELECT value FROM json_each(?))`,
		[JSON.stringify(ids)],
	);
	return new Map(
		found.map((row) => [Number(row.id), { article: summaryOf(row), text: text(row.body) || text(row.summary) }]),
	);
}
