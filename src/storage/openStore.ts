import { randomUUID } from 'node:crypto';
import type { SqlJsStatic } from 'sql.js';
import { type Disposable, toDisposable } from '../common/lifecycle.ts';
import { createBlobs } from './blobs.ts';
import { type SnapshotBuilder, buildSnapshot } from './buildSnapshot.ts';
import type { Store, StoreMaintenance } from './contract.ts';
import type { DiskFiles } from '../disk/files.ts';
import { MaintainedStore } from './maintainedStore.ts';
import { ownerEndpoint } from '../disk/ownerEndpoint.ts';
import type { OwnerPort } from '../disk/ownerPort.ts';
import { storedReferences } from './references.ts';
import type { SeedPrompt } from './seed.ts';
import { storeIdOf } from './storeFolder.ts';
import { WindowClaims } from './windowClaims.ts';

export interface OpenStoreOptions {
	/** Absolute path of this workspace's store (`storeFolder`), created if missing. */
	folder: string;
	/** Part of document URIs; by default derived from the folder. */
	storeId?: string;
	/** sql.js, or a loader that is called again when the engine has aborted. */
	initSqlJs: SqlJsStatic | (() => Promise<SqlJsStatic>);
	files: DiskFiles;
	/** Builds the snapshots of checkpoints (`snapshotWorker`); by default in this thread. */
	buildSnapshot?: SnapshotBuilder;
	/** How windows reach each other; by default through sockets on this machine. */
	owners?: OwnerPort;
	now: () => Date;
	/** The prompt that a new library starts with. */
	seed?: SeedPrompt;
	/** The schema's migrations; tests pass a longer list. */
	migrations?: readonly (readonly string[])[];
	/** Repeats background work; tests pass one that does nothing. */
	every?: (milliseconds: number, work: () => void) => Disposable;
	log?: (level: 'debug' | 'info' | 'warn' | 'error', message: string) => void;
}

function inBackground(milliseconds: number, work: () => void): Disposable {
	const timer = setInterval(work, milliseconds);
	// It must not keep the process alive.
	timer.unref();
	return toDisposable(() => clearInterval(timer));
}

/** Opens the workshop store of a folder. Rejects with an `AppError('storage')` when nothing can be read or created. */
export async function openStore(options: OpenStoreOptions): Promise<Store & StoreMaintenance & Disposable> {
	const { folder, files, now, initSqlJs, seed, owners = ownerEndpoint } = options;
	const token = randomUUID();
	const loadSqlJs = typeof initSqlJs === 'function' ? initSqlJs : () => Promise.resolve(initSqlJs);
	const store: MaintainedStore = new MaintainedStore({
		folder,
		storeId: options.storeId ?? storeIdOf(folder),
		files,
		owners,
		loadSqlJs,
		buildSnapshot:
			options.buildSnapshot ??
			(async (request) => buildSnapshot(files, await loadSqlJs(), request, options.migrations)),
		now,
		seed,
		// Loaded here, because the statements are not needed before a store is opened.
		migrations: options.migrations ?? (await import('./migrations/all.ts')).migrations,
		token,
		blobs: createBlobs({
			files,
			folder,
			unique: token,
			now,
			references: () => store.inspect(({ database }) => storedReferences(database)),
		}),
		claims: new WindowClaims({ files, folder, owners, token }),
		log: options.log ?? (() => undefined),
		every: options.every ?? inBackground,
	});
	await store.open();
	return store;
}
