import assert from 'node:assert/strict';
import { TopicFixture } from './topicFixture.ts';

const page = (title: string, text: string) => `# ${title}\n\nDate: March 2, 2026\n\n${text}`;

describe('importing what other programs export', function () {
	this.timeout(10_000);
	let fixture: TopicFixture;

	beforeEach(async () => {
		fixture = await TopicFixture.create();
	});

	afterEach(() => fixture.dispose());

	const imported = async (files: Record<string, string>, refreshed?: Record<string, string>) => {
		await fixture.write(files);
		const index = fixture.open();
		let report = await index.import('A', fixture.path('a'));
		if (refreshed) {
			await fixture.write(refreshed);
			report = await index.refresh('A');
		}
		const articles = (await index.articles('A')).map(({ title, sourceFile }) => `${title} < ${sourceFile}`).sort();
		return { articles, report, index };
	};

	const wiki = {
		'a/Notices.csv':
			'\ufeffName,Summary,Tags\nFerry stops,The ferry rests.,ferry\nBridge opens,A new way.,bridge\n',
		'a/Notices_all.csv':
			'Name,Summary,Date,Tags\nFerry stops,The ferry rests.,2026-03-02,ferry\nBridge opens,A new way.,2026-03-03,bridge\nOnly a row,It has no page.,2026-03-04,\n',
		'a/Notices/Ferry stops 1f0c.md': page('Ferry stops', 'The ferry rests on Monday.'),
		'a/Notices/Bridge opens 2e1d.md': page('Bridge opens', 'The bridge opens on Tuesday.'),
	};
	const pages = ['Bridge opens < Notices/Bridge opens 2e1d.md', 'Ferry stops < Notices/Ferry stops 1f0c.md'];

	it('takes the row of a table whose page is there for that page, and says so', async () => {
		const { articles, report } = await imported(wiki);
		assert.deepEqual(articles, [pages[0], pages[1], 'Only a row < Notices_all.csv'].sort());
		assert.equal(report.articles, 3);
		const rows =
			'2 rows repeat articles that have their own files (line 2: Notices/Ferry stops 1f0c.md, line 3: Notices/Bridge opens 2e1d.md)';
		assert.deepEqual(report.skipped, [
			{ file: 'Notices_all.csv', reason: rows },
			{ file: 'Notices.csv', reason: rows },
		]);
	});

	it('knows the pages again at the next import, which reads only what changed', async () => {
		const { articles, report } = await imported(wiki, { 'a/new.md': '# New\n\nText.' });
		assert.equal(articles.length, 4);
		assert.deepEqual([report.added, report.updated, report.removed], [1, 0, 0]);
		assert.equal(report.skipped.length, 2);
	});

	it('keeps a row with another text or another date than the page of its title', async () => {
		const { articles } = await imported({
			'a/page.md': '---\ntitle: Weekly notes\ndate: 2026-03-02\n---\nThe first week.',
			'a/rows.csv':
				'title,date,text\nWeekly notes,2026-03-02,The first week.\nWeekly notes,2026-03-02,Not in the page.\nWeekly notes,2026-03-09,The first week.\n',
		});
		assert.deepEqual(articles, ['Weekly notes < page.md', 'Weekly notes < rows.csv', 'Weekly notes < rows.csv']);
	});

	it('counts two equal tables once, whatever their form, and keeps the one that says more', async () => {
		const row = { title: 'One', text: 'First.' };
		const { articles, report } = await imported({
			'a/list.csv': 'title,text\nOne,First.\nTwo,Second.\n',
			'a/list.json': JSON.stringify([
				{ ...row, category: 'sea' },
				{ title: 'Two', text: 'Second.', category: 'land' },
			]),
			'a/other.jsonl': `${JSON.stringify({ ...row, text: 'Another text.' })}\n`,
		});
		assert.deepEqual(articles, ['One < list.json', 'One < other.jsonl', 'Two < list.json']);
		assert.deepEqual(report.skipped, [
			{ file: 'list.csv', reason: '2 rows are also in list.json (line 2, line 3)' },
		]);
	});

	it('reads JSON Lines and documents by their content, whatever the name says', async () => {
		const { articles, report } = await imported({
			'a/lines.json':
				'{"text":"Four metres.","title":"Level rises"}\n\n{"text":"Closed.","title":"Harbour"}\n{broken\n',
			'a/document.jsonl': '[\n\t{"title":"Nets","text":"Full nets."}\n]\n',
		});
		assert.deepEqual(articles, ['Harbour < lines.json', 'Level rises < lines.json', 'Nets < document.jsonl']);
		assert.match(report.skipped[0]?.reason ?? '', /not valid JSON/u);
		assert.equal(report.skipped[0]?.file, 'lines.json, line 4');
	});

	it("reads Excel's separator line, empty first lines, and names malformed rows by their line in the file", async () => {
		const { articles, report } = await imported({
			'a/excel.csv': 'sep=;\r\ntitle;date;text\r\nFerry stops;2026-03-02;"The ferry stops; buses run"\r\n',
			'a/late.csv': '\n,,\ntitle,text\nFirst,"Two\nlines"\n\nBad,"a "quote" inside"\nLast,Text,more,cells\n',
		});
		assert.deepEqual(articles, ['Ferry stops < excel.csv', 'First < late.csv', 'Last < late.csv']);
		assert.deepEqual(report.skipped, [
			{
				file: 'late.csv, line 7',
				reason: 'The row is malformed: text follows the quote at the end of a cell',
			},
		]);
		assert.deepEqual(report.notes, [
			{ file: 'late.csv, line 8', reason: 'It has 4 cells, the header names 2. The others were not read' },
		]);
	});

	it('says where a date was not read, and takes that of the file name for it', async () => {
		const { report, index } = await imported({
			'a/2026-03-05-tides.md': '---\ntitle: Tides\ndate: Spring\n---\nText.',
			'a/rows.csv':
				'title,date,text\nFerry,03/04/2026,Text of one\nBridge,2026-03-04,Text of two\nPier,,Text of three\n',
		});
		assert.deepEqual(report.notes, [
			{ file: '2026-03-05-tides.md', reason: 'Its date "Spring" was not read. Write it as YYYY-MM-DD' },
			{ file: 'rows.csv, line 2', reason: 'Its date "03/04/2026" was not read. Write it as YYYY-MM-DD' },
		]);
		const dates = (await index.articles('A')).map(({ title, publicationDate }) => [title, publicationDate]);
		assert.deepEqual(dates.sort(), [
			['Bridge', '2026-03-04'],
			['Ferry', null],
			['Pier', null],
			['Tides', '2026-03-05'],
		]);
	});

	it('is not stopped by a row that is nested deeper than a stack', async () => {
		const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
		const { articles } = await imported({
			'a/deep.jsonl': `{"title":"Deep","text":"Text","tags":${deep},"source":${deep}}\n{"title":"Next","text":"Text 2"}\n`,
		});
		assert.deepEqual(articles, ['Deep < deep.jsonl', 'Next < deep.jsonl']);
	});

	it('keeps what was said about an article that did not change', async () => {
		const note = {
			file: 'a.md',
			reason: 'Its front matter is not valid YAML: line 2 (title) was read as plain text',
		};
		const first = { 'a/a.md': '---\ntitle: Tides: all\n---\nText.' };
		const { report } = await imported(first, { 'a/b.md': '# B\n\nText.' });
		assert.deepEqual([report.added, report.updated], [1, 0]);
		assert.deepEqual(report.notes, [note]);
	});
});
