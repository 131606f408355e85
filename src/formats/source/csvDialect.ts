import { csvSeparatorLine } from '../../common/csvSeparatorLine.ts';

/** How a CSV text is to be read. */
export interface CsvDialect {
	delimiter: string;
	/** From the header on. */
	text: string;
	/** Lines before the header. */
	skipped: number;
}

/**
 * The delimiter that Excel's `sep=;` names; without it a semicolon or tab if the first line has one and no comma, as
 * spreadsheets of some languages write it. Ends of lines are `\n`.
 */
export function csvDialect(source: string): CsvDialect {
	const separator = csvSeparatorLine(source);
	if (separator) {
		const above = source.slice(0, separator.length);
		return {
			delimiter: separator.delimiter,
			text: source.slice(separator.length),
			skipped: above.split('\n').length - 1,
		};
	}
	const end = source.indexOf('\n');
	const header = end === -1 ? source : source.slice(0, end);
	const delimiter = header.includes(',') ? ',' : header.includes(';') ? ';' : header.includes('\t') ? '\t' : ',';
	return { delimiter, text: source, skipped: 0 };
}
