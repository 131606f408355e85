import { stat } from 'node:fs/promises';
import type { SqlJsStatic } from 'sql.js';
import type { DiskFiles } from '../disk/files.ts';
import { Changes } from './changes.ts';
import type { Repositories } from './contract.ts';
import { Database } from './database.ts';
import { loadState } from './loadState.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/all.ts';
import { createRepositories } from './repositories/all.ts';

/** A store in memory, as it was when it was read. */
export interface ReadStore {
	read<T>(work: (repositories: Repositories) => T): Promise<T>;
	close(): void;
}

/**
 * Reads a store: its folder, or the file that Export Database writes. Writes nothing there, takes nothing and asks no window
 * that has it open; an older schema is migrated in memory.
 */
export async function readStore(options: {
	/** Absolute. */
	path: string;
	files: DiskFiles;
	sqlJs: SqlJsStatic;
}): Promise<ReadStore> {
	const { path, files, sqlJs } = options;
	const database = (await stat(path)).isDirectory()
		? (await loadState(files, path, sqlJs)).database
		: new Database(sqlJs, await files.read(path));
	database.begin();
	migrate(database, migrations);
	database.commit();
	return {
		read: async (work) => work(createRepositories({ database, changes: new Changes() })),
		close: () => database.close(),
	};
}
