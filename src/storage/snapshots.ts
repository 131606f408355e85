import * as l10n from '@vscode/l10n';
import { crc32, sha256OfBytes } from '../disk/checksum.ts';
import type { DiskFiles } from '../disk/files.ts';
import { placeFile } from '../disk/placeFile.ts';
import { logFile, snapshotFile, snapshotInfoFile } from './layout.ts';
import type { LogPoint } from './logFormat.ts';
import { basePoint } from './logReader.ts';

export interface SnapshotInfo {
	format: 1;
	generation: number;
	size: number;
	sha256: string;
	schema: number;
	/** The last transaction that it contains, and its checksum. */
	sequence: number;
	crc: string;
}

function isSnapshotInfo(value: unknown): value is SnapshotInfo {
	if (typeof value !== 'object' || value === null) {
		return false;
	}
	const fields = value as Record<string, unknown>;
	return (
		fields['format'] === 1 &&
		['generation', 'size', 'schema', 'sequence'].every((key) => Number.isSafeInteger(fields[key])) &&
		typeof fields['sha256'] === 'string' &&
		typeof fields['crc'] === 'string'
	);
}

/** The file's last field, `check`, is the CRC-32 of the other fields, so that a changed sequence number is noticed. */
function encodeInfo(info: SnapshotInfo): Uint8Array {
	const check = crc32(new TextEncoder().encode(JSON.stringify(info)));
	return new TextEncoder().encode(`${JSON.stringify({ ...info, check })}\n`);
}

function decodeInfo(bytes: Uint8Array): SnapshotInfo | undefined {
	try {
		const { check, ...info } = JSON.parse(new TextDecoder().decode(bytes)) as SnapshotInfo & { check: string };
		const intact = check === crc32(new TextEncoder().encode(JSON.stringify(info)));
		return intact && isSnapshotInfo(info) ? info : undefined;
	} catch {
		return undefined;
	}
}

/**
 * The bytes of a snapshot, followed by `room` zero bytes, with its information; or what is wrong with it. A snapshot
 * without an information file was never finished.
 */
export async function readSnapshot(
	files: DiskFiles,
	folder: string,
	generation: number,
	room = 0,
): Promise<{ info: SnapshotInfo; bytes: Uint8Array } | { problem: string; file: string } | 'unfinished'> {
	const infoFile = snapshotInfoFile(generation);
	const file = snapshotFile(generation);
	const infoBytes = await files.read(`${folder}/${infoFile}`);
	const bytes = await files.read(`${folder}/${file}`, room);
	if (!infoBytes) {
		return 'unfinished';
	}
	if (!bytes) {
		return { problem: l10n.t('missing'), file };
	}
	const info = decodeInfo(infoBytes);
	if (info?.generation !== generation) {
		return { problem: l10n.t('not readable'), file: infoFile };
	}
	const content = bytes.subarray(0, bytes.length - room);
	if (content.length !== info.size || (await sha256OfBytes(content)) !== info.sha256) {
		return { problem: l10n.t('its checksum does not match'), file };
	}
	return { info, bytes };
}

/**
 * Writes a snapshot durably and reads it back; the information file comes last and makes it valid. Neither file gets its
 * name unless the log of this number, which continues `point`, exists. Only the window that began the log writes its
 * snapshot, and no other log can have that number, so it does not matter who owns the store in the meantime. If that log
 * is gone, the folder was emptied, or later owners have already removed it.
 */
export async function writeSnapshot(
	files: DiskFiles,
	folder: string,
	snapshot: { generation: number; bytes: Uint8Array<ArrayBuffer>; schema: number; point: LogPoint },
	unique: string,
): Promise<void> {
	const { generation, bytes, schema, point } = snapshot;
	const info: SnapshotInfo = {
		format: 1,
		generation,
		size: bytes.length,
		sha256: await sha256OfBytes(bytes),
		schema,
		sequence: point.sequence,
		crc: point.crc,
	};
	const ensureLog = async () => {
		const begun = await basePoint(files, `${folder}/${logFile(generation)}`);
		if (typeof begun !== 'object' || begun.sequence !== point.sequence || begun.crc !== point.crc) {
			throw new Error(l10n.t('The log of the snapshot {0} is gone', generation));
		}
	};
	await placeFile(files, folder, snapshotFile(generation), bytes, { unique, before: ensureLog });
	await placeFile(files, folder, snapshotInfoFile(generation), encodeInfo(info), { unique, before: ensureLog });
	const written = await readSnapshot(files, folder, generation);
	if (written === 'unfinished' || 'problem' in written) {
		throw new Error(l10n.t('The snapshot {0} was not intact when it was read back', generation));
	}
}
