import initSqlJs, { type SqlJsConfig, type SqlJsStatic } from 'sql.js';

/**
 * Starts SQLite. sql.js reads every text through one `TextDecoder` that it creates while it starts, and by default a
 * decoder drops a leading byte order mark. sql.js has no option for this, so during its synchronous start the global
 * `TextDecoder` is replaced by one that keeps the mark.
 */
export function startSqlJs(config?: SqlJsConfig): Promise<SqlJsStatic> {
	const { TextDecoder } = globalThis;
	globalThis.TextDecoder = class extends TextDecoder {
		constructor() {
			super('utf-8', { ignoreBOM: true });
		}
	};
	try {
		return initSqlJs(config);
	} finally {
		globalThis.TextDecoder = TextDecoder;
	}
}
