import * as l10n from '@vscode/l10n';
import { AppError } from '../common/errors.ts';
import { failureReason } from './failures.ts';
import type { DiskFiles } from '../disk/files.ts';
import { logFile, logGenerations, snapshotFile, snapshotGenerations, snapshotInfoFile } from './layout.ts';
import type { LogPoint } from './logFormat.ts';
import type { LoadedState } from './loadState.ts';
import { writeSnapshot } from './snapshots.ts';
import type { DurableDatabaseOptions, WriteLog } from './storeOptions.ts';

const retryMs = 60_000;

/** The owner's files do not lead to the state at which a log begins; only memory still has it. */
export class UnreadableFiles extends AppError {
	constructor(reason: string) {
		super(
			'storage',
			l10n.t('The files of the store can no longer be read ({0}). They are being written again.', reason),
		);
	}
}

/** The snapshots that are written in the background, one at a time. */
export class Checkpoints {
	readonly #log: WriteLog;
	#isRunning = false;
	#last = Promise.resolve();
	#notBefore = 0;

	constructor(log: WriteLog) {
		this.#log = log;
	}

	get isRunning(): boolean {
		return this.#isRunning;
	}

	/** False for a while after a snapshot could not be written. */
	get mayBegin(): boolean {
		return performance.now() >= this.#notBefore;
	}

	/** Runs `write` in the background; calls `onUnreadable` if only memory has the state that was to be written. */
	begin(write: () => Promise<void>, onUnreadable: () => void): void {
		this.#isRunning = true;
		this.#last = write().finally(() => {
			this.#isRunning = false;
		});
		this.#last.catch((error: unknown) => {
			if (error instanceof UnreadableFiles) {
				onUnreadable();
			}
			this.#notBefore = performance.now() + retryMs;
			this.#log('warn', `The snapshot was not written, the log goes on: ${failureReason(error)}`);
		});
	}

	/** Resolves when no snapshot is being written; rejects if the last one failed. */
	done(): Promise<void> {
		return this.#last;
	}
}

/**
 * Writes the snapshot at the beginning of the log that was just begun, from the files before it: nothing in memory is
 * read, so another thread can do the work while writes go on. Rejects with `UnreadableFiles` or the system's error.
 */
export async function checkpointFromFiles(options: DurableDatabaseOptions, state: LoadedState): Promise<void> {
	const { files, folder, token, ownership, buildSnapshot, log } = options;
	const { generation, point } = state.position;
	const { logBytes } = state;
	const built = await buildSnapshot({ folder, generation, point, unique: token });
	const isOwner = ownership.stillHolds();
	if ('unreadable' in built) {
		throw isOwner ? new UnreadableFiles(built.unreadable) : new Error(built.unreadable);
	}
	built.damage.forEach((damage) => log('warn', `Found at a checkpoint: ${damage}`));
	if (isOwner) {
		await clearOlder(files, folder, built.base);
	}
	noteSnapshot(state, { generation, point, size: built.size, logBytes });
}

/** Writes the snapshot at the beginning of the log that was just begun, from memory, if the files cannot be trusted. */
export async function checkpointFromMemory(options: DurableDatabaseOptions, state: LoadedState): Promise<void> {
	const { files, folder, token } = options;
	const { generation, point } = state.position;
	const { database, snapshotGeneration, logBytes } = state;
	const bytes = database.export();
	await writeSnapshot(files, folder, { generation, point, bytes, schema: database.schemaVersion }, token);
	await clearOlder(files, folder, snapshotGeneration);
	noteSnapshot(state, { generation, point, size: bytes.length, logBytes });
}

interface Written {
	generation: number;
	point: LogPoint;
	size: number;
	/** Bytes of the logs that the snapshot covers. */
	logBytes: number;
}

/** Ignores a snapshot that a newer one has overtaken. */
function noteSnapshot(state: LoadedState, { generation, point, size, logBytes }: Written): void {
	if (generation > state.snapshotGeneration) {
		state.snapshotGeneration = generation;
		state.snapshotBytes = size;
		state.snapshotSequence = point.sequence;
		state.logBytes -= logBytes;
	}
}

/**
 * Removes everything before the generation `kept`, the one before a snapshot that was read back intact: with two
 * generations and their logs, damage to one loses nothing. 0: there is no earlier one, and all logs stay.
 */
async function clearOlder(files: DiskFiles, folder: string, kept: number): Promise<void> {
	const names = await files.list(folder);
	for (const old of snapshotGenerations(names).filter((generation) => generation < kept)) {
		await files.remove(`${folder}/${snapshotInfoFile(old)}`);
		await files.remove(`${folder}/${snapshotFile(old)}`);
	}
	for (const old of logGenerations(names).filter((generation) => generation < kept)) {
		await files.remove(`${folder}/${logFile(old)}`);
	}
}
