import { crc32 } from '../disk/checksum.ts';

/**
 * The statement log, `log-<generation>.jsonl`: UTF-8 text, one JSON object per line.
 *
 * Line 1, the header: `{"crc":"xxxxxxxx","format":1,"generation":g,"sequence":n,"prev":"yyyyyyyy"}`: the log continues
 * the state after transaction n, whose record had the checksum `prev` (`00000000` for the empty database).
 * Every other line, one committed transaction:
 * `{"crc":"xxxxxxxx","seq":n,"prev":"yyyyyyyy","touched":{..},"statements":[["sql",[param, ..]], ..]}`
 * where `seq` grows by one from line to line, `prev` is the `crc` of the record before, and `touched` names the ids
 * that it changed. `crc` is the CRC-32 of the line's bytes after `{"crc":"xxxxxxxx",` up to the newline.
 *
 * A line that fails its checksum, sequence or chain is not applied, nor is anything after it. Records beyond the
 * `sequence` of the next generation's header are not part of the store (their writer had lost the ownership).
 */

/** A higher format in a header was written by a newer program. */
export const logFormatVersion = 1;

export type LogParam = string | number | null;
export type LogStatement = [sql: string, params: LogParam[]];

export interface Touched {
	drafts?: number[];
	chats?: number[];
	prompts?: string[];
	results?: string[];
	suites?: string[];
	runs?: string[];
	all?: true;
}

/** A point in the history of the store: the last transaction applied and its checksum. */
export interface LogPoint {
	sequence: number;
	crc: string;
}

export const emptyPoint: LogPoint = { sequence: 0, crc: '00000000' };

export interface LogHeader {
	format: number;
	generation: number;
	sequence: number;
	prev: string;
}

export interface LogRecord {
	seq: number;
	prev: string;
	touched: Touched;
	statements: LogStatement[];
}

export type LogLine =
	{ kind: 'header'; crc: string; header: LogHeader } | { kind: 'record'; crc: string; record: LogRecord };

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });
const newline = 10;

function prefix(crc: string): string {
	return `{"crc":"${crc}",`;
}

const prefixLength = prefix('00000000').length;

function encodeLine(fields: object): { bytes: Uint8Array; crc: string } {
	const bytes = encoder.encode(`${prefix('00000000')}${JSON.stringify(fields).slice(1)}\n`);
	const crc = crc32(bytes.subarray(prefixLength, -1));
	encoder.encodeInto(prefix(crc), bytes);
	return { bytes, crc };
}

export function encodeHeader(generation: number, point: LogPoint): Uint8Array {
	return encodeLine({ format: logFormatVersion, generation, sequence: point.sequence, prev: point.crc }).bytes;
}

/** The line of the transaction that follows `after`, and the point that it leads to. */
export function encodeRecord(
	after: LogPoint,
	statements: LogStatement[],
	touched: Touched,
): { bytes: Uint8Array; point: LogPoint } {
	const sequence = after.sequence + 1;
	const { bytes, crc } = encodeLine({ seq: sequence, prev: after.crc, touched, statements });
	return { bytes, point: { sequence, crc } };
}

function hasFields(value: unknown, numbers: readonly string[]): value is Record<string, unknown> {
	const fields = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
	return numbers.every((key) => Number.isSafeInteger(fields[key])) && typeof fields['prev'] === 'string';
}

function isHeader(value: unknown): value is LogHeader {
	return hasFields(value, ['format', 'generation', 'sequence']);
}

/** The checksum shows that nothing was damaged, not that this program wrote it. */
function isRecord(value: unknown): value is LogRecord {
	return (
		hasFields(value, ['seq']) &&
		typeof value['touched'] === 'object' &&
		value['touched'] !== null &&
		Array.isArray(value['statements']) &&
		value['statements'].every(isStatement)
	);
}

/**
 * What this program and newer ones may have logged: changes to rows, plain tables and their indexes. No triggers or views,
 * which would run with later statements.
 */
const ownStatement =
	/^\s*(?:INSERT|UPDATE|DELETE|(?:CREATE|DROP|ALTER)\s+TABLE|(?:CREATE|CREATE\s+UNIQUE|DROP)\s+INDEX|PRAGMA user_version = \d+$)\b/i;

function isStatement(value: unknown): value is LogStatement {
	const [sql, params] = Array.isArray(value) ? (value as unknown[]) : [];
	return (
		typeof sql === 'string' &&
		ownStatement.test(sql) &&
		Array.isArray(params) &&
		params.every((param) => param === null || typeof param === 'string' || typeof param === 'number')
	);
}

/** One line without its newline; `undefined` when it is not intact. */
export function decodeLine(line: Uint8Array): LogLine | undefined {
	if (line.length <= prefixLength) {
		return undefined;
	}
	const crc = crc32(line.subarray(prefixLength));
	try {
		const text = decoder.decode(line);
		if (!text.startsWith(prefix(crc))) {
			return undefined;
		}
		const value: unknown = JSON.parse(text);
		if (isRecord(value)) {
			return { kind: 'record', crc, record: value };
		}
		return isHeader(value) ? { kind: 'header', crc, header: value } : undefined;
	} catch {
		return undefined;
	}
}

/** Splits at newlines; `rest` is what follows the last one. */
export function* logLines(bytes: Uint8Array): Generator<{ line: Uint8Array; end: number; complete: boolean }> {
	let start = 0;
	while (start < bytes.length) {
		const found = bytes.indexOf(newline, start);
		const end = found === -1 ? bytes.length : found + 1;
		yield { line: bytes.subarray(start, found === -1 ? end : found), end, complete: found !== -1 };
		start = end;
	}
}
