import * as l10n from '@vscode/l10n';
import { CsvError, parse } from 'csv-parse/sync';
import { nearestName } from '../../common/nearestName.ts';
import { csvDialect } from '../source/csvDialect.ts';
import type { CaseFileReader } from './caseFile.ts';
import { readExpectedCell, type CellAssertion } from './expectedCell.ts';

const knownColumns = [
	'__expected',
	'__description',
	'__metric',
	'__threshold',
	'__metadata:',
	'__providerOutput',
	'__config:',
] as const;

/** Columns of promptfoo that change the prompt, which only the prompt's author does here. */
const ignoredColumns = new Set(['__prefix', '__suffix']);

/**
 * Reads a CSV file with promptfoo's columns, in the dialect of spreadsheets; any other header is a variable. Cells are text, and
 * an empty one is an empty text.
 */
export const readCsv: CaseFileReader = (text, file) => {
	// The parser counts a CRLF inside quotes as two lines.
	const { text: source, delimiter, skipped } = csvDialect(text.replace(/\r\n?/g, '\n'));
	let rows: { record: string[]; info: { lines: number } }[];
	try {
		rows = parse(source, {
			bom: true,
			delimiter,
			relax_quotes: true,
			skip_empty_lines: true,
			info: true,
		}) as unknown as typeof rows;
	} catch (thrown) {
		if (!(thrown instanceof CsvError)) {
			throw thrown;
		}
		file.report(skipped + Number(thrown['lines'] ?? 1), parseFault(thrown));
		return;
	}
	const [header, ...records] = rows;
	const columns = readHeader(header?.record ?? [], (message, severity) =>
		file.report(skipped + 1, message, severity),
	);
	for (const [index, { record, info }] of records.entries()) {
		const line =
			skipped + info.lines - record.reduce((breaks, cell) => breaks + (cell.match(/\n/g)?.length ?? 0), 0);
		file.addRow(
			readRow(record, columns, file.assertionTypes, (message, severity) => file.report(line, message, severity)),
			{
				line,
				row: index + 1,
			},
		);
	}
};

function parseFault({ code, message }: CsvError): string {
	switch (code) {
		case 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH':
			return l10n.t(
				'This row has another number of cells than the header: put a cell that contains a comma in quotation marks ({0})',
				message,
			);
		case 'CSV_QUOTE_NOT_CLOSED':
			return l10n.t('A quotation mark that begins in this row is not closed');
		default:
			return l10n.t('This is not valid CSV: {0}', message);
	}
}

type Report = (message: string, severity?: 'error' | 'warning') => void;

type Column =
	| { kind: 'variable' | 'metadata' | 'metadata-list'; name: string }
	| { kind: 'config'; target: string }
	| { kind: 'expected'; name: string }
	| { kind: 'description' | 'metric' | 'threshold' | 'output' | 'ignored' };

function readHeader(header: readonly string[], report: Report): Column[] {
	const seen = new Set<string>();
	return header.map((cell) => {
		const name = cell.trim();
		const isDoubled = seen.size === seen.add(name).size;
		if (name === '') {
			report(l10n.t('A column without a name has no effect'), 'warning');
			return { kind: 'ignored' };
		}
		if (name === '__proto__') {
			report(l10n.t('A field cannot have the name "{0}"', name));
			return { kind: 'ignored' };
		}
		if (isDoubled) {
			report(l10n.t('The column "{0}" is there twice. Delete one of them', name));
			return { kind: 'ignored' };
		}
		return columnOf(name, report);
	});
}

function columnOf(name: string, report: Report): Column {
	if (name.startsWith('__expected')) {
		return { kind: 'expected', name };
	}
	if (name.startsWith('__metadata:')) {
		// Blanks after the colon belong to the key, as in promptfoo.
		const key = name.slice('__metadata:'.length);
		return key.endsWith('[]') ? { kind: 'metadata-list', name: key.slice(0, -2) } : { kind: 'metadata', name: key };
	}
	if (name.startsWith('__config:')) {
		const [, target, key] = /^__config:(__expected\w*):(\w+)$/.exec(name) ?? [];
		if (target !== undefined && key === 'threshold') {
			return { kind: 'config', target };
		}
		const message = l10n.t('"{0}" sets nothing: such a column is named as in __config:__expected2:threshold', name);
		report(message, target === undefined ? 'warning' : 'error');
		return { kind: 'ignored' };
	}
	switch (name) {
		case '__description':
			return { kind: 'description' };
		case '__metric':
			return { kind: 'metric' };
		case '__threshold':
			return { kind: 'threshold' };
		case '__providerOutput':
			return { kind: 'output' };
	}
	if (name === '__metadata' || ignoredColumns.has(name)) {
		report(l10n.t('The column "{0}" has no effect', name), 'warning');
		return { kind: 'ignored' };
	}
	const near = name.startsWith('__') ? nearestName(name, knownColumns) : undefined;
	if (near !== undefined) {
		report(l10n.t('"{0}" is read as a variable. Did you mean "{1}"?', name, near), 'warning');
	}
	return { kind: 'variable', name };
}

/** A case in the form of the reader. */
function readRow(
	record: readonly string[],
	columns: readonly Column[],
	assertionTypes: ReadonlySet<string>,
	report: Report,
): Record<string, unknown> {
	const vars: Record<string, unknown> = {};
	const metadata: Record<string, unknown> = {};
	const expected = new Map<string, CellAssertion>();
	const thresholds: { target: string; value: string }[] = [];
	const row: Record<string, unknown> = {};
	let metric: string | undefined;
	for (const [index, column] of columns.entries()) {
		const cell = record[index] ?? '';
		if (column.kind === 'variable') {
			vars[column.name] = cell;
			continue;
		}
		if (cell.trim() === '') {
			continue;
		}
		switch (column.kind) {
			case 'expected': {
				const read = readExpectedCell(cell, assertionTypes);
				if ('fault' in read) {
					report(l10n.t('The list in "{0}" has wrong quotation marks: write "a, b", c', column.name));
				} else {
					expected.set(column.name, read);
				}
				break;
			}
			case 'description':
				row['name'] = cell;
				break;
			case 'metric':
				metric = cell;
				break;
			case 'threshold':
				row['threshold'] = numberOf(cell, report);
				break;
			case 'output':
				row['output'] = cell;
				break;
			case 'metadata':
				metadata[column.name] = cell;
				break;
			case 'metadata-list':
				metadata[column.name] = splitEscaped(cell);
				break;
			case 'ignored':
				break;
			case 'config':
				thresholds.push({ target: column.target, value: cell });
				break;
		}
	}
	for (const { target, value } of thresholds) {
		const assertion = expected.get(target) ?? expected.get(target === '__expected1' ? '__expected' : target);
		const threshold = numberOf(value, report);
		if (assertion && threshold !== undefined) {
			assertion.threshold = threshold;
		}
	}
	const assert = [...expected.values()].map((assertion) => ({
		...assertion,
		...(metric !== undefined && { metric }),
	}));
	return {
		...row,
		vars,
		...(Object.keys(metadata).length > 0 && { metadata }),
		...(assert.length > 0 && { assert }),
	};
}

function numberOf(cell: string, report: Report): number | undefined {
	if (/^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(cell.trim())) {
		return Number(cell);
	}
	report(l10n.t('"{0}" is not a number: write a threshold such as 0.8', cell.trim()));
	return undefined;
}

/** Items between commas; a comma after a backslash belongs to its item. */
function splitEscaped(cell: string): string[] {
	return cell.split(/(?<!\\),/).map((item) => item.trim().replaceAll('\\,', ','));
}
