import type { Database } from './database.ts';

/** Brings the schema to the last version, inside a transaction of the caller; the statements go to the log as any other. */
export function migrate(database: Database, history: readonly (readonly string[])[]): void {
	for (let version = database.schemaVersion; version < history.length; version++) {
		for (const sql of history[version] ?? []) {
			database.run(sql);
		}
		database.run(`PRAGMA user_version = ${version + 1}`);
	}
}
