import { setImmediate } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import type { TrialSummary } from '../suiteContext.ts';
import type { ReadSummaries } from './logReader.ts';

/**
 * The summaries of a run by column instead of by line, which are read in a fraction of the time. Everything is
 * little-endian:
 *
 * 0: CRC-32 of all bytes that follow, 32 bits.
 * 4: length of the header in bytes, 32 bits.
 * 8: the header (`Header`), JSON in UTF-8 with spaces up to a multiple of 8.
 *
 * Then the sections of the columns, in the order of the header, each filled with zeros up to a multiple of 8. There is one
 * column for each of `fields` and one for the other fields, as an object or undefined. A column is one of:
 *
 * `numbers`: a 64-bit float for each trial.
 * `texts`: for each trial the end of its text, 32 bits, in characters of the texts joined; then the texts joined, in Latin-1
 * or in UTF-16.
 * `values`: for each trial the number of its value, 32 bits, from 1 on, or 0 for undefined; then the different values as a
 * JSON array in UTF-8.
 *
 * The file is only a copy: what is not as described here is ignored and written again.
 */
const columnsFormat = 1;

const fields = [
	'trialId',
	'case',
	'variant',
	'repeat',
	'verdict',
	'score',
	'assertions',
	'latencyMs',
	'timeToFirstTokenMs',
	'usage',
	'costUsd',
	'reused',
	'endedAt',
	'query',
	'requestHash',
	'preview',
] as const satisfies (keyof TrialSummary)[];

const prefixBytes = 8;
/** Longer texts do not fit into one string of V8 for certain. */
const maxCharacters = 200_000_000;

/** What the columns are a copy of. */
export interface CopiedLog {
	read: ReadSummaries;
	/** CRC-32 of the end of the part that was read (keptSummaries.ts). */
	check: number;
}

interface Header {
	format: number;
	log: CopiedLog;
	trials: number;
	columns: ColumnHeader[];
}

interface ColumnHeader {
	kind: 'numbers' | 'texts' | 'values';
	/** Of texts. */
	encoding?: 'latin1' | 'utf16le';
	/** Bytes of each section. */
	sections: number[];
}

interface EncodedColumn extends Omit<ColumnHeader, 'sections'> {
	sections: Uint8Array[];
}

/** The file in pieces; undefined if it would be too large. Yields to other work between the columns. */
export async function encodeColumns(
	trials: readonly TrialSummary[],
	log: CopiedLog,
): Promise<Uint8Array[] | undefined> {
	const columns: EncodedColumn[] = [];
	for (const field of fields) {
		const column = encodeColumn(trials.map((trial) => trial[field]));
		if (!column) {
			return undefined;
		}
		columns.push(column);
		await setImmediate();
	}
	columns.push(valuesColumn(trials.map(otherFields)));
	const header: Header = {
		format: columnsFormat,
		log,
		trials: trials.length,
		columns: columns.map(({ sections, ...column }) => ({
			...column,
			sections: sections.map(({ length }) => length),
		})),
	};
	const text = padded(Buffer.from(JSON.stringify(header)), ' ');
	const length = Buffer.alloc(4);
	length.writeUInt32LE(text.length);
	const pieces = [length, text, ...columns.flatMap(({ sections }) => sections.map((one) => padded(one, '\0')))];
	const check = Buffer.alloc(4);
	check.writeUInt32LE(pieces.reduce((sum, piece) => crc32(piece, sum), 0));
	return [check, ...pieces];
}

/** Reads what `encodeColumns` has written; undefined if it is something else or damaged. */
export function decodeColumns(bytes: Uint8Array): { trials: TrialSummary[]; log: CopiedLog } | undefined {
	const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
	if (bytes.length < prefixBytes || crc32(bytes.subarray(4)) !== buffer.readUInt32LE(0)) {
		return undefined;
	}
	const start = prefixBytes + buffer.readUInt32LE(4);
	const header = JSON.parse(buffer.toString('utf8', prefixBytes, start)) as Header;
	if (header.format !== columnsFormat) {
		return undefined;
	}
	let at = start;
	const columns = header.columns.map((column) => {
		const sections = column.sections.map((length) => {
			const section = buffer.subarray(at, at + length);
			at += roundedUp(length);
			return section;
		});
		return decodeColumn(column, sections);
	});
	return { trials: summaries(header.trials, columns), log: header.log };
}

function summaries(count: number, columns: readonly ArrayLike<unknown>[]): TrialSummary[] {
	const column = (field: (typeof fields)[number]) => columns[fields.indexOf(field)] ?? [];
	const [trialIds, cases, variants, repeats] = [
		column('trialId'),
		column('case'),
		column('variant'),
		column('repeat'),
	];
	const [verdicts, scores, assertions] = [column('verdict'), column('score'), column('assertions')];
	const [latencies, firstTokens, usages] = [column('latencyMs'), column('timeToFirstTokenMs'), column('usage')];
	const [costs, reused, ends] = [column('costUsd'), column('reused'), column('endedAt')];
	const [queries, hashes, previews] = [column('query'), column('requestHash'), column('preview')];
	const others = columns[fields.length] ?? [];
	const trials = new Array<TrialSummary>(count);
	for (let at = 0; at < count; at++) {
		// In the order of `unpackSummary`; all of one shape.
		const summary: Record<(typeof fields)[number], unknown> = {
			trialId: trialIds[at],
			case: cases[at],
			variant: variants[at],
			repeat: repeats[at],
			verdict: verdicts[at],
			score: scores[at],
			assertions: assertions[at],
			latencyMs: latencies[at],
			timeToFirstTokenMs: firstTokens[at],
			usage: usages[at],
			costUsd: costs[at],
			reused: reused[at],
			endedAt: ends[at],
			query: queries[at],
			requestHash: hashes[at],
			preview: previews[at],
		};
		const other = others[at];
		trials[at] = (other === undefined ? summary : { ...summary, ...(other as object) }) as TrialSummary;
	}
	return trials;
}

function otherFields(trial: TrialSummary): object | undefined {
	const others = Object.entries(trial).filter(
		([name, value]) => value !== undefined && !(fields as readonly string[]).includes(name),
	);
	return others.length === 0 ? undefined : Object.fromEntries(others);
}

function encodeColumn(values: readonly unknown[]): EncodedColumn | undefined {
	if (values.every((value) => typeof value === 'number')) {
		return { kind: 'numbers', sections: [bytesOf(Float64Array.from(values))] };
	}
	const isTexts = values.every((value) => typeof value === 'string');
	return isTexts && 2 * new Set(values).size > values.length ? textsColumn(values) : valuesColumn(values);
}

function textsColumn(texts: readonly string[]): EncodedColumn | undefined {
	let length = 0;
	const ends = Uint32Array.from(texts, (text) => (length += text.length));
	if (length > maxCharacters) {
		return undefined;
	}
	const joined = texts.join('');
	// UTF-16 keeps every string, halves of characters too.
	const encoding = /^[\0-\xff]*$/.test(joined) ? 'latin1' : 'utf16le';
	return { kind: 'texts', encoding, sections: [bytesOf(ends), Buffer.from(joined, encoding)] };
}

function valuesColumn(values: readonly unknown[]): EncodedColumn {
	const numbers = new Map<unknown, number>();
	const numbersOfObjects = new Map<unknown, number>();
	const different: unknown[] = [];
	const codes = Uint32Array.from(values, (value) => {
		if (value === undefined) {
			return 0;
		}
		const [known, key] = typeof value === 'object' ? [numbersOfObjects, JSON.stringify(value)] : [numbers, value];
		const number = known.get(key) ?? different.push(value);
		known.set(key, number);
		return number;
	});
	return { kind: 'values', sections: [bytesOf(codes), Buffer.from(JSON.stringify(different))] };
}

/** In loops, because an iterator over numbers takes longer than all of the rest. */
function decodeColumn({ kind, encoding }: ColumnHeader, [first, second]: readonly Buffer[]): ArrayLike<unknown> {
	const bytes = first ?? Buffer.alloc(0);
	if (kind === 'numbers') {
		return new Float64Array(aligned(bytes), 0, bytes.length / 8);
	}
	const numbers = new Uint32Array(aligned(bytes), 0, bytes.length / 4);
	const values = new Array<unknown>(numbers.length);
	if (kind === 'texts') {
		const joined = second?.toString(encoding) ?? '';
		for (let at = 0, start = 0; at < numbers.length; at++) {
			const end = numbers[at] ?? start;
			values[at] = joined.slice(start, end);
			start = end;
		}
		return values;
	}
	const different = [undefined, ...(JSON.parse(second?.toString() ?? '[]') as unknown[])];
	for (let at = 0; at < numbers.length; at++) {
		values[at] = different[numbers[at] ?? 0];
	}
	return values;
}

/** The bytes at the start of memory of their own: views of numbers need an aligned start. */
function aligned(bytes: Buffer): ArrayBuffer {
	return new Uint8Array(bytes).buffer;
}

function bytesOf({ buffer, byteOffset, byteLength }: Float64Array | Uint32Array): Uint8Array {
	return new Uint8Array(buffer, byteOffset, byteLength);
}

function padded(bytes: Uint8Array, filling: string): Uint8Array {
	return Buffer.concat([bytes, Buffer.alloc(roundedUp(bytes.length) - bytes.length, filling)]);
}

function roundedUp(length: number): number {
	return Math.ceil(length / 8) * 8;
}
