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
const pieceBytes = 1024 * 1024;
/** Larger ones are not read: a small file can inflate to more than fits into memory. */
const maxTrialBytes = 256 * 1024 * 1024;

/** Up to this length, handing a text to another thread costs more time than compressing it. */
const smallText = 64 * 1024;
const compress = promisify(gzip);

/** Compresses the JSON of a complete trial. */
export async function encodeTrial(json: string): Promise<Uint8Array> {
	return json.length <= smallText ? gzipSync(json) : compress(json);
}

/** The trial in these bytes; undefined if they are damaged. */
function decodeTrial(bytes: Uint8Array): StoredTrial | undefined {
	try {
		return JSON.parse(gunzipSync(bytes, { maxOutputLength: maxTrialBytes }).toString()) as StoredTrial;
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
