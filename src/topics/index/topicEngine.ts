import type { Database, SqlJsStatic, SqlValue } from 'sql.js';
import { bigramsOf } from '../../common/searchTerms.ts';
import type { FieldMapping } from '../../common/topicModel.ts';
import { answers } from './answers.ts';
import type {
	ArticleChanges,
	ImportedArticle,
	KnownArticle,
	OpenTopicDatabase,
	Question,
	TopicDatabase,
	TopicQuestions,
	TopicSource,
} from './contract.ts';
import { count, selectRows, text, textOrNull } from './rows.ts';
import { indexVersion, schema, upgrades } from './schema.ts';
import { readTopicLengths, type TopicLengths } from './topicLengths.ts';

const fields = [
	'uri',
	'uri_key',
	'topic',
	'publication_date',
	'news_source',
	'category',
	'sentiment',
	'future_signal',
	'time_to_impact',
	'driver_type',
	'source_file',
	'source_hash',
	'tags',
	'title',
	'summary',
	'bigrams_title',
	'bigrams_body',
	'body',
] as const;

const insert = `INSERT INTO articles (${fields.join(', ')}) VALUES (${fields.map(() => '?').join(', ')})`;

/** A function that opens topic indexes with this sql.js. */
export function topicDatabases(sql: SqlJsStatic): OpenTopicDatabase {
	return (bytes, options) => new TopicEngine(sql, bytes, options);
}

/** One SQLite database in memory. */
class TopicEngine implements TopicDatabase {
	readonly #database: Database;
	#revision = 0;
	readonly #lengths = new Map<string, TopicLengths>();

	constructor(sql: SqlJsStatic, bytes?: Uint8Array, options: { check: boolean } = { check: false }) {
		this.#database = bytes ? new sql.Database(bytes) : new sql.Database();
		try {
			if (!bytes) {
				this.#database.exec(schema);
				this.#database.exec(`PRAGMA user_version = ${indexVersion}`);
			} else {
				if (options.check && this.#pragma('quick_check') !== 'ok') {
					throw new Error('its structure is damaged');
				}
				this.#upgrade();
			}
			this.#database.exec('PRAGMA foreign_keys = ON');
		} catch (error) {
			this.#database.close();
			throw error;
		}
	}

	get revision(): number {
		return this.#revision;
	}

	export(): Uint8Array {
		return this.#database.export();
	}

	close(): void {
		this.#database.close();
	}

	ask<K extends Question>(question: K, ...parameters: Parameters<TopicQuestions[K]>): ReturnType<TopicQuestions[K]> {
		return answers[question](
			{ database: this.#database, lengths: (topic) => this.#lengthsOf(topic) },
			...parameters,
		);
	}

	#lengthsOf(topic: string): TopicLengths {
		const lengths = this.#lengths.get(topic) ?? readTopicLengths(this.#database, topic);
		this.#lengths.set(topic, lengths);
		return lengths;
	}

	sources(): TopicSource[] {
		return selectRows(this.#database, 'SELECT name, source, uri_base, mapping FROM topics ORDER BY name').map(
			(row) => ({
				name: text(row.name),
				source: textOrNull(row.source),
				uriBase: text(row.uri_base),
				mapping: typeof row.mapping === 'string' ? (JSON.parse(row.mapping) as FieldMapping) : null,
			}),
		);
	}

	known(topic: string): KnownArticle[] {
		return selectRows(
			this.#database,
			'SELECT uri, title, publication_date, source_file, source_hash FROM articles WHERE topic = ?',
			[topic],
		).map((row) => ({
			uri: text(row.uri),
			title: text(row.title),
			publicationDate: textOrNull(row.publication_date),
			sourceFile: text(row.source_file),
			sourceHash: text(row.source_hash),
		}));
	}

	owners(uris: readonly string[]): Map<string, string> {
		const found = selectRows(
			this.#database,
			'SELECT uri, topic FROM articles WHERE uri IN (SELECT value FROM json_each(?))',
			[JSON.stringify(uris)],
		);
		return new Map(found.map((row) => [text(row.uri), text(row.topic)]));
	}

	apply(topic: TopicSource, changes: ArticleChanges): void {
		this.#transaction(() => {
			this.#database.run(
				`INSERT INTO topics (name, source, uri_base, mapping, skipped, notes) VALUES (?, ?, ?, ?, ?, ?)
				ON CONFLICT (name) DO UPDATE SET source = excluded.source, mapping = excluded.mapping,
				skipped = excluded.skipped, notes = excluded.notes`,
				[
					topic.name,
					topic.source,
					topic.uriBase,
					topic.mapping && JSON.stringify(topic.mapping),
					JSON.stringify(changes.skipped),
					JSON.stringify(changes.notes),
				],
			);
			const outdated = [...changes.removedUris, ...changes.changed.map((article) => article.uri)];
			this.#database.run('DELETE FROM articles WHERE uri IN (SELECT value FROM json_each(?))', [
				JSON.stringify(outdated),
			]);
			const [last] = selectRows(this.#database, 'SELECT max(id) AS id FROM articles');
			const statement = this.#database.prepare(insert);
			try {
				for (const article of changes.changed) {
					statement.run(valuesOf(topic.name, article));
				}
			} finally {
				statement.free();
			}
			this.#database.run(
				'INSERT INTO article_index (docid, title, body) SELECT rowid, title, body FROM article_terms WHERE rowid > ?',
				[count(last?.id)],
			);
		});
	}

	rename(from: string, to: string): void {
		this.#transaction(() => this.#database.run('UPDATE topics SET name = ? WHERE name = ?', [to, from]));
	}

	remove(name: string): void {
		this.#transaction(() => this.#database.run('DELETE FROM topics WHERE name = ?', [name]));
	}

	#upgrade(): void {
		for (let version = this.#pragma('user_version'); version !== indexVersion;) {
			const upgrade = typeof version === 'number' ? upgrades[version] : undefined;
			if (typeof version !== 'number' || upgrade === undefined) {
				throw new Error('it has the layout of another version');
			}
			this.#database.exec(upgrade);
			this.#database.exec(`PRAGMA user_version = ${++version}`);
		}
	}

	#pragma(name: string): SqlValue | undefined {
		return this.#database.exec(`PRAGMA ${name}`)[0]?.values[0]?.[0];
	}

	#transaction(work: () => void): void {
		this.#database.exec('BEGIN');
		try {
			work();
			this.#database.exec('COMMIT');
			this.#revision++;
			this.#lengths.clear();
		} catch (error) {
			this.#database.exec('ROLLBACK');
			throw error;
		}
	}
}

function valuesOf(topic: string, article: ImportedArticle): SqlValue[] {
	return [
		article.uri,
		article.uriKey,
		topic,
		article.publicationDate,
		article.newsSource,
		article.category,
		article.sentiment,
		article.futureSignal,
		article.timeToImpact,
		article.driverType,
		article.sourceFile,
		article.sourceHash,
		article.tags.join('\n'),
		article.title,
		article.summary,
		bigramsOf(article.title),
		bigramsOf([article.summary ?? '', article.body, ...article.tags].join('\n')),
		article.body,
	];
}
