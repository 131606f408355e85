import assert from 'node:assert/strict';
import { mkdir, open, rm, symlink, writeFile } from 'node:fs/promises';
import { isAppError } from '../../../src/common/errors.ts';
import type { ImportReport } from '../../../src/common/topicModel.ts';
import { nodeFiles } from '../../../src/topics/nodeFiles.ts';
import { TopicFixture } from './topicFixture.ts';

const numbers = ({ articles, added, updated, removed }: ImportReport) => ({ articles, added, updated, removed });

describe('importing a topic', function () {
	this.timeout(10_000);
	let fixture: TopicFixture;

	beforeEach(async () => {
		fixture = await TopicFixture.create();
	});

	afterEach(() => fixture.dispose());

	it('skips bad files with a reason and imports the rest [attack 9]', async () => {
		await fixture.write({
			'a/good.md': '# Good\n\nText.',
			'a/bom.md': '\uFEFF---\ntitle: Marked\n---\nText.',
			'a/wide.md': Buffer.from('\uFEFF# Sechzehn\n\nText.', 'utf16le'),
			'a/binary.md': new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 1]),
			'a/latin1.md': new Uint8Array([0x23, 0x20, 0xe9, 0x74, 0xe9]),
			'a/broken.md': '---\ntitle: [unclosed\n---\nText.',
			'a/bomb.md': `---\na: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'
				.split('')
				.map((key, at) => `${key}: &${key} [${Array(9).fill(`*${'abcdefgh'[at]}`).join(',')}]`)
				.join('\n')}\n---\nText.`,
			'a/empty.md': '',
			'a/photo.png': new Uint8Array([1, 2, 3]),
			'a/.git/config.md': 'not an article',
			'a/deep/more.mdx': '# More\n\nText.',
		});
		await writeFile(fixture.path('a/large.md'), '');
		const large = await open(fixture.path('a/large.md'), 'r+');
		await large.truncate(100 * 1024 * 1024);
		await large.close();
		await symlink(fixture.path('a'), fixture.path('a/loop'));
		await symlink('/etc/hostname', fixture.path('a/secret.md'));

		const index = fixture.open();
		const report = await index.import('A', fixture.path('a'));
		const titles = (await index.articles('A')).map(({ title }) => title).sort();
		assert.deepEqual(titles, ['Bomb', 'Good', 'Marked', 'More', 'Sechzehn', '[unclosed']);
		const reasons = Object.fromEntries(report.skipped.map(({ file, reason }) => [file, reason]));
		assert.match(reasons['binary.md'] ?? '', /binary/u);
		assert.match(reasons['latin1.md'] ?? '', /not valid UTF-8/u);
		const notes = Object.fromEntries(report.notes.map(({ file, reason }) => [file, reason]));
		assert.equal(notes['broken.md'], 'Its front matter is not valid YAML: line 2 (title) was read as plain text');
		assert.match(notes['bomb.md'] ?? '', /not valid YAML: line 3 \(b\) was read as plain text.*and 2 more$/u);
		assert.match(reasons['empty.md'] ?? '', /no text/u);
		assert.match(reasons['large.md'] ?? '', /100 MB/u);
		assert.match(reasons['.png'] ?? '', /1 file is not Markdown, CSV, JSON or JSONL/u);
		assert.match(reasons['loop'] ?? '', /symbolic link/u);
		assert.match(reasons['secret.md'] ?? '', /symbolic link/u);
		assert.equal(report.skipped.length, 7);
		assert.deepEqual(await fixture.open().ask('lastImport', 'A'), {
			skipped: report.skipped,
			notes: report.notes,
		});
		assert.equal((await index.list())[0]?.skipped, 7);
		await rm(fixture.path('a/binary.md'));
		await index.refresh('A');
		assert.equal((await index.list())[0]?.skipped, 6);
	});

	it('re-imports only what changed', async () => {
		await fixture.write({ 'a/1.md': '# One\n\nText.', 'a/2.md': '# Two\n\nText.', 'a/3.md': '# Three\n\nText.' });
		const index = fixture.open();
		await index.import('A', fixture.path('a'));
		assert.deepEqual(numbers(await index.refresh('A')), { articles: 3, added: 0, updated: 0, removed: 0 });
		await fixture.write({ 'a/2.md': '# Two\n\nNovel words.', 'a/4.md': '# Four\n\nText.' });
		await rm(fixture.path('a/3.md'));
		assert.deepEqual(numbers(await index.refresh('A')), { articles: 3, added: 1, updated: 1, removed: 1 });
		assert.equal((await index.search('A', 'novel')).length, 1);
		assert.equal((await index.search('A', 'three')).length, 0);
	});

	it('keeps one of several articles with the same link, and leaves those of other topics alone', async () => {
		const article = (title: string, url: string) => `---\ntitle: ${title}\nurl: ${url}\n---\nText of ${title}.`;
		await fixture.write({
			'a/1.md': article('One', 'https://example.org/1'),
			'a/2.md': article('Again', 'https://example.org/1'),
			'b/3.md': article('Elsewhere', 'https://example.org/1'),
			'b/4.md': article('Four', 'https://example.org/4'),
			'b/5.md': article('Unusable', 'javascript:alert(1)'),
		});
		const index = fixture.open();
		const a = await index.import('A', fixture.path('a'));
		assert.deepEqual([a.articles, a.skipped.map(({ file }) => file)], [1, ['2.md']]);
		assert.match((await index.refresh('A')).skipped[0]?.reason ?? '', /another article \(1\.md\)/u);
		const b = await index.import('B', fixture.path('b'));
		assert.match(b.skipped[0]?.reason ?? '', /topic "A"/u);
		assert.deepEqual((await index.articles('B')).map(({ uri }) => uri).sort(), [
			'article:b/5.md',
			'https://example.org/4',
		]);
	});

	it('imports articles without a date and with one in the future', async () => {
		await fixture.write({
			'a/none.md': '# None\n\nText.',
			'a/late.md': '---\ndate: 2999-01-01\n---\n# Late\n\nText.',
		});
		const index = fixture.open();
		await index.import('A', fixture.path('a'));
		assert.deepEqual(
			(await index.articles('A')).map(({ title, publicationDate }) => [title, publicationDate]),
			[
				['Late', '2999-01-01'],
				['None', null],
			],
		);
	});

	it('groups articles by category and month, page by page', async () => {
		const article = (date: string, category: string) =>
			`---\ndate: ${date}\ncategory: ${category}\n---\n# ${date}\n\nText.`;
		await fixture.write({
			'a/1.md': article('2026-01-05', 'x'),
			'a/2.md': article('2026-01-20', 'y'),
			'a/3.md': article('2026-02-01', 'y'),
			'a/4.md': '# Bare\n\nText.',
		});
		const index = fixture.open();
		await index.import('A', fixture.path('a'));
		assert.deepEqual(await index.ask('groups', 'A', 'category'), [
			{ key: 'y', count: 2 },
			{ key: 'x', count: 1 },
			{ key: '', count: 1 },
		]);
		assert.deepEqual(
			(await index.ask('groups', 'A', 'month')).map(({ key, count }) => `${key} ${count}`),
			['2026-02 1', '2026-01 2', ' 1'],
		);
		const titles = async (options: object) => (await index.articles('A', options)).map(({ title }) => title);
		assert.deepEqual(await titles({ by: 'category', group: 'y' }), ['2026-02-01', '2026-01-20']);
		assert.deepEqual(await titles({ by: 'month', group: '' }), ['Bare']);
		assert.deepEqual(await titles({ offset: 1, limit: 2 }), ['2026-01-20', '2026-01-05']);
	});

	it('imports the rest when a folder below vanishes', async () => {
		await fixture.write({ 'a/1.md': '# One\n\nText.', 'a/gone/2.md': '# Two\n\nText.' });
		const index = fixture.open({
			...nodeFiles,
			list: async (folder) => {
				if (folder.endsWith('gone')) {
					await rm(folder, { recursive: true });
				}
				return nodeFiles.list(folder);
			},
		});
		const report = await index.import('A', fixture.path('a'));
		assert.deepEqual(report.skipped, [{ file: 'gone', reason: 'It disappeared during the import' }]);
		assert.equal(report.articles, 1);
	});

	it('keeps the topic as it was when the folder vanishes, is empty, or the import is cancelled', async () => {
		await fixture.write({ 'a/1.md': '# One\n\nText.', 'a/2.md': '# Two\n\nText.' });
		const index = fixture.open();
		await index.import('A', fixture.path('a'));
		const unchanged = async () => assert.equal((await index.list())[0]?.articles, 2);

		const abort = new AbortController();
		await fixture.write({ 'a/3.md': '# Three\n\nText.' });
		const cancelled = index.refresh('A', {
			signal: abort.signal,
			onProgress: ({ done }) => done === 2 && abort.abort(),
		});
		await assert.rejects(cancelled, (error) => isAppError(error, 'cancelled'));
		await unchanged();

		const vanishing = fixture.open({
			...nodeFiles,
			read: async (path) => {
				if (path.endsWith('2.md')) {
					await rm(fixture.path('a'), { recursive: true });
				}
				return nodeFiles.read(path);
			},
		});
		await assert.rejects(
			vanishing.refresh('A'),
			(error) => isAppError(error, 'not-found') && /disappeared during the import/u.test(error.message),
		);
		await unchanged();

		await mkdir(fixture.path('a'), { recursive: true });
		await assert.rejects(
			index.refresh('A'),
			(error) => isAppError(error, 'validation') && /not changed.*Add articles/u.test(error.message),
		);
		await unchanged();
	});

	it('reports a file that vanishes during the import', async () => {
		await fixture.write({ 'a/1.md': '# One\n\nText.', 'a/2.md': '# Two\n\nText.' });
		const index = fixture.open({
			...nodeFiles,
			read: async (path) => {
				if (path.endsWith('2.md')) {
					await rm(path);
				}
				return nodeFiles.read(path);
			},
		});
		const report = await index.import('A', fixture.path('a'));
		assert.deepEqual(report.skipped, [{ file: '2.md', reason: 'It disappeared during the import' }]);
		assert.equal(report.articles, 1);
	});

	it('takes dates from front matter in YAML and TOML or the file name, and titles from headings', async () => {
		await fixture.write({
			'a/2026-02-03-some-file_name.md': 'No heading here.',
			'a/toml.md':
				'+++\ntitle = "Toml"\ndate = 2026-01-02T03:04:05Z\ntags = ["x", "y"]\n[extra]\nkey = 1\n+++\nText.',
			'a/setext.md': '---\npublished: March 5, 2026\n---\nUnderlined\n==========\n\nText.',
			'a/code.md': '```sh\n# a comment\n```\n\n### Third level ##\n\nText..',
			'a/rule.md': '---\nNo front matter, only a rule above the text.\n\n# Ruled\n',
		});
		const index = fixture.open();
		await index.import('A', fixture.path('a'));
		assert.deepEqual(
			(await index.articles('A')).map(({ title, publicationDate }) => [title, publicationDate]).sort(),
			[
				['Ruled', null],

				['Some file name', '2026-02-03'],
				['Third level', null],
				['Toml', '2026-01-02T03:04:05.000Z'],
				['Underlined', '2026-03-05'],
			],
		);
	});

	it('is not slowed down by headings and front matter made for that [attack 9]', async () => {
		const long = ' '.repeat(500_000);
		await fixture.write({
			'a/heading.md': `# ${long}x${long}#`,
			'a/fences.md': `---\n${'--- \t'.repeat(100_000)}\nText.`,
			'a/underline.md': `${'=\n'.repeat(200_000)}Text ${'='.repeat(500_000)}x`,
			'a/brackets.md': `${'['.repeat(500_000)}(${'<a '.repeat(100_000)}`,
		});
		const index = fixture.open();
		assert.equal((await index.import('A', fixture.path('a'))).articles, 4);
		await index.search('A', 'text x a');
	});

	it('refuses names that mean something else, and a name that is taken', async () => {
		await fixture.write({ 'a/1.md': '# One\n\nText.', 'b/1.md': '# One\n\nText.' });
		const index = fixture.open();
		for (const name of ['', ' ', 'General', '__prompt_workshop__', 'x'.repeat(101), 'a\nb']) {
			await assert.rejects(index.import(name, fixture.path('a')), (error) => isAppError(error, 'validation'));
		}
		await index.import('A', fixture.path('a'));
		await index.import('B', fixture.path('b'));
		await assert.rejects(index.rename('A', 'B'), (error) => isAppError(error, 'validation'));
		await assert.rejects(index.rename('C', 'D'), (error) => isAppError(error, 'not-found'));
		await assert.rejects(index.remove('C'), (error) => isAppError(error, 'not-found'));
	});

	it('renames a topic without touching its links, and removes it', async () => {
		await fixture.write({ 'a/1.md': '# One\n\nText.' });
		const index = fixture.open();
		await index.import('A', fixture.path('a'));
		await index.rename('A', 'B');
		assert.deepEqual(
			(await index.search('B', 'text')).map(({ article }) => [article.topic, article.uri]),
			[['B', 'article:a/1.md']],
		);
		assert.deepEqual(numbers(await index.refresh('B')), { articles: 1, added: 0, updated: 0, removed: 0 });
		await index.import('A', fixture.path('a'));
		assert.equal((await index.articles('A'))[0]?.uri, 'article:a-2/1.md');
		await index.remove('B');
		assert.deepEqual(await index.search('B', 'text'), []);
		assert.equal(await index.article('article:a/1.md'), undefined);
	});
});
