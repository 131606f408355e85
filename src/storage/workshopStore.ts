import * as l10n from '@vscode/l10n';
import { AppError } from '../common/errors.ts';
import { type Disposable, Emitter } from '../common/lifecycle.ts';
import { Changes } from './changes.ts';
import { Condition } from './condition.ts';
import type { Blobs, Claims, Repositories, Store, StoreChange, StoreStatus } from './contract.ts';
import { DurableDatabase } from './durableDatabase.ts';
import { emptiedFolder, failureReason, isEngineAbort, newerSchemaReason, notSaved } from './failures.ts';
import { Ownership } from './ownership.ts';
import { createRepositories } from './repositories/all.ts';
import type { Session } from './repositories/rows.ts';
import { seedStore } from './seed.ts';
import { SerialQueue } from '../common/serialQueue.ts';
import type { WorkshopStoreOptions } from './storeOptions.ts';

const checkpointBytes = 8 * 1024 * 1024;
const idleCheckpointBytes = 1024 * 1024;
const idleMs = 30_000;
const closeCheckpointBytes = 64 * 1024;
/** A larger database gets no snapshot while the window closes. */
const quickSnapshotBytes = 32 * 1024 * 1024;
const followMs = 500;
const watchMs = 2000;
const longestRetryMs = 60_000;

/** The store that other rooms see: runs one operation at a time, keeps its status and does background work. */
export class WorkshopStore implements Store, Disposable {
	readonly #options: WorkshopStoreOptions;
	readonly #ownership: Ownership;
	readonly #data: DurableDatabase;
	readonly #queue = new SerialQueue();
	readonly #changes: Emitter<StoreChange>;
	readonly #statusChanges: Emitter<StoreStatus>;
	readonly #condition: Condition;
	#lastWrite = 0;
	#nextWatch = 0;
	#nextRetry = 0;
	#retryMs = watchMs;
	#background: Disposable | undefined;

	constructor(options: WorkshopStoreOptions) {
		this.#options = options;
		const { files, folder, token, owners, loadSqlJs, buildSnapshot, log } = options;
		const onListenerError = (error: unknown) => log('error', `A listener failed: ${String(error)}`);
		this.#changes = new Emitter<StoreChange>(onListenerError);
		this.#statusChanges = new Emitter<StoreStatus>(onListenerError);
		this.#ownership = new Ownership({ files, folder, token, port: owners, onAsked: () => this.#handOver() });
		const onStatus = () => this.#statusChanges.fire(this.status);
		this.#condition = new Condition(() => this.#data.isNewer, log, onStatus);
		this.#data = new DurableDatabase({
			folder,
			files,
			ownership: this.#ownership,
			loadSqlJs,
			buildSnapshot,
			token,
			migrations: options.migrations,
			seed: (session) => seedStore(session, options.seed, options.now().toISOString()),
			onChange: (change) => this.#changes.fire(change),
			onLoad: ({ damage }) => this.#condition.noteDamage(damage),
			setDamagedAside: () => this.#condition.setDamagedAside(files, folder),
			log,
		});
	}

	get onDidChange() {
		return this.#changes.event;
	}

	get onDidChangeStatus() {
		return this.#statusChanges.event;
	}

	get blobs(): Blobs {
		return this.#options.blobs;
	}

	get claims(): Claims {
		return this.#options.claims;
	}

	get status(): StoreStatus {
		const { folder, storeId } = this.#options;
		const state = this.#data.isOpen ? this.#data.state : undefined;
		return {
			storeId,
			folder,
			...this.#condition.shown,
			generation: state?.position.generation ?? 0,
			sequence: state?.position.point.sequence ?? 0,
			snapshotBytes: state?.snapshotBytes ?? 0,
			logBytes: state?.logBytes ?? 0,
			logTransactions: state ? state.position.point.sequence - state.snapshotSequence : 0,
		};
	}

	/** Rejects when nothing can be read, for example because the files come from a newer program. */
	async open(): Promise<void> {
		await this.#queue.run(async () => {
			const { files, folder } = this.#options;
			await this.#firstLoad();
			this.#condition.show({ mode: 'following' });
			if (this.#data.isNewer) {
				this.#condition.show({ mode: 'read-only', reason: newerSchemaReason() });
				return;
			}
			try {
				await files.createFolder(folder);
				if (this.#data.isOlder || !(await this.#ownership.heldElsewhere())) {
					await this.#own('asked');
				}
			} catch (error) {
				this.#condition.block(error);
				this.#data.completeInMemory();
			}
		});
		this.#background = this.#options.every(followMs, () => this.#watch());
	}

	async #firstLoad(): Promise<void> {
		try {
			await this.#data.load();
		} catch (error) {
			const message = l10n.t('The store in {0} cannot be read. {1}', this.#options.folder, failureReason(error));
			throw new AppError('storage', message, { cause: error });
		}
	}

	async #own(way: 'asked' | 'taken'): Promise<void> {
		await this.#data.own(way);
		this.#retryMs = watchMs;
		this.#nextRetry = 0;
		this.#condition.show({ mode: 'owner' });
	}

	#notSaved(error: unknown): AppError {
		this.#condition.block(error, { refused: true });
		return notSaved(error);
	}

	read<T>(work: (repositories: Repositories) => T): Promise<T> {
		return this.inspect((session) => work(createRepositories(session)));
	}

	/** Like `read`, for this room's own queries. */
	inspect<T>(work: (session: Session) => T): Promise<T> {
		return this.#queue.run(async () => {
			await this.#data.refresh();
			try {
				return work({ database: this.#data.state.database, changes: new Changes() });
			} catch (error) {
				throw await this.#afterAbort(error);
			}
		});
	}

	write<T>(work: (repositories: Repositories) => T): Promise<T> {
		return this.change((session) => work(createRepositories(session)));
	}

	/** Like `write`, for this room's own statements. */
	change<T>(work: (session: Session) => T): Promise<T> {
		return this.#queue.run(async () => {
			if (this.#data.isNewer) {
				throw new AppError('storage', l10n.t('Not saved. {0}', newerSchemaReason()));
			}
			try {
				await this.#own('asked');
			} catch (error) {
				throw this.#notSaved(error);
			}
			const result = await this.#transact(work);
			this.#lastWrite = performance.now();
			await this.#checkpointIfDue();
			return result;
		});
	}

	async #transact<T>(work: (session: Session) => T): Promise<T> {
		try {
			const { result, lost } = await this.#data.transaction(work);
			if (!this.#ownership.holds) {
				this.#condition.show({ mode: 'following' });
			}
			if (lost) {
				throw new AppError(
					'storage',
					l10n.t('Not saved. Another window has taken over the store; save again.'),
					{
						info: { retryable: true },
					},
				);
			}
			return result;
		} catch (error) {
			// If the ownership is gone, the write failed, not `work`.
			if (!this.#ownership.holds && this.#condition.mode === 'owner') {
				throw this.#notSaved(error);
			}
			throw await this.#afterAbort(error);
		}
	}

	async #checkpointIfDue(): Promise<void> {
		const { logBytes, snapshotBytes } = this.#data.state;
		if (logBytes > Math.max(checkpointBytes, snapshotBytes / 4) && this.#data.checkpoints.mayBegin) {
			try {
				await this.#data.beginCheckpoint();
			} catch (error) {
				// What was just written is safe; the next write reports the error.
				this.#afterLoss(error);
			}
		}
	}

	/** A snapshot could not be begun, and the ownership was dropped. */
	#afterLoss(error: unknown): void {
		if (this.#ownership.holds || this.#condition.mode !== 'owner') {
			return;
		}
		if (error instanceof AppError) {
			this.#condition.show({ mode: 'following' });
		} else {
			this.#condition.block(error);
		}
	}

	/** After a crash of sql.js the store is read again; the returned error asks the caller to try again. */
	async #afterAbort(error: unknown): Promise<unknown> {
		if (!isEngineAbort(error)) {
			return error;
		}
		this.#options.log('error', `sql.js aborted, the store is read again: ${String(error)}`);
		await this.#data.loadAfterAbort();
		return new AppError('storage', l10n.t('The database engine ran out of memory and was restarted. Try again.'), {
			cause: error,
			info: { retryable: true },
		});
	}

	/** Another window wants to write. */
	#handOver(): Promise<boolean> {
		return this.#queue.run(async () => {
			if (!this.#data.isOpen) {
				return false;
			}
			const wasOwner = this.#condition.mode === 'owner';
			try {
				return await this.#data.release(true);
			} finally {
				if (wasOwner) {
					this.#condition.show({ mode: 'following' });
				}
			}
		});
	}

	/** Takes the ownership from a window that does not answer; only with the user's consent. */
	fence(): Promise<void> {
		return this.#queue.run(async () => {
			try {
				await this.#own('taken');
			} catch (error) {
				this.#condition.block(error);
				throw new AppError('storage', l10n.t('Not taken over. {0}', failureReason(error)), { cause: error });
			}
		});
	}

	/** Writes a snapshot now; resolves when it is written. */
	async checkpoint(): Promise<void> {
		// A snapshot that is being written lacks the latest changes.
		await this.#data.checkpoints.done().catch(() => undefined);
		try {
			await this.#queue.run(async () => {
				await this.#own('asked');
				await this.#data.beginCheckpoint();
			});
			await this.#data.checkpoints.done();
		} catch (error) {
			this.#afterLoss(error);
			const message = l10n.t(
				'The snapshot was not written; saved changes are safe in the log. {0}',
				failureReason(error),
			);
			throw new AppError('storage', message, { cause: error });
		}
	}

	#watch(): void {
		const now = performance.now();
		if (this.#condition.mode !== 'following' && now < this.#nextWatch) {
			return;
		}
		this.#nextWatch = now + watchMs;
		this.#queue
			.run(() => this.#watchOnce(now))
			.catch((error: unknown) => this.#options.log('warn', `In the background: ${failureReason(error)}`));
	}

	async #watchOnce(now: number): Promise<void> {
		if (!this.#data.isOpen) {
			return;
		}
		if (this.#condition.mode === 'not-saving') {
			await this.#retry(now);
		} else if (this.#ownership.stillHolds()) {
			// Writes memory out if a checkpoint has found the files damaged.
			await this.#own('asked').catch((error: unknown) => {
				this.#condition.block(error);
				throw error;
			});
			const isIdle = now - this.#lastWrite > idleMs && this.#data.checkpoints.mayBegin;
			if (isIdle && this.#data.state.logBytes > idleCheckpointBytes) {
				await this.#data.beginCheckpoint();
			}
		} else {
			await this.#data.yieldOwnership();
			if (this.#condition.mode === 'owner') {
				this.#condition.show({ mode: 'following' });
			}
			await this.#data.refresh();
			const { mode, ownerSilent } = this.#condition.shown;
			if (this.#data.isNewer) {
				this.#condition.show({ mode: 'read-only', reason: newerSchemaReason() });
			} else if (mode === 'read-only') {
				await this.#retry(now);
			} else if (this.#data.isOnlyInMemory && !ownerSilent) {
				this.#condition.block(emptiedFolder());
			}
		}
	}

	/** Checks, less and less often, whether the store can be written again: saving a read-only document cannot be tried. */
	async #retry(now: number): Promise<void> {
		if (now < this.#nextRetry) {
			return;
		}
		this.#retryMs = Math.min(this.#retryMs * 2, longestRetryMs);
		this.#nextRetry = now + this.#retryMs;
		try {
			await this.#own('asked');
		} catch (error) {
			this.#options.log('debug', `Still not writable: ${failureReason(error)}`);
			this.#condition.block(error);
		}
	}

	async close(): Promise<void> {
		this.#background?.dispose();
		await this.#queue.run(async () => {
			if (!this.#data.isOpen) {
				return;
			}
			try {
				await this.#finish();
			} catch (error) {
				// Everything acknowledged is on disk; the next owner only has to clean up.
				this.#options.log('warn', `Closing: ${failureReason(error)}`);
			}
			this.#data.close();
			this.#condition.show({ mode: 'closed' });
		});
		await Promise.all([this.#ownership.close(), this.#options.claims.close()]);
		this.#changes.dispose();
		this.#statusChanges.dispose();
	}

	async #finish(): Promise<void> {
		// A failed snapshot has already been logged; nothing is lost.
		await this.#data.checkpoints.done().catch(() => undefined);
		const { logBytes, snapshotBytes } = this.#data.state;
		if (this.#ownership.holds && logBytes > closeCheckpointBytes && snapshotBytes < quickSnapshotBytes) {
			await this.#data.beginCheckpoint();
			await this.#data.checkpoints.done().catch(() => undefined);
		}
		await (this.#ownership.holds ? this.#data.own('asked') : undefined);
		await this.#data.release(false);
	}

	dispose(): Promise<void> {
		return this.close();
	}
}
