import assert from 'node:assert/strict';
import initSqlJs, { type Database, type SqlJsStatic } from 'sql.js';
import { lengthNorm } from '../../../../src/topics/index/bm25.ts';
import { topicDatabases } from '../../../../src/topics/index/topicEngine.ts';
import { readTopicLengths } from '../../../../src/topics/index/topicLengths.ts';
import { toArticle } from '../../../../src/topics/sources/toArticle.ts';

function article(title: string, words: number) {
	const made = toArticle(
		{ title, body: 'storm '.repeat(words) },
		{ uri: () => `article:t/${title}`, sourceFile: 'f', sourceHash: title },
	);
	assert.ok(!('reason' in made));
	return made;
}

const topic = (name: string) => ({ name, source: null, uriBase: name, mapping: null });
const none = { removedUris: [], skipped: [], notes: [] };

describe('readTopicLengths', () => {
	let sql: SqlJsStatic;

	before(async () => {
		sql = await initSqlJs();
	});

	it('has the lengths that the full-text index has, whatever their size', () => {
		const engine = topicDatabases(sql)();
		const sizes = [1, 127, 128, 300, 16_383, 16_384, 40_000];
		engine.apply(topic('t'), { changed: sizes.map((size) => article(`Storm of ${size} words`, size)), ...none });
		engine.apply(topic('other'), { changed: [article('Storm elsewhere', 5)], ...none });
		const database = new sql.Database(engine.export());
		const { ids, titleNorms, bodyNorms } = readTopicLengths(database, 't');
		const lengths = lengthsByMatchinfo(database);
		const average = (column: number) =>
			ids.reduce((sum, id) => sum + (lengths.get(id)?.[column] ?? 0), 0) / sizes.length;
		assert.equal(ids.length, sizes.length);
		assert.deepEqual(
			ids,
			ids.toSorted((one, other) => one - other),
		);
		for (const [column, norms] of [titleNorms, bodyNorms].entries()) {
			assert.deepEqual(
				norms,
				ids.map((id) => lengthNorm(lengths.get(id)?.[column] ?? NaN, average(column))),
			);
		}
		database.close();
		engine.close();
	});

	it('are those of the index as it is, after every change', () => {
		const engine = topicDatabases(sql)();
		const found = () => engine.ask('search', 't', 'storm', { limit: 10 }).map((hit) => hit.article.title);
		engine.apply(topic('t'), { changed: [article('A', 5), article('B', 50)], ...none });
		assert.deepEqual(found().sort(), ['A', 'B']);
		engine.apply(topic('t'), { changed: [article('C', 5)], ...none });
		assert.deepEqual(found().sort(), ['A', 'B', 'C']);
		engine.rename('t', 'renamed');
		assert.deepEqual(found(), []);
		assert.equal(engine.ask('search', 'renamed', 'storm', { limit: 10 }).length, 3);
		engine.close();
	});
});

function lengthsByMatchinfo(database: Database): Map<number, Uint32Array> {
	const [result] = database.exec(
		"SELECT docid, matchinfo(article_index, 'l') FROM article_index WHERE article_index MATCH 'storm'",
	);
	return new Map(
		(result?.values ?? []).map(([id, info]) => [Number(id), new Uint32Array((info as Uint8Array).buffer)]),
	);
}
