import assert from 'node:assert/strict';
import { mkdtemp, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import initSqlJs from 'sql.js';
import { topicDatabases } from '../../../src/topics/index/topicEngine.ts';
import { openTopicIndex } from '../../../src/topics/openTopicIndex.ts';

describe('openTopicIndex', function () {
	this.timeout(10_000);
	let folder: string;
	let source: string;

	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'topics-'));
		source = await mkdtemp(join(tmpdir(), 'articles-'));
		await writeFile(
			join(source, 'pumped.md'),
			'---\ntitle: Old mines as reservoirs\ndate: 2026-03-05\nsource: Harbour Post\ncategory: hydro\nurl: https://example.org/mines\n---\n\nWater falls into a flooded mine shaft and is pumped up again at night.\n',
		);
		await writeFile(
			join(source, '2026-04-01-cells.md'),
			'# Sodium cells reach the grid\n\nA first park of sodium batteries.\n',
		);
	});

	afterEach(async () => {
		await rm(folder, { recursive: true });
		await rm(source, { recursive: true });
	});

	const open = () =>
		openTopicIndex({ file: join(folder, 'topics.db'), database: async () => topicDatabases(await initSqlJs()) });

	it('imports a folder, lists, shows and searches it, also after being opened again', async () => {
		const first = open();
		const report = await first.import('Storage', source);
		assert.deepEqual({ ...report }, { articles: 2, added: 2, updated: 0, removed: 0, skipped: [], notes: [] });
		await first.dispose();

		const index = open();
		assert.deepEqual(
			(await index.list()).map(({ name, articles, oldest, newest }) => ({ name, articles, oldest, newest })),
			[{ name: 'Storage', articles: 2, oldest: '2026-03-05', newest: '2026-04-01' }],
		);
		const [hit] = await index.search('Storage', 'mine shaft water');
		assert.equal(hit?.article.uri, 'https://example.org/mines');
		assert.match(hit.snippet, /flooded mine shaft/u);
		const article = await index.article('article:storage/2026-04-01-cells.md');
		assert.equal(article?.title, 'Sodium cells reach the grid');
		await index.dispose();
	});

	it('brings a topic up to date', async () => {
		const index = open();
		await index.import('Storage', source);
		await writeFile(join(source, 'pumped.md'), '# Changed\n\nNothing about shafts.\n');
		await writeFile(join(source, 'new.md'), '# New\n\nText.\n');
		await unlink(join(source, '2026-04-01-cells.md'));
		const { added, updated, removed, articles } = await index.refresh('Storage');
		assert.deepEqual({ added, updated, removed, articles }, { added: 2, updated: 0, removed: 2, articles: 2 });
		assert.deepEqual(await index.search('Storage', 'flooded'), []);
		await index.dispose();
	});

	it('gives a run its tools, counts what they hand out, and checks citations', async () => {
		const index = open();
		await index.import('Storage', source);
		const session = await index.openTools('Storage', { limit: 1 });
		const search = session.tools.find((tool) => tool.name === 'enhanced_database_search');
		const output = await search?.run({ query: 'flooded mine' }, new AbortController().signal);
		assert.equal(output?.articleCount, 1);
		assert.deepEqual([...session.returned], ['https://example.org/mines']);
		const citations = await session.checkCitations(
			'See [mines](http://www.example.org/mines/), [cells](article:storage/2026-04-01-cells.md) and <https://example.org/none>.',
		);
		assert.deepEqual(
			citations.map(({ support }) => support),
			['supported', 'not-returned', 'unknown'],
		);
		await index.dispose();
	});
});
