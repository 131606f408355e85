import * as l10n from '@vscode/l10n';
import { CsvError, parse } from 'csv-parse/sync';
import { brokenAt, type ForeignFile } from './foreignFile.ts';

/** The first row of a CSV file; undefined if the name says that it is none. */
export function csvHeader({ name, text }: ForeignFile): string[] | undefined {
	if (!/\.csv$/i.test(name)) {
		return undefined;
	}
	try {
		const [header = []]: string[][] = parse(text.slice(0, 100_000), { to: 1, relax_quotes: true });
		return header.map((cell) => cell.trim());
	} catch {
		return undefined;
	}
}

/** The rows of a CSV file by column. Throws `validation` with the line. */
export function csvRows(file: ForeignFile): { row: Record<string, string>; line: number }[] {
	try {
		const records = parse(file.text, { skip_empty_lines: true, info: true, relax_quotes: true }) as unknown as {
			record: string[];
			info: { lines: number };
		}[];
		const [header, ...rows] = records;
		const names = (header?.record ?? []).map((cell) => cell.trim());
		return rows.map(({ record, info }) => ({
			row: Object.fromEntries(
				names.flatMap((name, index) =>
					name === '' || name === '__proto__' ? [] : [[name, record[index] ?? '']],
				),
			),
			line: info.lines - record.reduce((breaks, cell) => breaks + (cell.match(/\n/g)?.length ?? 0), 0),
		}));
	} catch (thrown) {
		if (thrown instanceof CsvError) {
			throw brokenAt(
				{ line: Number(thrown['lines'] ?? 1), column: 1 },
				l10n.t('This is not valid CSV: {0}', thrown.message),
				thrown,
			);
		}
		throw thrown;
	}
}
