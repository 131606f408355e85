import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { SqlJsStatic } from 'sql.js';
import { startSqlJs } from '../../../src/storage/startSqlJs.ts';

/** The engine, loaded as Node finds it; the shipped program passes its own bytes. */
export function loadSqlJs(): Promise<SqlJsStatic> {
	return startSqlJs();
}

/** The engine's WebAssembly, for a thread. */
export function loadWasm(): Promise<Uint8Array> {
	return readFile(createRequire(import.meta.url).resolve('sql.js/dist/sql-wasm.wasm'));
}
