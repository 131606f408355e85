import * as l10n from '@vscode/l10n';
import { CsvError, parse } from 'csv-parse/sync';
import { csvDialect, type CsvDialect } from '../source/csvDialect.ts';
import { brokenAt, type ForeignFile } from './foreignFile.ts';

/** The first row of a CSV file; undefined if the name says that it is none. */
export function csvHeader({ name, text }: ForeignFile): string[] | undefined {
	if (!/\.csv$/i.test(name)) {
		return undefined;
	}
	try {
		const { text: from, delimiter } = dialectOf(text.slice(0, 100_000));
		const [header = []]: string[][] = parse(from, { to: 1, relax_quotes: true, delimiter });
		return header.map((cell) => cell.trim());
	} catch {
		return undefined;
	}
}

/** The rows of a CSV file by column. Throws `validation` with the line. */
export function csvRows(file: ForeignFile): { row: Record<string, string>; line: number }[] {
	const { text, delimiter, skipped } = dialectOf(file.text);
	try {
		const records = parse(text, {
			skip_empty_lines: true,
			info: true,
			relax_quotes: true,
			delimiter,
		}) as unknown as { record: string[]; info: { lines: number } }[];
		const [header, ...rows] = records;
		const names = (header?.record ?? []).map((cell) => cell.trim());
		return rows.map(({ record, info }) => ({
			row: Object.fromEntries(
				names.flatMap((name, index) =>
					name === '' || name === '__proto__' ? [] : [[name, record[index] ?? '']],
				),
			),
			line: skipped + info.lines - record.reduce((breaks, cell) => breaks + (cell.match(/\n/g)?.length ?? 0), 0),
		}));
	} catch (thrown) {
		if (thrown instanceof CsvError) {
			throw brokenAt(
				{ line: skipped + Number(thrown['lines'] ?? 1), column: 1 },
				l10n.t('This is not valid CSV: {0}', thrown.message),
				thrown,
			);
		}
		throw thrown;
	}
}

/** The parser counts a CRLF inside quotes as two lines. */
function dialectOf(text: string): CsvDialect {
	return csvDialect(text.replace(/\r\n?/g, '\n'));
}
