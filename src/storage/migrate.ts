import type { Database } from './database.ts';

/** Migrates the schema to the last version, inside the caller's transaction; the statements are logged like any other. */
export function migrate(database: Database, history: readonly (readonly string[])[]): void {
	for (let version = database.schemaVersion; version < history.length; version++) {
		for (const sql of history[version] ?? []) {
			database.run(sql);
		}
		database.run(`PRAGMA user_version = ${version + 1}`);
	}
}
