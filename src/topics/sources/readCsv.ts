import * as l10n from '@vscode/l10n';
import { csvSeparatorLine } from '../../common/csvSeparatorLine.ts';
import type { Table } from './table.ts';

const maxColumns = 1000;
const delimiters = [',', ';', '\t', '|'];

interface CsvRow {
	cells: string[];
	/** Line of the file where it begins. */
	line: number;
	reason?: string;
}

/**
 * Rows of a CSV or TSV text (RFC 4180). The first row that is not empty is the header; Excel's `sep=;` above it sets the
 * delimiter. A malformed row affects only itself: reading continues on the line after the one where it begins. That is why
 * no library is used: Papa Parse puts everything after an unclosed quote into one cell, even a thousand good rows, and
 * restarting it after each error would read the rest of the file once for every stray quote.
 */
export function readCsv(text: string): Table | { reason: string } {
	const source = text.replace(/\r\n?/gu, '\n');
	const separator = csvSeparatorLine(source);
	const start = separator?.length ?? 0;
	const [header, ...below] = [...rowsOf(source, start, separator?.delimiter ?? guessDelimiter(source))];
	if (header?.reason !== undefined) {
		return { reason: l10n.t('Its header cannot be read: on line {0} {1}', header.line, header.reason) };
	}
	const columns = (header?.cells ?? []).map((name) => name.trim());
	if (columns.length > maxColumns) {
		return { reason: l10n.t('It has {0} columns; at most {1} are read', columns.length, maxColumns) };
	}
	return {
		columns: columns.filter((column) => column !== ''),
		rows: below.map(({ cells, line, reason }): Table['rows'][number] => {
			const place = l10n.t('line {0}', line);
			if (reason !== undefined) {
				return { place, reason: l10n.t('The row is malformed: {0}', reason) };
			}
			const values = Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? '']));
			const isLonger = cells.slice(columns.length).some((cell) => cell.trim() !== '');
			return {
				place,
				values,
				...(isLonger && {
					note: l10n.t(
						'It has {0} cells, the header names {1}. The others were not read',
						cells.length,
						columns.length,
					),
				}),
			};
		}),
	};
}

/** The delimiter that gives most of the first rows as many cells as the header, but at least two. */
function guessDelimiter(source: string): string {
	const scores = delimiters.map((delimiter) => {
		const [header, ...rows] = [...rowsOf(source, 0, delimiter, 20)];
		const cells = header?.cells.length ?? 0;
		const fitting = rows.filter((row) => row.cells.length === cells).length;
		return { delimiter, score: cells < 2 ? 0 : (1 + fitting) * 1000 + Math.min(cells, 999) };
	});
	return scores.reduce((best, next) => (next.score > best.score ? next : best)).delimiter;
}

/** The rows that are not empty. */
function* rowsOf(source: string, start: number, delimiter: string, most = Infinity): Generator<CsvRow> {
	const find = {
		newline: finder(source, '\n'),
		delimiter: finder(source, delimiter),
		lastQuote: source.lastIndexOf('"'),
	};
	let line = 1 + countOf(source, '\n', 0, start);
	for (let at = start, found = 0; at < source.length && found < most;) {
		const row = readRow(source, at, delimiter, find);
		if ('reason' in row) {
			found++;
			yield { cells: [], line, reason: row.reason };
			const end = source.indexOf('\n', at);
			at = end === -1 ? source.length : end + 1;
			line++;
		} else {
			if (row.cells.some((cell) => cell.trim() !== '')) {
				found++;
				yield { cells: row.cells, line };
			}
			line += countOf(source, '\n', at, row.end);
			at = row.end;
		}
	}
}

/** The row that begins at `start`, and where the next one begins. */
function readRow(
	source: string,
	start: number,
	delimiter: string,
	find: { newline: Finder; delimiter: Finder; lastQuote: number },
): { cells: string[]; end: number } | { reason: string } {
	const cells: string[] = [];
	for (let at = start; ;) {
		let next: number;
		if (source[at] === '"') {
			const quoted = readQuoted(source, at + 1, find.lastQuote);
			if ('reason' in quoted) {
				return quoted;
			}
			cells.push(quoted.cell);
			next = quoted.end;
			while (source[next] === ' ' && delimiter !== ' ') {
				next++;
			}
			if (next < source.length && source[next] !== '\n' && source[next] !== delimiter) {
				return { reason: l10n.t('text follows the quote at the end of a cell') };
			}
		} else {
			next = Math.min(find.newline(at), find.delimiter(at));
			cells.push(source.slice(at, next));
		}
		if (source[next] !== delimiter) {
			return { cells, end: next + 1 };
		}
		at = next + 1;
	}
}

function readQuoted(
	source: string,
	start: number,
	lastQuote: number,
): { cell: string; end: number } | { reason: string } {
	const pieces: string[] = [];
	for (let from = start; from <= lastQuote;) {
		const quote = source.indexOf('"', from);
		pieces.push(source.slice(from, quote));
		if (source[quote + 1] !== '"') {
			return { cell: pieces.join('"'), end: quote + 1 };
		}
		from = quote + 2;
	}
	return { reason: l10n.t('the quote at the beginning of a cell is never closed') };
}

type Finder = (from: number) => number;

/** Finds the next occurrence of `sign`, or the end of the text. Remembers the result, so that no text is searched twice. */
function finder(source: string, sign: string): Finder {
	let asked = 0;
	let found = -1;
	return (from) => {
		if (from < asked || from > found) {
			asked = from;
			const at = source.indexOf(sign, from);
			found = at === -1 ? source.length : at;
		}
		return found;
	};
}

function countOf(text: string, sign: string, from: number, until: number): number {
	let count = 0;
	for (let at = text.indexOf(sign, from); at !== -1 && at < until; at = text.indexOf(sign, at + 1)) {
		count++;
	}
	return count;
}
