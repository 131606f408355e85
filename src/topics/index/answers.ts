import type { Database } from 'sql.js';
import type { ImportReport } from '../../common/topicModel.ts';
import { uriKey } from '../articleUri.ts';
import { newestFirst, summaryColumns, summaryOf } from './articleRows.ts';
import { checkCitations } from './citations.ts';
import type { TopicQuestions } from './contract.ts';
import { count, selectRows, text, textOrNull } from './rows.ts';
import { filterOf, searchArticles } from './searchArticles.ts';
import { excerpt } from './snippet.ts';
import type { TopicLengths } from './topicLengths.ts';

/** What the answers are computed from. */
interface AnswerContext {
	database: Database;
	/** What the ranking needs to know about a topic, cached until the index changes. */
	lengths: (topic: string) => TopicLengths;
}

type Answers = {
	[K in keyof TopicQuestions]: (
		context: AnswerContext,
		...parameters: Parameters<TopicQuestions[K]>
	) => ReturnType<TopicQuestions[K]>;
};

const openingLength = 240;

/** The answer to every question of the contract. */
export const answers: Answers = {
	topics: ({ database }) =>
		selectRows(
			database,
			`SELECT t.name, t.source, json_array_length(t.skipped) AS skipped, count(a.id) AS articles,
				min(a.publication_date) AS oldest, max(a.publication_date) AS newest
			FROM topics t LEFT JOIN articles a ON a.topic = t.name GROUP BY t.name ORDER BY t.name COLLATE NOCASE`,
		).map((row) => ({
			name: text(row.name),
			articles: count(row.articles),
			oldest: textOrNull(row.oldest),
			newest: textOrNull(row.newest),
			source: textOrNull(row.source),
			skipped: count(row.skipped),
		})),

	lastImport: ({ database }, topic) => {
		const [row] = selectRows(database, 'SELECT skipped, notes FROM topics WHERE name = ?', [topic]);
		const listed = (column: unknown) =>
			typeof column === 'string' ? (JSON.parse(column) as ImportReport['notes']) : [];
		return { skipped: listed(row?.skipped), notes: listed(row?.notes) };
	},

	groups: ({ database }, topic, by) =>
		selectRows(
			database,
			`SELECT ${groupKey(by)} AS key, count(*) AS count FROM articles a WHERE topic = ? GROUP BY 1
			ORDER BY key = '', ${by === 'month' ? 'key DESC' : 'count DESC, key'}`,
			[topic],
		).map((row) => ({ key: text(row.key), count: count(row.count) })),

	articles: ({ database }, topic, page = {}) => {
		const inGroup = page.by !== undefined && page.group !== undefined;
		return selectRows(
			database,
			`SELECT ${summaryColumns} FROM articles a WHERE a.topic = ?
			${inGroup ? `AND ${groupKey(page.by ?? 'month')} = ?` : ''} ${newestFirst} LIMIT ? OFFSET ?`,
			[topic, ...(inGroup ? [page.group ?? ''] : []), page.limit ?? 200, page.offset ?? 0],
		).map(summaryOf);
	},

	article: ({ database }, uri) => {
		const [row] = selectRows(
			database,
			`SELECT ${summaryColumns}, a.body FROM articles a WHERE a.uri = ? OR a.uri_key = ? ORDER BY a.uri = ? DESC LIMIT 1`,
			[uri, uriKey(uri), uri],
		);
		return row && { ...summaryOf(row), body: text(row.body) };
	},

	search: ({ database, lengths }, topic, query, options) => searchArticles(database, lengths, topic, query, options),

	latest: ({ database }, topic, options) => {
		const where = filterOf(options);
		const from = `FROM articles a WHERE a.topic = ? ${where.sql}`;
		const rows = selectRows(
			database,
			`SELECT ${summaryColumns}, substr(a.body, 1, ${openingLength * 2}) AS opening ${from} ${newestFirst} LIMIT ?`,
			[topic, ...where.parameters, options.limit],
		);
		const [total] = selectRows(database, `SELECT count(*) AS total ${from}`, [topic, ...where.parameters]);
		const hits = rows.map((row) => {
			const article = summaryOf(row);
			return { article, score: 0, snippet: excerpt(article.summary ?? text(row.opening), 0, openingLength) };
		});
		return { hits, total: count(total?.total) };
	},

	categories: ({ database }, topic, filter) => {
		const where = filterOf(filter);
		return selectRows(
			database,
			`SELECT a.category, count(*) AS count, max(a.publication_date) AS newest FROM articles a
			WHERE a.topic = ? ${where.sql} GROUP BY a.category ORDER BY a.category IS NULL, count DESC, a.category`,
			[topic, ...where.parameters],
		).map((row) => ({
			category: textOrNull(row.category),
			count: count(row.count),
			newest: textOrNull(row.newest),
		}));
	},

	sentiments: ({ database }, topic, filter) => {
		const where = filterOf(filter);
		return selectRows(
			database,
			`SELECT substr(a.publication_date, 1, 7) AS month, lower(a.sentiment) AS sentiment, count(*) AS count
			FROM articles a WHERE a.topic = ? ${where.sql} GROUP BY 1, 2 ORDER BY month IS NULL, month, sentiment`,
			[topic, ...where.parameters],
		).map((row) => ({
			month: textOrNull(row.month),
			sentiment: textOrNull(row.sentiment),
			count: count(row.count),
		}));
	},

	newest: ({ database }, topic, now) => {
		const [row] = selectRows(
			database,
			'SELECT max(publication_date) AS newest FROM articles WHERE topic = ? AND publication_date <= ?',
			[topic, now],
		);
		return textOrNull(row?.newest);
	},

	citations: ({ database }, topic, markdown, returned) =>
		checkCitations(markdown, returned, (keys) =>
			selectRows(
				database,
				'SELECT uri_key FROM articles WHERE topic = ? AND uri_key IN (SELECT value FROM json_each(?))',
				[topic, JSON.stringify(keys)],
			).map((row) => text(row.uri_key)),
		),
};

function groupKey(by: 'category' | 'month'): string {
	return by === 'month' ? "coalesce(substr(a.publication_date, 1, 7), '')" : "coalesce(a.category, '')";
}
