import * as l10n from '@vscode/l10n';
import { AppError } from '../common/errors.ts';
import { errorCode, type OpenFile, type DiskFiles } from '../disk/files.ts';
import { logFile } from './layout.ts';
import {
	type LogHeader,
	type LogLine,
	type LogPoint,
	type LogRecord,
	decodeLine,
	logFormatVersion,
	logLines,
} from './logFormat.ts';

/** A reader's position: after the record of `point`, at byte `offset` of log `generation` (0: before its header). */
export interface LogPosition {
	generation: number;
	offset: number;
	point: LogPoint;
}

export type ReadRecord = LogRecord & { crc: string };

export interface Advance {
	/** The records that follow, in order. */
	records: ReadRecord[];
	position: LogPosition;
	/** Bytes read, of all logs. */
	bytes: number;
	/** Bytes after the last intact record of the last log: an unfinished write, or damage. */
	rest: Uint8Array;
	/** Logs whose first line was unreadable but whose records continue the chain. */
	damagedHeaders: number[];
	/**
	 * The next log does not continue this one, or this one is gone. Either this reader has applied something that is not in
	 * the store's history (its writer had lost the ownership), or it is too far behind; then loading again helps. Or records
	 * are missing or unreadable.
	 */
	stopped: boolean;
}

/** `undefined` when there is no such file. */
async function readFrom(
	files: DiskFiles,
	path: string,
	offset: number,
	length?: number,
): Promise<Uint8Array | undefined> {
	const found = await files.stat(path);
	if (!found || found.size <= offset) {
		return found && new Uint8Array();
	}
	let file: OpenFile;
	try {
		file = await files.open(path, 'read');
	} catch (error) {
		if (errorCode(error) === 'ENOENT') {
			// Removed after its size was read.
			return undefined;
		}
		throw error;
	}
	try {
		return await file.read(offset, length ?? found.size - offset);
	} finally {
		await file.close();
	}
}

function headerOf(decoded: LogLine | undefined): LogHeader | undefined {
	if (decoded?.kind !== 'header') {
		return undefined;
	}
	if (decoded.header.format > logFormatVersion) {
		throw new AppError(
			'storage',
			l10n.t('The store was written by a newer version of Prompt Workshop; update the extension'),
		);
	}
	return decoded.header;
}

/** The point that a log continues, according to its header or, if that is unreadable, its first record. */
export async function basePoint(files: DiskFiles, path: string): Promise<LogPoint | 'damaged' | undefined> {
	const beginning = await readFrom(files, path, 0, 200);
	if (!beginning) {
		return undefined;
	}
	const [first] = [...logLines(beginning)];
	const header = first?.complete ? headerOf(decodeLine(first.line)) : undefined;
	if (header) {
		return { sequence: header.sequence, crc: header.prev };
	}
	const [, second] = [...logLines((await readFrom(files, path, 0)) ?? beginning)];
	const record = second?.complete ? decodeLine(second.line) : undefined;
	return record?.kind === 'record' ? { sequence: record.record.seq - 1, crc: record.record.prev } : 'damaged';
}

interface LogPart {
	records: ReadRecord[];
	point: LogPoint;
	/** Bytes of intact lines. */
	consumed: number;
	damagedHeader: boolean;
}

/** The records in `bytes` that continue `from` in an unbroken chain, up to the sequence number `limit`. */
function chainedRecords(bytes: Uint8Array, from: LogPosition, limit: number): LogPart {
	const part: LogPart = { records: [], point: from.point, consumed: 0, damagedHeader: false };
	let atHeader = from.offset === 0;
	let unreadable = false;
	for (const { line, end, complete } of logLines(bytes)) {
		const decoded = complete ? decodeLine(line) : undefined;
		if (atHeader) {
			atHeader = false;
			const header = headerOf(decoded);
			unreadable = header === undefined;
			if (header && (header.sequence !== part.point.sequence || header.prev !== part.point.crc)) {
				break;
			}
		} else {
			const record = decoded?.kind === 'record' ? decoded.record : undefined;
			const follows = record?.seq === part.point.sequence + 1 && record.prev === part.point.crc;
			if (!decoded || !record || !follows || record.seq > limit) {
				break;
			}
			part.records.push({ ...record, crc: decoded.crc });
			part.point = { sequence: record.seq, crc: decoded.crc };
			part.damagedHeader ||= unreadable;
			unreadable = false;
		}
		part.consumed = unreadable ? 0 : end;
	}
	return part;
}

/** Follows the chain of logs from a position to its current end. Only reads. */
export async function readLog(files: DiskFiles, folder: string, from: LogPosition): Promise<Advance> {
	const records: ReadRecord[] = [];
	const damagedHeaders: number[] = [];
	let position = from;
	let total = 0;
	for (;;) {
		const { generation, offset } = position;
		const path = `${folder}/${logFile(generation)}`;
		let bytes = await readFrom(files, path, offset);
		// Checked after the records were read: those beyond the next log's base are not part of the store.
		const next = await basePoint(files, `${folder}/${logFile(generation + 1)}`);
		if (next !== undefined) {
			// The writer may have gone on between the two reads; now that a next log exists this one is complete, so read it again.
			bytes = await readFrom(files, path, offset);
		}
		// The log at this reader's position was removed, together with generations that it has not read.
		const isBehind = bytes === undefined && (offset > 0 || generation > from.generation);
		bytes ??= new Uint8Array();
		const part = chainedRecords(bytes, position, typeof next === 'object' ? next.sequence : Infinity);
		records.push(...part.records);
		total += part.consumed;
		if (part.damagedHeader) {
			damagedHeaders.push(generation);
		}
		position = { generation, offset: offset + part.consumed, point: part.point };
		const isLast = next === undefined;
		const continues =
			typeof next === 'object' && next.sequence === part.point.sequence && next.crc === part.point.crc;
		if (isLast || isBehind || !continues) {
			const rest = bytes.subarray(part.consumed);
			return { records, position, bytes: total, rest, damagedHeaders, stopped: !isLast || isBehind };
		}
		position = { generation: generation + 1, offset: 0, point: part.point };
	}
}

/** The highest sequence number of an intact record in these bytes; 0 when there is none. */
export function highestSequence(bytes: Uint8Array): number {
	let highest = 0;
	for (const { line, complete } of logLines(bytes)) {
		const decoded = complete ? decodeLine(line) : undefined;
		if (decoded?.kind === 'record') {
			highest = Math.max(highest, decoded.record.seq);
		}
	}
	return highest;
}
