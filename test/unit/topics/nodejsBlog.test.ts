import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { TopicFixture } from './topicFixture.ts';

const blog = resolve(import.meta.dirname, '../../..', process.env.SHARED_DATA ?? '../shared', 'data/nodejs-blog');

describe('a real blog of 1,050 posts', () => {
	it('is imported whole and searched', async function () {
		if (!existsSync(blog)) {
			this.skip();
		}
		this.timeout(60_000);
		const fixture = await TopicFixture.create();
		try {
			const index = fixture.open();
			const report = await index.import('Node.js', blog);
			assert.deepEqual([report.articles, report.skipped.map(({ file }) => file)], [1050, ['no extension']]);
			const titles = async (query: string) =>
				(await index.search('Node.js', query, { limit: 3 })).map(({ article }) => article.title);
			assert.ok(
				(await titles('quickly reversible integer hash')).includes(
					'Developing a minimally HashDoS resistant, yet quickly reversible integer hash for V8',
				),
			);
			const [topic] = await index.list();
			assert.deepEqual([topic?.oldest?.slice(0, 4), topic?.newest?.slice(0, 4)], ['2011', '2026']);
			const months = await index.ask('groups', 'Node.js', 'month');
			assert.equal(
				months.reduce((sum, { count }) => sum + count, 0),
				1050,
			);
			assert.deepEqual(
				months.map(({ key }) => key),
				months
					.map(({ key }) => key)
					.sort((one, other) => Number(one === '') - Number(other === '') || (one < other ? 1 : -1)),
			);
		} finally {
			await fixture.dispose();
		}
	});
});
