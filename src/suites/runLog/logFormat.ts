import { crc32 as crc32Number } from 'node:zlib';
import { crc32 } from '../../disk/checksum.ts';
import type { TrialSummary } from '../suiteContext.ts';
import { packSummary, unpackSummary } from './packSummary.ts';

/**
 * The trials of a run, in its folder `runs/<runId>`:
 *
 * `answers.log`: the complete trials as JSON, each in a gzip member of its own, one after the other.
 * `summaries.log`: UTF-8 text, one line for each trial, `xxxxxxxx <json>`, where x is the CRC-32 of the bytes of the JSON.
 * The JSON of the first line is `{"format":1,"runId":"…"}`, that of the others
 * `[summary .., number, first, offset, length]`: the fields of the summary (packSummary.ts), of which the id is first; the
 * trial's number in this file, from 0; that of the first one that was written and synced together with it; and the place of
 * its answer in `answers.log`.
 *
 * A batch is acknowledged when its answers and then its summaries are synced. So what is not intact at the end was never
 * acknowledged; a line that is not intact before others is damage, and the numbers tell how many trials it has cost.
 */
export const summariesFile = 'summaries.log';
export const answersFile = 'answers.log';
export const pinsFile = 'pins.json';

/** A higher format was written by a newer program. */
export const runFormat = 1;

export const newline = 10;
const [digit0, letterA] = [0x30, 0x61];
/** Eight hexadecimal digits and a space. */
const prefixLength = 9;

export interface SummaryRecord {
	number: number;
	first: number;
	offset: number;
	length: number;
	summary: TrialSummary;
}

function encodeLine(json: string): Uint8Array {
	const bytes = Buffer.from(`00000000 ${json}\n`);
	bytes.write(crc32(bytes.subarray(prefixLength, -1)), 'latin1');
	return bytes;
}

export function encodeHeader(runId: string): Uint8Array {
	return encodeLine(JSON.stringify({ format: runFormat, runId }));
}

/** A summary as JSON, to which its place is added when it is written. */
export function summaryJson(summary: TrialSummary): string {
	return JSON.stringify(packSummary(summary));
}

export function encodeSummary(
	{ number, first, offset, length }: Omit<SummaryRecord, 'summary'>,
	json: string,
): Uint8Array {
	return encodeLine(`${json.slice(0, -1)},${number},${first},${offset},${length}]`);
}

/** The eight digits from `start` on as a number. Digit by digit, which takes a tenth of the time of making a text of them. */
function statedChecksum(bytes: Buffer, start: number): number {
	let value = 0;
	for (let at = start; at < start + 8; at++) {
		const code = bytes[at] ?? 0;
		const digit = code >= digit0 && code <= digit0 + 9 ? code - digit0 : code - letterA + 10;
		if (digit < 0 || digit > 15) {
			return NaN;
		}
		value = value * 16 + digit;
	}
	return value;
}

/** The value in bytes from `start` to the newline at `end`; undefined if they are not intact. */
function decodeLine(bytes: Buffer, start: number, end: number): unknown {
	const json = start + prefixLength;
	if (end <= json || crc32Number(bytes.subarray(json, end)) !== statedChecksum(bytes, start)) {
		return undefined;
	}
	try {
		return JSON.parse(bytes.toString('utf8', json, end)) as unknown;
	} catch {
		return undefined;
	}
}

/** The format of a header; undefined if the line is none. */
export function decodeHeader(bytes: Buffer, start: number, end: number): number | undefined {
	const value = decodeLine(bytes, start, end);
	const isHeader = typeof value === 'object' && value !== null && 'format' in value && 'runId' in value;
	return isHeader && typeof value.format === 'number' ? value.format : undefined;
}

/** The checksum shows that nothing was damaged, not that this program wrote it. */
export function decodeSummary(bytes: Buffer, start: number, end: number): SummaryRecord | undefined {
	const value = decodeLine(bytes, start, end);
	if (!Array.isArray(value)) {
		return undefined;
	}
	const fields = value as unknown[];
	const [number, first, offset, length] = fields.splice(-4) as number[];
	if (!isPlace(number) || !isPlace(first) || !isPlace(offset) || !isPlace(length)) {
		return undefined;
	}
	const summary = unpackSummary(fields);
	return summary && { number, first, offset, length, summary };
}

function isPlace(value: number | undefined): value is number {
	return Number.isSafeInteger(value) && Number(value) >= 0;
}

/** How the line of a trial begins. */
export function lineStart(trialId: string): Uint8Array {
	return Buffer.from(`00000000 [${JSON.stringify(trialId)},`).subarray(prefixLength);
}

/** Whether a line that begins at `start` begins so. */
export function startsWith(bytes: Buffer, start: number, wanted: Uint8Array): boolean {
	let at = 0;
	while (at < wanted.length && bytes[start + prefixLength + at] === wanted[at]) {
		at++;
	}
	return at === wanted.length;
}
