import type { SqlJsStatic } from 'sql.js';
import type { Disposable } from '../common/lifecycle.ts';
import type { SnapshotBuilder } from './buildSnapshot.ts';
import type { Blobs, StoreChange } from './contract.ts';
import type { DiskFiles } from '../disk/files.ts';
import type { LoadedState } from './loadState.ts';
import type { OwnerPort } from '../disk/ownerPort.ts';
import type { Ownership } from './ownership.ts';
import type { Session } from './repositories/rows.ts';
import type { SeedPrompt } from './seed.ts';
import type { WindowClaims } from './windowClaims.ts';

/** The options of the two layers of the store: the store that other rooms see, and the database under it. */
export type WriteLog = (level: 'debug' | 'info' | 'warn' | 'error', message: string) => void;

export interface DurableDatabaseOptions {
	folder: string;
	files: DiskFiles;
	ownership: Ownership;
	/** The engine; asked for again when it has aborted. */
	loadSqlJs: () => Promise<SqlJsStatic>;
	/** Writes the snapshot of a checkpoint, from the files. */
	buildSnapshot: SnapshotBuilder;
	/** Unguessable, and different for every opened store. */
	token: string;
	/** Migration n leads to schema n; the length is the newest schema that this program knows. */
	migrations: readonly (readonly string[])[];
	/** Fills a new database whose tables exist. */
	seed: (session: Session) => void;
	onChange: (change: StoreChange) => void;
	/** Called after the disk was read, with all damage that was found. */
	onLoad: (state: LoadedState) => void;
	/** Keeps the damaged files under other names; called before they are overwritten or removed. */
	setDamagedAside: () => Promise<void>;
	log: WriteLog;
}

export interface WorkshopStoreOptions {
	folder: string;
	storeId: string;
	files: DiskFiles;
	owners: OwnerPort;
	/** The engine; asked for again when it has aborted. */
	loadSqlJs: () => Promise<SqlJsStatic>;
	/** Writes the snapshot of a checkpoint, from the files. */
	buildSnapshot: SnapshotBuilder;
	now: () => Date;
	migrations: readonly (readonly string[])[];
	/** The prompt that a new library starts with. */
	seed: SeedPrompt | undefined;
	/** Unguessable, and different for every opened store. */
	token: string;
	blobs: Blobs;
	claims: WindowClaims;
	log: WriteLog;
	/** Runs `work` repeatedly in the background until disposed. */
	every: (milliseconds: number, work: () => void) => Disposable;
}
