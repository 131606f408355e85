import * as l10n from '@vscode/l10n';
import { AppError } from '../common/errors.ts';
import { Changes, everythingChanged, storeChange } from './changes.ts';
import { Checkpoints, checkpointFromFiles, checkpointFromMemory } from './checkpoint.ts';
import { emptiedFolder, failureReason, isEngineAbort, newerSchemaReason } from './failures.ts';
import { errorCode } from '../disk/files.ts';
import { placeFile } from '../disk/placeFile.ts';
import { backupFile, logFile } from './layout.ts';
import { type LogPoint, encodeRecord } from './logFormat.ts';
import { type LoadedState, applyAdvance, hasNoStore, loadState } from './loadState.ts';
import { readLog } from './logReader.ts';
import { LogWriter } from './logWriter.ts';
import { migrate } from './migrate.ts';
import { removeLeftovers, rewriteLastLine } from './repairFiles.ts';
import type { Acquired } from './ownership.ts';
import type { Session } from './repositories/rows.ts';
import type { DurableDatabaseOptions } from './storeOptions.ts';

/**
 * The database in memory and its files on disk. The caller runs one method at a time; only snapshots are written in the
 * background.
 */
export class DurableDatabase {
	readonly #options: DurableDatabaseOptions;
	#state: LoadedState | undefined;
	#log: LogWriter | undefined;
	/** After a failed write the log is not trusted: a snapshot is written before the next write is acknowledged. */
	#needsSnapshot = false;
	/** Memory has tables that could not be written: the disk is read again before the next write. */
	#needsLoad = false;
	readonly checkpoints: Checkpoints;

	constructor(options: DurableDatabaseOptions) {
		this.#options = options;
		this.checkpoints = new Checkpoints(options.log);
	}

	get state(): LoadedState {
		if (!this.#state) {
			throw new AppError('storage', l10n.t('The store is closed'));
		}
		return this.#state;
	}

	get isOpen(): boolean {
		return this.#state !== undefined;
	}

	/** The schema is from a newer program: it can be read but not changed. */
	get isNewer(): boolean {
		return this.state.database.schemaVersion > this.#options.migrations.length;
	}

	/** The schema has to be migrated, or does not exist yet. */
	get isOlder(): boolean {
		return this.state.database.schemaVersion < this.#options.migrations.length;
	}

	/** Reads the disk again and discards what was in memory. */
	async load(): Promise<void> {
		const { files, folder, loadSqlJs, onLoad, migrations } = this.#options;
		const state = await loadState(files, folder, await loadSqlJs(), migrations);
		this.#state?.database.close();
		this.#state = state;
		this.#needsLoad = false;
		onLoad(state);
	}

	/** Like `load`, for when the engine's memory cannot be trusted, not even enough to close it. */
	async loadAfterAbort(): Promise<void> {
		this.#state = undefined;
		await this.load();
	}

	/** Applies what other windows have written since, unless memory has changes that the disk lacks. */
	async refresh(): Promise<void> {
		if (!this.#needsSnapshot && !this.#needsLoad && !this.#options.ownership.holds) {
			await this.#follow();
		}
	}

	async #follow(): Promise<void> {
		const { files, folder, onChange } = this.#options;
		const { state } = this;
		const advance = await readLog(files, folder, state.position);
		if (advance.stopped) {
			if (!state.isNew && hasNoStore(await files.list(folder))) {
				// Someone emptied the folder. Loading it would discard what the user still sees.
				this.#needsSnapshot = true;
				return;
			}
			await this.load();
			onChange(everythingChanged);
			return;
		}
		applyAdvance(state, advance);
		if (advance.records.length > 0) {
			onChange(storeChange(advance.records.map((record) => record.touched)));
		}
	}

	/** The disk lacks some or all of what is in memory: a snapshot is written before anything else. */
	get isOnlyInMemory(): boolean {
		return this.#needsSnapshot;
	}

	/** Goes on without the ownership, which was lost to another window or because the folder was emptied. */
	async yieldOwnership(): Promise<void> {
		const { ownership } = this.#options;
		if (ownership.holds && !(await ownership.isClaimed())) {
			this.#needsSnapshot = true;
		}
		await this.disown();
	}

	/** Creates the tables that reading needs, in memory only, if the store cannot be written. */
	completeInMemory(): void {
		const { database } = this.state;
		if (this.isOlder) {
			this.#needsLoad = true;
			database.begin();
			this.#bringUpToDate({ database, changes: new Changes() });
			database.commit();
		}
	}

	#bringUpToDate(session: Session): void {
		const isNew = session.database.schemaVersion === 0;
		migrate(session.database, this.#options.migrations);
		if (isNew) {
			this.#options.seed(session);
		}
	}

	/** Makes this window the owner and ensures that everything it builds on is durable. */
	async own(way: 'asked' | 'taken'): Promise<void> {
		const { ownership, files, folder } = this.#options;
		if (this.#log && ownership.holds && !this.#needsSnapshot) {
			return;
		}
		await this.#closeLog();
		await files.createFolder(folder);
		const acquired = await ownership.acquire(way);
		try {
			await this.#begin(acquired);
		} catch (error) {
			await this.disown();
			throw error;
		}
	}

	async #begin({ finishedAt, since }: Acquired): Promise<void> {
		const { files, folder } = this.#options;
		if (this.#needsLoad || (this.#needsSnapshot && since === 'others')) {
			await this.load();
		} else if (!this.#needsSnapshot && since === 'others') {
			await this.#follow();
		}
		if (this.isNewer) {
			throw new AppError('storage', newerSchemaReason());
		}
		const { position, endsCleanly, isNew, damage } = this.state;
		const needsSnapshot = this.#needsSnapshot || damage.length > 0 || (since === 'emptied' && !isNew);
		const finished = finishedAt?.generation === position.generation && finishedAt.offset === position.offset;
		if (endsCleanly && finished && !needsSnapshot) {
			this.#log = await LogWriter.continueAt(files, folder, position.generation, position.offset);
		} else {
			// A writer that was killed may leave records that can be read but are not yet durable.
			await rewriteLastLine(files, `${folder}/${logFile(position.generation)}`, position.offset);
			await this.#startLog(needsSnapshot);
			await removeLeftovers(files, folder, this.#options.token);
		}
		if (needsSnapshot) {
			await this.#options.setDamagedAside();
			await checkpointFromMemory(this.#options, this.state);
			this.#needsSnapshot = false;
			this.state.damage = [];
		}
		await this.#upgrade();
	}

	/**
	 * Begins a new log after everything that is known. Its number follows those that this window has read, and it is created
	 * only if it does not exist: a window that lost the ownership while suspended cannot get past the new owner's log.
	 * `memoryCounts`: the disk is not followed, because a snapshot of memory will start the new log.
	 */
	async #startLog(memoryCounts: boolean): Promise<void> {
		const { files, folder, token, ownership } = this.#options;
		let generation = this.state.newestGeneration + 1;
		for (;;) {
			const { point } = this.state.position;
			try {
				const log = await LogWriter.create(files, folder, { generation, point }, token);
				await this.#closeLog();
				this.#log = log;
				this.state.position = { generation, offset: log.end, point };
				this.state.newestGeneration = generation;
				this.state.isNew = false;
				return;
			} catch (error) {
				if (errorCode(error) !== 'EEXIST') {
					throw error;
				}
			}
			if (!ownership.stillHolds()) {
				throw new AppError('storage', l10n.t('Another window has taken over the store. Try again.'));
			}
			if (memoryCounts) {
				generation++;
			} else {
				// A former owner or a failed attempt has begun this log: what it holds is part of the store.
				const before = this.state.newestGeneration;
				await this.#follow();
				if (this.state.newestGeneration === before || this.state.damage.length > 0) {
					this.#needsLoad = true;
					throw new AppError(
						'storage',
						l10n.t('The files of the store do not match and are being read again. Try again.'),
					);
				}
				generation = this.state.newestGeneration + 1;
			}
		}
	}

	/** Creates the schema and seed of a new store, or backs up and migrates an older one. */
	async #upgrade(): Promise<void> {
		const { files, folder, token } = this.#options;
		const { database, position } = this.state;
		const version = database.schemaVersion;
		if (!this.isOlder) {
			return;
		}
		if (version > 0) {
			await placeFile(files, folder, backupFile(version, position.generation), database.export(), {
				unique: token,
			});
		}
		const { lost } = await this.transaction((session) => this.#bringUpToDate(session));
		if (lost) {
			throw new AppError('storage', l10n.t('Another window has taken over the store.'));
		}
	}

	/**
	 * One transaction of the owner: statements, log, sync, ownership check, COMMIT. Rejects with the error of `work`, or with
	 * the reason why the record could not be made durable; then nothing is changed. Resolves with `lost` when another window
	 * has taken the ownership in the meantime and has not read the record.
	 */
	async transaction<T>(work: (session: Session) => T): Promise<{ result: T; lost: boolean }> {
		const { database, position } = this.state;
		const changes = new Changes();
		database.begin();
		let result: T;
		try {
			result = work({ database, changes });
		} catch (error) {
			if (!isEngineAbort(error)) {
				database.rollback();
			}
			throw error;
		}
		if (result instanceof Promise) {
			database.rollback();
			throw new AppError('internal', l10n.t('A write must not wait for anything'));
		}
		if (database.recorded.length === 0) {
			database.rollback();
			return { result, lost: false };
		}
		const touched = changes.toTouched();
		const { bytes, point } = encodeRecord(position.point, database.recorded, touched);
		if (!(await this.#makeDurable(bytes))) {
			database.rollback();
			return { result, lost: !(await this.#isKnownToOthers(point)) };
		}
		this.#log?.accept(bytes.length);
		try {
			database.commit();
		} catch (error) {
			// The transaction is in the log and therefore committed: memory is loaded from there.
			this.#options.log('error', `Read again after a failed COMMIT: ${String(error)}`);
			await this.loadAfterAbort();
			this.#options.onChange(everythingChanged);
			return { result, lost: false };
		}
		this.state.position = { ...position, offset: position.offset + bytes.length, point };
		this.state.logBytes += bytes.length;
		this.#options.onChange(storeChange([touched]));
		return { result, lost: false };
	}

	/** True when the record is durable and counts; false when the ownership was lost in the meantime. */
	async #makeDurable(bytes: Uint8Array): Promise<boolean> {
		const log = this.#log;
		if (!log) {
			throw new AppError('internal', l10n.t('The log is not open'));
		}
		try {
			await log.append(bytes);
			if (this.#options.ownership.stillHolds()) {
				return true;
			}
			if (await this.#options.ownership.isClaimed()) {
				return false;
			}
			throw emptiedFolder();
		} catch (error) {
			this.state.database.rollback();
			await this.#undo(log);
			this.#needsSnapshot = true;
			await this.disown();
			throw error;
		}
	}

	/** Only while this window still owns the store: another owner may have read the record and build on it. */
	async #undo(log: LogWriter): Promise<void> {
		try {
			if (this.#options.ownership.stillHolds()) {
				await log.undo();
			}
		} catch (error) {
			this.#options.log('warn', `Not undone: ${failureReason(error)}`);
		}
	}

	/** Whether the next owner read the record before it began its own log; then the record is part of the store. */
	async #isKnownToOthers(point: LogPoint): Promise<boolean> {
		const { files, folder } = this.#options;
		await this.disown();
		const { records } = await readLog(files, folder, this.state.position);
		await this.#follow();
		return records[0]?.crc === point.crc;
	}

	/** Begins a new log and, in the background, builds the snapshot at its beginning from the files before it. */
	async beginCheckpoint(): Promise<void> {
		if (this.checkpoints.isRunning) {
			return;
		}
		try {
			await this.#startLog(false);
		} catch (error) {
			this.#needsSnapshot ||= !(error instanceof AppError);
			await this.disown();
			throw error;
		}
		this.checkpoints.begin(
			() => checkpointFromFiles(this.#options, this.state),
			() => {
				// Memory is written out before the next write is acknowledged.
				this.#needsSnapshot = true;
			},
		);
	}

	/** Releases the ownership; the next owner goes on where this one finished. False when this window did not have it. */
	async release(asked: boolean): Promise<boolean> {
		const { ownership } = this.#options;
		const held = ownership.holds && !this.#needsSnapshot;
		try {
			if (held) {
				await ownership.release(this.state.position, asked);
			}
		} finally {
			await this.disown();
		}
		return held;
	}

	/** Drops the ownership without noting anything on disk: the next owner checks everything. */
	async disown(): Promise<void> {
		this.#options.ownership.drop();
		await this.#closeLog();
	}

	async #closeLog(): Promise<void> {
		const log = this.#log;
		this.#log = undefined;
		await log
			?.close()
			.catch((error: unknown) => this.#options.log('warn', `Closing the log: ${failureReason(error)}`));
	}

	close(): void {
		this.#state?.database.close();
		this.#state = undefined;
	}
}
