import type { SqlJsStatic } from 'sql.js';

/** The bytes of SQLite's WebAssembly, which are bundled and need no file access. */
export async function loadWasm(): Promise<Uint8Array> {
	const { default: bytes } = await import('sql.js/dist/sql-wasm.wasm');
	return bytes;
}

/** Loads SQLite on first use. */
export async function loadSqlJs(): Promise<SqlJsStatic> {
	const [{ startSqlJs }, bytes] = await Promise.all([import('../../storage/startSqlJs.ts'), loadWasm()]);
	return startSqlJs({ wasmBinary: bytes.slice().buffer });
}
