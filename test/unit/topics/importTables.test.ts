import assert from 'node:assert/strict';
import { open } from 'node:fs/promises';
import { isAppError } from '../../../src/common/errors.ts';
import type { ImportReport } from '../../../src/common/topicModel.ts';
import { TopicFixture } from './topicFixture.ts';

const numbers = ({ articles, added, updated, removed }: ImportReport) => ({ articles, added, updated, removed });

describe('importing tables', function () {
	this.timeout(60_000);
	let fixture: TopicFixture;

	beforeEach(async () => {
		fixture = await TopicFixture.create();
	});

	afterEach(() => fixture.dispose());

	it('recognises the columns of CSV, JSON and JSONL [attack 9]', async () => {
		await fixture.write({
			'rows.csv':
				'Headline;Published At;Outlet;URL;Full-Text;Keywords\n"A; quoted";05/25/2026;Post;https://example.org/a?utm_source=x;Some text;one, two\n',
			'list.json': JSON.stringify({
				total: 1,
				articles: [
					{
						title: 'B',
						publishedAt: '2026-05-01T10:00:00+02:00',
						source: { id: 1, name: 'Wire' },
						content: 'Text',
						link: 'https://example.org/b',
					},
				],
			}),
			'lines.jsonl':
				'{"title":"C","text":"Te\\u0000xt whole","date":1767225600}\n\nnot json\n[1]\n{"title":"D","text":"Text","__proto__":{"x":1}}\n',
		});
		const index = fixture.open();
		await index.import('csv', fixture.path('rows.csv'));
		await index.import('json', fixture.path('list.json'));
		const lines = await index.import('jsonl', fixture.path('lines.jsonl'));
		const [a] = await index.articles('csv');
		assert.deepEqual(
			[a?.title, a?.publicationDate, a?.newsSource, a?.uri, a?.tags],
			['A; quoted', '2026-05-25', 'Post', 'https://example.org/a?utm_source=x', ['one', 'two']],
		);
		const [b] = await index.articles('json');
		assert.equal((await index.article('http://www.example.org/b/#part'))?.title, 'B');
		assert.equal(await index.article('https://example.org/none'), undefined);
		assert.deepEqual([b?.publicationDate, b?.newsSource], ['2026-05-01T08:00:00.000Z', 'Wire']);
		assert.deepEqual(
			(await index.articles('jsonl')).map(({ title, publicationDate }) => [title, publicationDate]),
			[
				['C', '2026-01-01T00:00:00.000Z'],
				['D', null],
			],
		);
		assert.equal((await index.search('jsonl', 'whole'))[0]?.snippet, 'Text whole');
		assert.deepEqual(
			lines.skipped.map(({ file }) => file),
			['lines.jsonl, line 3', 'lines.jsonl, line 4'],
		);
	});

	it('reads the tables of a folder beside its Markdown, and asks nobody about the others', async () => {
		const rows =
			'title,text,url\nLinked,Text of linked,https://example.org/l\nBare,Text of bare,\nBare,More,\n,,\n';
		await fixture.write({
			'a/1.md': '# One\n\nText.',
			'a/data/rows.csv': rows,
			'a/data/more.csv': rows,
			'a/list.json': '{"articles":[{"headline":"Listed","body":"Text"}]}',
			'a/lines.jsonl': '{"title":"Line","text":"Text"}\nnot json\n',
			'a/package.json': '{"name":"x","keywords":["a","b"]}',
			'a/settings.json': '{"a":{}}',
			'a/numbers.csv': 'a,b\n1,2\n',
			'a/empty.csv': 'title,text\n',
			'a/binary.csv': new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]),
		});
		const large = await open(fixture.path('a/large.json'), 'w');
		await large.truncate(100 * 1024 * 1024);
		await large.close();
		const index = fixture.open();
		const progress: string[] = [];
		const report = await index.import('A', fixture.path('a'), {
			chooseMapping: () => Promise.reject(new Error('asked')),
			onProgress: ({ done, total, file }) => progress.push(`${done}/${total} ${file}`),
		});
		assert.deepEqual(progress.slice(0, 3), ['0/11 1.md', '1/11 binary.csv', '2/11 data/more.csv']);
		const found = (await index.articles('A')).map(({ title, sourceFile }) => `${title} ${sourceFile}`).sort();
		assert.deepEqual(found, [
			'Bare data/more.csv',
			'Bare data/more.csv',
			'Line lines.jsonl',
			'Linked data/more.csv',
			'Listed list.json',
			'One 1.md',
		]);
		const reasons = Object.fromEntries(report.skipped.map(({ file, reason }) => [file, reason]));
		assert.match(reasons['binary.csv'] ?? '', /binary/u);
		assert.match(reasons['data/rows.csv'] ?? '', /3 rows are also in data\/more\.csv \(line 2, line 3, line 4\)/u);
		assert.match(reasons['lines.jsonl, line 2'] ?? '', /not valid JSON/u);
		assert.match(reasons['large.json'] ?? '', /100 MB; at most 64 MB/u);
		assert.match(reasons['settings.json'] ?? '', /no list of articles/u);
		for (const file of ['package.json', 'numbers.csv', 'empty.csv']) {
			assert.match(reasons[file] ?? '', /title and text.*by itself/u, file);
		}
		assert.equal(report.skipped.length, 8);
		assert.deepEqual(numbers(await index.refresh('A')), { articles: 6, added: 0, updated: 0, removed: 0 });
		await fixture.write({ 'a/data/more.csv': 'title,text\nBare,Text of bare\n' });
		assert.deepEqual(numbers(await index.refresh('A')), { articles: 6, added: 1, updated: 1, removed: 1 });
	});

	it('refuses a table that is too wide, or has no text column', async () => {
		const wide = Array.from({ length: 1_000_000 }, (_, column) => `c${column}`).join(',');
		await fixture.write({ 'wide.csv': `${wide}\n1,2\n`, 'plain.csv': 'a,b\n1,2\n', 'picture.png': 'x' });
		const index = fixture.open();
		const refused = (file: string, message: RegExp) =>
			assert.rejects(
				index.import('A', fixture.path(file)),
				(error) => isAppError(error, 'validation') && message.test(error.message),
			);
		await refused('wide.csv', /1000000 columns/u);
		await refused('plain.csv', /No column of plain\.csv is recognised/u);
		await refused('picture.png', /none of Markdown, CSV, JSON and JSONL/u);
		await assert.rejects(
			index.import('A', fixture.path('plain.csv'), { chooseMapping: async () => undefined }),
			(error) => isAppError(error, 'cancelled'),
		);
		assert.deepEqual(await index.list(), []);
	});

	it('refuses a table that is binary, too large or not in UTF-8, and keeps the topic as it was [attack 9]', async () => {
		await fixture.write({ 'rows.csv': '\uFEFFtitle,text\nOne,Text\n' });
		const index = fixture.open();
		await index.import('A', fixture.path('rows.csv'));
		assert.deepEqual(
			(await index.articles('A')).map(({ title }) => title),
			['One'],
			'the mark is no part of a name',
		);
		const refused = async (message: RegExp) => {
			await assert.rejects(
				index.refresh('A'),
				(error) => isAppError(error, 'validation') && message.test(error.message),
			);
			assert.equal((await index.list())[0]?.articles, 1);
		};
		await fixture.write({ 'rows.csv': new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]) });
		await refused(/rows\.csv cannot be imported\. It is a binary file/u);
		await fixture.write({ 'rows.csv': Buffer.from('title,text\nCaf\u00e9,Text\n', 'latin1') });
		await refused(/not valid UTF-8\. Save it as UTF-8/u);
		const large = await open(fixture.path('rows.csv'), 'w');
		await large.truncate(100 * 1024 * 1024);
		await large.close();
		await refused(/It is 100 MB; at most 64 MB are read/u);
	});

	it('takes a row with a million cells, or an object with a million keys, for its known columns [attack 9]', async () => {
		const cells = `${'x,'.repeat(1_000_000)}x`;
		const keys = Object.fromEntries(Array.from({ length: 200_000 }, (_, key) => [`k${key}`, '']));
		await fixture.write({
			'rows.csv': `title,text\nOne,Text of one,${cells}\nTwo,Text of two\n`,
			'lines.jsonl': `${JSON.stringify({ title: 'Three', text: 'Text of three', ...keys })}\n`,
		});
		const index = fixture.open();
		assert.equal((await index.import('rows', fixture.path('rows.csv'))).articles, 2);
		assert.deepEqual((await index.search('rows', 'one'))[0]?.snippet, 'Text of one');
		await index.import('lines', fixture.path('lines.jsonl'));
		assert.deepEqual((await index.search('lines', 'three'))[0]?.snippet, 'Text of three');
	});

	it('keeps one of the rows with the same link, and says where the others stand', async () => {
		await fixture.write({
			'rows.csv': 'title,text,url\nOne,Text,https://example.org/1\nAgain,Text,https://example.org/1\n',
		});
		const report = await fixture.open().import('A', fixture.path('rows.csv'));
		assert.equal(report.articles, 1);
		assert.deepEqual(report.skipped, [
			{
				file: 'rows.csv, line 3',
				reason: 'Its link https://example.org/1 is also the link of another article (rows.csv, line 2)',
			},
		]);
	});
});
