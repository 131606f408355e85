import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import MiniSearch from 'minisearch';
import initSqlJs from 'sql.js';
import { topicDatabases } from '../../../src/topics/index/topicEngine.ts';
import { openTopicIndex } from '../../../src/topics/openTopicIndex.ts';
import { mean, ndcg, readJudgedQueries, readSampleArticles, sampleArticles } from './judgedQueries.ts';

describe('ranking on the judged queries', function () {
	this.timeout(10_000);
	it('has thirty queries, each with at most half its words in the title of any judged article', async () => {
		const queries = await readJudgedQueries();
		assert.equal(queries.length, 30);
		const titles = new Map((await readSampleArticles()).map(({ file, title }) => [file, wordsOf(title)]));
		for (const { query, grades } of queries) {
			const words = wordsOf(query);
			for (const file of Object.keys(grades)) {
				const title = titles.get(file);
				assert.ok(title && title.size > 0, `${file} has no title`);
				const shared = [...words].filter((word) => title.has(word)).length;
				assert.ok(shared <= words.size / 2, `"${query}" shares ${shared} of ${words.size} words with ${file}`);
			}
		}
	});

	it('reaches an nDCG@10 of 0.74, above MiniSearch with prefix and fuzzy search', async () => {
		const folder = await mkdtemp(join(tmpdir(), 'topics-'));
		const index = openTopicIndex({
			file: join(folder, 'topics.db'),
			database: async () => topicDatabases(await initSqlJs()),
		});
		await index.import('Storage', sampleArticles);
		const mini = new MiniSearch({ idField: 'file', fields: ['title', 'body'] });
		mini.addAll(await readSampleArticles());
		const ours: number[] = [];
		const others: number[] = [];
		for (const { query, grades } of await readJudgedQueries()) {
			const hits = await index.search('Storage', query, { limit: 10 });
			ours.push(
				ndcg(
					hits.map(({ article }) => article.sourceFile ?? ''),
					grades,
				),
			);
			const found = mini.search(query, { boost: { title: 2 }, prefix: true, fuzzy: 0.2 });
			others.push(
				ndcg(
					found.map(({ id }) => String(id)),
					grades,
				),
			);
		}
		await index.dispose();
		await rm(folder, { recursive: true });
		assert.ok(mean(ours) >= 0.74, `nDCG@10 is ${mean(ours).toFixed(3)}`);
		assert.ok(mean(ours) > mean(others), `MiniSearch reaches ${mean(others).toFixed(3)}`);
	});
});

function wordsOf(text: string): Set<string> {
	return new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu));
}
