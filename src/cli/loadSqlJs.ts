import type { SqlJsStatic } from 'sql.js';

let loaded: Promise<SqlJsStatic> | undefined;

/** SQLite, started at the first call: most command lines need no store. */
export function loadSqlJs(): Promise<SqlJsStatic> {
	return (loaded ??= start());
}

async function start(): Promise<SqlJsStatic> {
	const [{ startSqlJs }, { default: wasm }] = await Promise.all([
		import('../storage/startSqlJs.ts'),
		import('sql.js/dist/sql-wasm.wasm'),
	]);
	return startSqlJs({ wasmBinary: wasm.slice().buffer });
}
