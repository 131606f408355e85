import assert from 'node:assert/strict';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { decodeText } from '../../../src/topics/sources/decodeText.ts';
import { splitFrontMatter } from '../../../src/topics/sources/frontMatter.ts';
import { readCsv } from '../../../src/topics/sources/readCsv.ts';
import { readMarkdown } from '../../../src/topics/sources/readMarkdown.ts';
import { readTable } from '../../../src/topics/sources/readTable.ts';
import { damagedBytes, fuzz } from '../../support/fuzz.ts';

const delimiters = [',', ';', '\t', '|'] as const;
const origin = { uri: () => 'article:t/x', sourceFile: 'f', sourceHash: 'h' };
const cell = fc.oneof(
	fc.constantFrom('', 'a', '12" wide', 'two\nlines', 'a,b', ';', '|', '\t', '"', '""', ' padded ', '电池', 'sep=;'),
	fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.replaceAll('\r', '')),
);
const plainCell = fc.stringMatching(/^[a-z]{1,8}$/u);

function quoted(text: string): string {
	return `"${text.replaceAll('"', '""')}"`;
}

describe('files of articles', () => {
	fuzz(
		'a CSV that was written by the rules is read as it was',
		fc.property(
			fc.uniqueArray(plainCell, { minLength: 2, maxLength: 6 }),
			fc.array(fc.array(cell, { minLength: 6, maxLength: 6 }), { maxLength: 8 }),
			fc.constantFrom(...delimiters),
			fc.constantFrom('\n', '\r\n', '\r'),
			fc.boolean(),
			(columns, cells, delimiter, end, separatorLine) => {
				const rows = cells
					.map((row) => row.slice(0, columns.length))
					.filter((row) => row.some((text) => text.trim() !== ''));
				const lines = [columns, ...rows].map((row) =>
					row.map((text) => quoted(text).replaceAll('\n', end)).join(delimiter),
				);
				const table = readCsv([...(separatorLine ? [`sep=${delimiter}`] : []), ...lines].join(end));
				assert.ok(!('reason' in table));
				assert.deepEqual(table.columns, columns);
				assert.deepEqual(
					table.rows.map(({ values }) => columns.map((column) => values?.[column])),
					rows,
				);
			},
		),
	);

	fuzz(
		'a malformed row of a CSV costs itself alone, and is named by its line',
		fc.property(
			fc.array(fc.tuple(plainCell, plainCell), { minLength: 2, maxLength: 12 }),
			fc.nat(),
			fc.constantFrom('"stray,text', '"quoted" text,more', 'text,"never closed', '"a "b" c",d'),
			(rows, at, bad) => {
				const place = at % (rows.length + 1);
				const lines = rows.map((row) => row.join(','));
				const table = readCsv(['title,text', ...lines.toSpliced(place, 0, bad)].join('\n'));
				assert.ok(!('reason' in table));
				assert.deepEqual(
					table.rows
						.filter(({ values }) => values)
						.map(({ values }) => [values?.['title'], values?.['text']]),
					rows,
				);
				assert.deepEqual(
					table.rows.filter(({ reason }) => reason !== undefined).map((row) => row.place),
					[`line ${place + 2}`],
				);
			},
		),
	);

	fuzz(
		'any bytes are a table or a reason, and every row has a line of the file [attack 9]',
		fc.property(
			damagedBytes([
				'title,text\n',
				'sep=;\r\n',
				'"a","b ""c"" d"\n',
				'one;two\r\n',
				'"two\nlines",x\n',
				'{"title":"A","text":"B","date":1767225600}\n',
				'[{"title":"A"},{"text":null}]',
				'{"articles":[{"a":[1,{"b":2}]}]}',
				'\ufeff',
			]),
			fc.constantFrom('csv', 'tsv', 'json', 'jsonl', 'ndjson'),
			(bytes, extension) => {
				const decoded = decodeText(bytes);
				if ('reason' in decoded) {
					return;
				}
				const table = readTable(decoded.text, extension);
				if ('reason' in table) {
					assert.notEqual(table.reason, '');
					return;
				}
				const lines = decoded.text.split(/\r\n?|\n/u).length;
				let last = 0;
				for (const { place, values, reason } of table.rows) {
					assert.ok((values === undefined) !== (reason === undefined), place);
					const [kind, number] = place.split(' ');
					assert.ok(Number(number) > last && (kind === 'item' || Number(number) <= lines), place);
					last = Number(number);
				}
			},
		),
	);

	fuzz(
		'front matter that was written by the rules is read as it was, and the text below it too',
		fc.property(
			fc.dictionary(
				fc.stringMatching(/^[a-z]{1,10}$/u),
				fc.oneof(fc.string({ unit: 'grapheme', maxLength: 30 }), fc.integer(), fc.array(plainCell)),
				{ minKeys: 1, maxKeys: 6 },
			),
			fc.string({ unit: 'grapheme', maxLength: 60 }),
			(data, body) => {
				const read = splitFrontMatter(`---\n${stringify(data)}---\n${body}`);
				assert.deepEqual({ ...read.data }, { ...data });
				assert.equal(read.body, `\n${body}`);
				assert.equal(read.note, undefined);
			},
		),
	);

	fuzz(
		'any bytes of a Markdown file are an article whose text stands in them, or a reason [attack 9]',
		fc.property(
			damagedBytes([
				'---\n',
				'+++\n',
				'title: Tides: all\n',
				'date: 2026-03-04\n',
				'date: Spring\n',
				'tags: [a, "b"]\n',
				'tags:\n\t- a\n',
				'title = "Tides"\ndate = 2026-03-04T10:00:00+02:00\n',
				'a: &a [*a, *a]\n',
				'__proto__: {x: 1}\n',
				'# Heading\n\nText.\n',
				'```\n---\n```\n',
				'"',
				'\ufeff',
			]),
			(bytes) => {
				const decoded = decodeText(bytes);
				if ('reason' in decoded) {
					return;
				}
				const read = readMarkdown(decoded.text, '2026-03-05-name.md', origin);
				if ('reason' in read) {
					assert.notEqual(read.reason, '');
					return;
				}
				const { article, note } = read;
				assert.notEqual(article.title.trim(), '');
				assert.match(article.publicationDate ?? '2026-01-01', /^\d{4}-\d{2}-\d{2}/u);
				const text = decoded.text.replace(/\r\n?/gu, '\n').replaceAll('\0', '').normalize('NFC');
				assert.ok(text.includes(article.body) || article.body === article.summary, article.body);
				assert.notEqual(note, '');
				assert.equal(Object.hasOwn(Object.prototype, 'x'), false);
			},
		),
	);
});
