import { crc32 as crc32Number } from 'node:zlib';
import { crc32 } from '../../disk/checksum.ts';
import type { TrialSummary } from '../suiteContext.ts';

/**
 * The trials of a run, in its folder `runs/<runId>`:
 *
 * `answers.log`: the complete trials as JSON, each in a gzip member of its own, one after the other.
 * `summaries.log`: UTF-8 text, one line for each trial, `xxxxxxxx <json>`, where x is the CRC-32 of the bytes of the JSON.
 * The JSON of the first line is `{"format":1,"runId":"…"}`, that of the others
 * `[number, first, offset, length, summary]`: the trial's number in this file, from 0; that of the first one that was
 * written and synced together with it; the place of its answer in `answers.log`; and its `TrialSummary`.
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

/** `summary` is the JSON of a `TrialSummary`. */
export function encodeSummary(place: Omit<SummaryRecord, 'summary'>, summary: string): Uint8Array {
	return encodeLine(`[${place.number},${place.first},${place.offset},${place.length},${summary}]`);
}

/** The value in bytes from `start` to the newline at `end`; undefined if they are not intact. */
function decodeLine(bytes: Buffer, start: number, end: number): unknown {
	const json = start + prefixLength;
	// As a number: writing out the digits of each line would take a tenth of the time of reading a large run.
	const stated = Number.parseInt(bytes.toString('latin1', start, json - 1), 16);
	if (end <= json || crc32Number(bytes.subarray(json, end)) !== stated) {
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
	const [number, first, offset, length, summary] = value as unknown[];
	const isPlace = [number, first, offset, length].every((one) => Number.isSafeInteger(one) && Number(one) >= 0);
	if (!isPlace || typeof summary !== 'object' || summary === null) {
		return undefined;
	}
	return { number, first, offset, length, summary } as SummaryRecord;
}
