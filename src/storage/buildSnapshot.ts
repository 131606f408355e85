import type { SqlJsStatic } from 'sql.js';
import { isEngineAbort } from './failures.ts';
import { type DiskFiles, errorCode } from '../disk/files.ts';
import { type StateAtPoint, loadPoint } from './loadState.ts';
import type { LogPoint } from './logFormat.ts';
import { migrations } from './migrations/all.ts';
import { writeSnapshot } from './snapshots.ts';

/** Can be sent to another thread. */
export interface SnapshotRequest {
	folder: string;
	/** The generation of the log that begins where this snapshot ends; that log exists already. */
	generation: number;
	point: LogPoint;
	/** Keeps the temporary files of two writers apart. */
	unique: string;
}

/** Can be sent to another thread. */
export type SnapshotOutcome =
	| {
			/** The snapshot's size in bytes. */
			size: number;
			/** The snapshot that it was built on, which must be kept with its logs (0: the empty database before log 1). */
			base: number;
			/** Newer snapshots that were found damaged, for people. */
			damage: string[];
	  }
	/** Why the files do not lead to the requested state, which only memory has. */
	| { unreadable: string };

/** Builds a snapshot in this thread or in a separate one (startSnapshotWorker.ts). */
export type SnapshotBuilder = (request: SnapshotRequest) => Promise<SnapshotOutcome>;

/**
 * Writes the snapshot at which log `generation` begins, using only the files before that log: they are closed and never
 * change, so this can run while the owner writes, and even while the ownership passes to another window.
 * Rejects with the system's error when it could not be written.
 */
export async function buildSnapshot(
	files: DiskFiles,
	sqlJs: SqlJsStatic,
	{ folder, generation, point, unique }: SnapshotRequest,
	history = migrations,
): Promise<SnapshotOutcome> {
	let state: StateAtPoint;
	try {
		state = await loadPoint(files, folder, sqlJs, point, history);
	} catch (error) {
		if (!isDamage(error)) {
			throw error;
		}
		return { unreadable: error instanceof Error ? error.message : String(error) };
	}
	const { database, base, damage } = state;
	const schema = database.schemaVersion;
	const bytes = database.export();
	database.close();
	await writeSnapshot(files, folder, { generation, bytes, schema, point }, unique);
	return { size: bytes.length, base, damage: damage.map(({ file, lost }) => `${file}: ${lost}`) };
}

/** Whether the content of the disk is wrong, as opposed to a temporary lack of memory, open files or permission. */
function isDamage(error: unknown): boolean {
	const code = errorCode(error);
	return (code === undefined || code === 'EIO') && !isEngineAbort(error) && !(error instanceof RangeError);
}
