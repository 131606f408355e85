import * as l10n from '@vscode/l10n';
import { AppError } from '../../common/errors.ts';
import type { OpenFile } from '../../disk/files.ts';
import {
	type SummaryRecord,
	decodeHeader,
	decodeSummary,
	lineStart,
	newline,
	runFormat,
	startsWith,
} from './logFormat.ts';
import { newerRun } from './storageFailure.ts';

const pieceBytes = 128 * 1024;

export interface ReadSummaries {
	/** After the last intact line. */
	end: number;
	/** What was written together with the last line: the number of its first trial, and where lines and answers begin. */
	batch: { first: number; start: number; answers: number };
	/** The number of the next trial. */
	next: number;
	/** Where the next answer begins. */
	answersEnd: number;
	/** Trials that are missing before others. */
	lost: number;
}

/** A part of a file that consists of complete lines. */
interface Block {
	bytes: Buffer;
	/** Of the first byte, in the file. */
	position: number;
}

/** Reads a file from a line on in pieces of complete lines; the last one may end without a newline. */
export async function* readBlocks(file: OpenFile, from = 0): AsyncGenerator<Block> {
	let length = pieceBytes;
	for (let position = from; ;) {
		const piece = await file.read(position, length);
		const isLast = piece.length < length;
		const complete = isLast ? piece.length : piece.lastIndexOf(newline) + 1;
		if (complete > 0) {
			yield { bytes: Buffer.from(piece.buffer, piece.byteOffset, complete), position };
		}
		if (isLast) {
			return;
		}
		position += complete;
		// A line that is longer than a piece.
		length = complete === 0 ? length * 2 : pieceBytes;
	}
}

const nothingRead: ReadSummaries = {
	end: 0,
	batch: { first: -1, start: 0, answers: 0 },
	next: 0,
	answersEnd: 0,
	lost: 0,
};

/**
 * Calls `visit` for each intact trial, in order, that comes after what is known already. Rejects with `storage` if nothing can
 * be read.
 */
export async function readSummaries(
	file: OpenFile,
	visit: (record: SummaryRecord) => void,
	known = nothingRead,
): Promise<ReadSummaries> {
	const read = { ...known };
	for await (const { bytes, position } of readBlocks(file, known.end)) {
		for (let start = 0; start < bytes.length;) {
			const found = bytes.indexOf(newline, start);
			const end = found === -1 ? bytes.length : found;
			const record = found === -1 ? undefined : decodeSummary(bytes, start, end);
			if (record && record.number >= read.next) {
				visit(record);
				note(read, record, position + start, position + end + 1);
			} else if (position + start === 0 && found !== -1) {
				read.end = headerEnd(bytes, end);
			}
			start = end + 1;
		}
	}
	if (read.end === 0) {
		throw new AppError('storage', l10n.t('The trials of this run are damaged or missing'));
	}
	return read;
}

function note(read: ReadSummaries, record: SummaryRecord, start: number, end: number): void {
	read.lost += record.number - read.next;
	read.next = record.number + 1;
	read.end = end;
	read.answersEnd = Math.max(read.answersEnd, record.offset + record.length);
	if (record.first !== read.batch.first) {
		read.batch = { first: record.first, start, answers: record.offset };
	}
}

/** The end of the header, or 0 if it is damaged; the trials after it tell how they are written. */
function headerEnd(bytes: Buffer, end: number): number {
	const format = decodeHeader(bytes, 0, end);
	if (format !== undefined && format > runFormat) {
		throw newerRun();
	}
	return format === undefined ? 0 : end + 1;
}

/** The place of a trial, where it was appended last; undefined if it is not there or not intact. */
export async function findSummary(file: OpenFile, trialId: string): Promise<SummaryRecord | undefined> {
	const wanted = lineStart(trialId);
	let last: SummaryRecord | undefined;
	for await (const { bytes } of readBlocks(file)) {
		for (let start = 0, end; (end = bytes.indexOf(newline, start)) !== -1; start = end + 1) {
			if (startsWith(bytes, start, wanted)) {
				last = decodeSummary(bytes, start, end) ?? last;
			}
		}
	}
	return last;
}
