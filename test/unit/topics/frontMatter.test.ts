import assert from 'node:assert/strict';
import { splitFrontMatter } from '../../../src/topics/sources/frontMatter.ts';
import { readMarkdown } from '../../../src/topics/sources/readMarkdown.ts';

function read(text: string, name = 'tide-tables.md') {
	const found = readMarkdown(text, name, { uri: () => 'article:t/x', sourceFile: name, sourceHash: '' });
	assert.ok(!('reason' in found), JSON.stringify(found));
	const { title, publicationDate, body, tags } = found.article;
	return { title, publicationDate, body, tags, note: found.note };
}

const harbour = 'title: Harbour\ndate: 2026-03-02\n';
const harbourArticle = { title: 'Harbour', publicationDate: '2026-03-02', body: 'Text.', tags: [], note: undefined };

describe('front matter', () => {
	for (const [what, text] of [
		['blanks behind its fences', `---  \n${harbour}--- \t\nText.\n`],
		['dots as its end', `---\n${harbour}...\n\nText.\n`],
		['blank lines above it', `\n  \n\n---\n${harbour}---\nText.\n`],
		['a byte order mark', `\ufeff---\n${harbour}---\nText.\n`],
		['ends of lines as on Windows', `---\r\n${harbour.replaceAll('\n', '\r\n')}---\r\nText.\r\n`],
		['TOML', '+++ \ntitle = "Harbour"\ndate = 2026-03-02\n+++ \nText.\n'],
	] as const) {
		it(`is read with ${what}`, () => assert.deepEqual(read(text), harbourArticle));
	}

	it('ends at the first line of dashes, and a rule in the text stays text', () => {
		assert.equal(read(`---\n${harbour}---\nOne.\n\n---\n\nTwo.`).body, 'One.\n\n---\n\nTwo.');
	});

	for (const text of [
		'---\n\nA rule above, a rule below.\n\n---\n\n# Ruled\n\nMore.',
		'---\n- a list\n- of words\n---\n# Ruled',
		'---\n# Ruled\n\nNo second rule.',
	]) {
		it(`is not what stands between rules: ${JSON.stringify(text.slice(0, 24))}`, () => {
			assert.deepEqual(splitFrontMatter(text), { data: {}, body: text });
		});
	}

	for (const [what, text] of [
		['a fence of four dashes', `----\n${harbour}----\nText.`],
		['an indented fence', `  ---\n${harbour}  ---\nText.`],
		['a language behind the fence', `---yaml\n${harbour}---\nText.`],
		['dashes that an editor made one', `—\n${harbour}—\nText.`],
		['no end', `---\n${harbour}\nText.`],
	] as const) {
		it(`is reported where it is not read: ${what}`, () => {
			const { body, note } = read(text);
			assert.ok(body.includes('title: Harbour'));
			assert.match(note ?? '', /look like front matter and were read as text: /u);
		});
	}

	it('longer than 64 KB costs its values, not the article', () => {
		const { title, note } = read(`---\n${'key: value\n'.repeat(7000)}---\n# Heading\n\nText.`);
		assert.deepEqual([title, note], ['Heading', 'Its front matter is longer than 64 KB and was not read']);
	});

	const messy: [what: string, lines: string, title: string, note: RegExp][] = [
		['a colon in a title', 'title: Tides: a primer', 'Tides: a primer', /line 2 \(title\) was read as plain text/u],
		['a name with an at sign', 'title: Tides\nauthor: @jonas', 'Tides', /line 3 \(author\) was read as plain/u],
		['a percent sign', 'title: %5 of all tides', '%5 of all tides', /line 2 \(title\)/u],
		['emphasis', 'title: *Tides*', '*Tides*', /line 2 \(title\)/u],
		['code', 'title: `tides` explained', '`tides` explained', /line 2 \(title\)/u],
		['brackets', 'title: [Draft] Tides', '[Draft] Tides', /line 2 \(title\)/u],
		['a quoted word', 'title: "Spring" tides', '"Spring" tides', /line 2 \(title\)/u],
		['an apostrophe', "title: 'Tis the tide", "'Tis the tide", /line 2 \(title\)/u],
		['a key twice', 'title: Tides\ntitle: Other', 'Tides', /line 3 \(title\) is repeated, the first one was used/u],
		['a line of prose', 'just words\ntitle: Tides', 'Tides', /line 2 was not read/u],
		['an unclosed quote', 'summary: "never closed\ntitle: Tides', 'Tides', /line 2 \(summary\) was read as plain/u],
		['braces of a template', 'title: {{title}} of tides', '{{title}} of tides', /line 2 \(title\)/u],
		['an unclosed list', 'tags: [sea,\n  moon\ntitle: Tides', 'Tides', /line 2 \(tags\) was not read/u],
		['no readable title', 'aliases: @x\n', 'A heading', /line 2 \(aliases\) was read as plain text/u],
	];
	for (const [what, lines, title, note] of messy) {
		it(`with ${what} does not cost the article`, () => {
			const found = read(`---\n${lines}\ncreated: 2026-03-04\n---\n# A heading\n\nThe **text**.`);
			assert.deepEqual([found.title, found.publicationDate], [title, '2026-03-04']);
			assert.match(found.body, /The \*\*text\*\*\./u);
			assert.match(found.note ?? '', note);
		});
	}

	it('takes items behind tabs, also beside a line that is not valid', () => {
		const { tags, note } = read('---\ntitle: Tides: all\ntags:\n\t- sea\n\t- moon\n---\nText.');
		assert.deepEqual(tags, ['sea', 'moon']);
		assert.equal(note, 'Its front matter is not valid YAML: line 2 (title) was read as plain text');
	});

	it('of TOML that is not valid is read by line too', () => {
		const found = read(
			'+++\ntitle = Tides and ferries\ndate = 2026-03-04\ntags = ["sea"]\n[extra]\ntitle = 1\n+++\nText.',
		);
		assert.deepEqual(
			[found.title, found.publicationDate, found.tags],
			['Tides and ferries', '2026-03-04', ['sea']],
		);
		assert.match(found.note ?? '', /not valid TOML: line 2 \(title\) was read as plain text/u);
	});

	it('gives the same date in YAML and in TOML: an instant in UTC, or a plain date', () => {
		for (const [written, expected] of [
			['2026-03-01T23:30:00-05:00', '2026-03-02T04:30:00.000Z'],
			['2026-03-01 23:30:00+02:00', '2026-03-01T21:30:00.000Z'],
			['2026-03-01T23:30:00Z', '2026-03-01T23:30:00.000Z'],
			['2026-03-01T23:30:00', '2026-03-01'],
			['2026-03-01', '2026-03-01'],
		] as const) {
			assert.equal(read(`---\ntitle: a\ndate: ${written}\n---\nText.`).publicationDate, expected, written);
			assert.equal(read(`+++\ntitle = "a"\ndate = ${written}\n+++\nText.`).publicationDate, expected, written);
		}
	});

	it('names no property of objects', () => {
		const { title } = read('---\n__proto__:\n  title: Wrong\nconstructor: x\n---\n# Right\n\nText.');
		assert.deepEqual([title, ({} as { title?: string }).title], ['Right', undefined]);
	});
});
