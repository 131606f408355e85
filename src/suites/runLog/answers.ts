import { promisify } from 'node:util';
import { gunzipSync, gzip, gzipSync } from 'node:zlib';
import type { StoredTrial } from '../../common/suiteModel.ts';
import type { OpenFile } from '../../disk/files.ts';

/** Where an answer is in its file. */
export interface AnswerPlace {
	offset: number;
	length: number;
}

/** Read at once: enough that the system calls cost nothing, and little memory. */
const pieceBytes = 64 * 1024;
/** Larger ones are not read: a small file can inflate to more than fits into memory. */
const maxTrialBytes = 256 * 1024 * 1024;

/** What zlib takes as the length of a piece. */
const smallestChunk = 64;
const largestChunk = 64 * 1024;

/** Up to this length, handing a text to another thread costs more time than compressing it. */
const smallText = 64 * 1024;

export function isLarge(json: string): boolean {
	return json.length > smallText;
}

/** Compresses the JSON of a complete trial that is large, in another thread. */
export const compressTrial: (json: string) => Promise<Uint8Array> = promisify(gzip);

/** Compresses the JSON of a complete trial. */
export function encodeTrial(json: string): Uint8Array {
	// Small pieces are faster.
	return gzipSync(json, { chunkSize: Math.max(1024, json.length >> 1) });
}

/** The trial in these bytes; undefined if they are damaged. */
function decodeTrial(bytes: Uint8Array): StoredTrial | undefined {
	try {
		// One piece as large as the text is, which the last four bytes state (RFC 1952): the usual 16 KB for each of 100,000
		// trials fill the memory before they are collected.
		const stated = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).readUInt32LE(bytes.length - 4);
		const chunkSize = Math.min(largestChunk, Math.max(smallestChunk, stated + 1));
		return JSON.parse(gunzipSync(bytes, { maxOutputLength: maxTrialBytes, chunkSize }).toString()) as StoredTrial;
	} catch {
		return undefined;
	}
}

/** Reads a complete trial; undefined if it is damaged. */
export async function readTrial(file: OpenFile, { offset, length }: AnswerPlace): Promise<StoredTrial | undefined> {
	return decodeTrial(await file.read(offset, length));
}

/** Reads complete trials in the order of their places, several at a time; undefined for those that are damaged. */
export async function* readTrials(
	file: OpenFile,
	places: Iterable<AnswerPlace>,
): AsyncGenerator<StoredTrial | undefined> {
	let piece: Uint8Array = new Uint8Array();
	let start = 0;
	for (const { offset, length } of places) {
		if (offset < start || offset + length > start + piece.length) {
			start = offset;
			piece = await file.read(offset, Math.max(length, pieceBytes));
		}
		yield decodeTrial(piece.subarray(offset - start, offset - start + length));
	}
}
