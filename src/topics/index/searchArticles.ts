import type { Database, SqlValue } from 'sql.js';
import { queryTerms, type Term } from '../../common/searchTerms.ts';
import type { SearchHit } from '../../common/topicModel.ts';
import { summaryColumns, summaryOf } from './articleRows.ts';
import { idfOf, termHits, termScore } from './bm25.ts';
import type { ArticleFilter, SearchOptions } from './contract.ts';
import { selectRows, text } from './rows.ts';
import { snippets } from './snippet.ts';
import type { TopicLengths } from './topicLengths.ts';
import { wordStem } from './wordStem.ts';

const titleWeight = 3;

/**
 * Ranked text search in one topic: articles with all terms, and if these are too few, also those with any term. The query
 * is plain text; anything in it that looks like query syntax has no effect.
 */
export function searchArticles(
	database: Database,
	lengths: (topic: string) => TopicLengths,
	topic: string,
	query: string,
	options: SearchOptions,
): SearchHit[] {
	const terms = queryTerms(query);
	if (terms.length === 0) {
		return [];
	}
	const unfinished = options.asYouType === true && /[\p{L}\p{N}\p{M}]$/u.test(query) ? terms.at(-1) : undefined;
	const best = rank(database, lengths(topic), matchOf(terms, unfinished), {
		...options,
		allowed: idsWithin(database, topic, options),
	});
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

interface MatchExpression {
	expression: string;
	/** Numbers of the phrases of each term: the word itself, and possibly its stem as a prefix. */
	groups: readonly (readonly number[])[];
}

/** Quotes every word, so that none is read as an operator or a column name. */
function matchOf(terms: readonly Term[], unfinished: Term | undefined): MatchExpression {
	const groups: number[][] = [];
	let phrases = 0;
	const expressions = terms.flatMap((term) => {
		const phrase = term.join(' ');
		const prefix = term === unfinished ? phrase : term.length === 1 ? wordStem(phrase) : undefined;
		const forms = [`"${phrase}"`, ...(prefix === undefined ? [] : [`"${prefix}*"`])];
		groups.push(forms.map(() => phrases++));
		return forms;
	});
	return { expression: expressions.join(' OR '), groups };
}

/**
 * The best articles of the topic, best first. Common words match most articles, so a match takes only a few numbers, and
 * nothing but its hits is read.
 */
function rank(
	database: Database,
	lengths: TopicLengths,
	{ expression, groups }: MatchExpression,
	{ limit, match, allowed }: SearchOptions & { allowed: ReadonlySet<number> | undefined },
): Ranked[] {
	const { ids, frequencies, articlesWith } = findMatches(database, lengths, expression, groups);
	const idf = articlesWith.map((found) => idfOf(lengths.ids.length, found));
	const withAny: Ranked[] = [];
	const withAll: Ranked[] = [];
	for (let at = 0; at < ids.length; at++) {
		const id = ids[at] ?? 0;
		if (allowed && !allowed.has(id)) {
			continue;
		}
		let score = 0;
		let found = 0;
		for (let term = 0; term < groups.length; term++) {
			const frequency = frequencies[at * groups.length + term] ?? 0;
			if (frequency > 0) {
				score += termScore(frequency, idf[term] ?? 0);
				found++;
			}
		}
		keepBest(withAny, { id, score }, limit);
		if (found === groups.length) {
			keepBest(withAll, { id, score }, limit);
		}
	}
	return withAll.length === limit || match === 'all' ? withAll : withAny;
}

interface Matches {
	/** Articles of the topic with any of the terms. */
	ids: number[];
	/** The weighted frequency of each term in each of them, article by article. */
	frequencies: number[];
	/**
	 * Number of articles with each term, in their titles or in their texts, whichever is greater. On the judged queries this
	 * ranks better than counting the articles that have it anywhere.
	 */
	articlesWith: number[];
}

function findMatches(
	database: Database,
	lengths: TopicLengths,
	expression: string,
	groups: MatchExpression['groups'],
): Matches {
	const ids: number[] = [];
	const frequencies: number[] = [];
	const inTitles = groups.map(() => 0);
	const inTexts = groups.map(() => 0);
	const statement = database.prepare(
		"SELECT docid, matchinfo(article_index, 'y') FROM article_index WHERE article_index MATCH ?",
		[expression],
	);
	try {
		for (let place = 0; statement.step();) {
			const [id, hits] = statement.get();
			if (typeof id !== 'number' || !(hits instanceof Uint8Array)) {
				continue;
			}
			// Both are in the order of the ids.
			while ((lengths.ids[place] ?? Infinity) < id) {
				place++;
			}
			if (lengths.ids[place] !== id) {
				continue;
			}
			ids.push(id);
			for (let term = 0; term < groups.length; term++) {
				const inTitle = termHits(hits, groups[term] ?? [], 0);
				const inText = termHits(hits, groups[term] ?? [], 1);
				inTitles[term] = (inTitles[term] ?? 0) + (inTitle > 0 ? 1 : 0);
				inTexts[term] = (inTexts[term] ?? 0) + (inText > 0 ? 1 : 0);
				frequencies.push(
					(titleWeight * inTitle) / (lengths.titleNorms[place] ?? 1) +
						inText / (lengths.bodyNorms[place] ?? 1),
				);
			}
		}
	} finally {
		statement.free();
	}
	const articlesWith = inTitles.map((found, term) => Math.max(found, inTexts[term] ?? 0));
	return { ids, frequencies, articlesWith };
}

/** Inserts an article into the `limit` best; among equals, earlier ones come first. */
function keepBest(best: Ranked[], article: Ranked, limit: number): void {
	if (best.length < limit || article.score > (best.at(-1)?.score ?? 0)) {
		best.splice(best.findLastIndex(({ score }) => score >= article.score) + 1, 0, article);
		best.length = Math.min(best.length, limit);
	}
}

interface Ranked {
	id: number;
	score: number;
}

/** Ids of the articles that match a filter; undefined if there is no filter. */
function idsWithin(database: Database, topic: string, filter: ArticleFilter): Set<number> | undefined {
	const where = filterOf(filter);
	if (where.sql === '') {
		return undefined;
	}
	const [row] = selectRows(
		database,
		`SELECT json_group_array(a.id) AS ids FROM articles a WHERE a.topic = ? ${where.sql}`,
		[topic, ...where.parameters],
	);
	return new Set(JSON.parse(text(row?.ids)) as number[]);
}

/** The conditions of a filter as SQL that begins with AND, for the table alias `a`. */
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
