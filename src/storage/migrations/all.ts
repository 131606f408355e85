import type { Database } from '../database.ts';
import { migration1 } from './1.ts';
import { migration2 } from './2.ts';

/** In order: migration n takes schema n - 1 to schema n. A released one is never changed. */
export const migrations: readonly (readonly string[])[] = [migration1, migration2];

/** Brings the schema to the last version, inside a transaction of the caller; the statements go to the log as any other. */
export function migrate(database: Database, history: readonly (readonly string[])[]): void {
	for (let version = database.schemaVersion; version < history.length; version++) {
		for (const sql of history[version] ?? []) {
			database.run(sql);
		}
		database.run(`PRAGMA user_version = ${version + 1}`);
	}
}
