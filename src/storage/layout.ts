/**
 * The files of a store, all in one folder:
 *
 * - `snapshot-<g>.db`     a plain SQLite file, immutable once it has its name
 * - `snapshot-<g>.json`   its size, SHA-256, schema and position in the history; the snapshot is valid only with it
 * - `log-<g>.jsonl`       the transactions committed after snapshot g (logFormat.ts); log 1 begins with the empty database
 * - `owner.<n>`           claims to the ownership; the highest number is the owner's (ownerClaims.ts)
 * - `answers/<sha256>.gz` full answers and exact requests (blobs.ts)
 * - `runs/<run id>/`       the trials of runs of suites; the rows have only counts (room suites)
 * - `backup-schema-<v>-<g>.db`  the database as it was before a migration
 * - `*.damaged`           what was found damaged and set aside, never deleted
 * - `*.tmp`               unfinished; removed by the next owner
 *
 * The store's state is the newest valid snapshot g plus the records of logs g, g + 1, .. in unbroken sequence.
 */
export function snapshotFile(generation: number): string {
	return `snapshot-${generation}.db`;
}

export function snapshotInfoFile(generation: number): string {
	return `snapshot-${generation}.json`;
}

export function logFile(generation: number): string {
	return `log-${generation}.jsonl`;
}

/** The database as it was before a migration. */
export function backupFile(schema: number, generation: number): string {
	return `backup-schema-${schema}-${generation}.db`;
}

function numbers(names: readonly string[], pattern: RegExp): number[] {
	return names
		.map((name) => pattern.exec(name)?.[1])
		.filter((digits) => digits !== undefined)
		.map(Number)
		.sort((a, b) => a - b);
}

/** Ascending. */
export function logGenerations(names: readonly string[]): number[] {
	return numbers(names, /^log-(\d+)\.jsonl$/);
}

/** Ascending; generations that have a database file, an information file or both. */
export function snapshotGenerations(names: readonly string[]): number[] {
	return [...new Set(numbers(names, /^snapshot-(\d+)\.(?:db|json)$/))];
}
