import initSqlJs, { type SqlJsConfig, type SqlJsStatic } from 'sql.js';

/**
 * Starts SQLite. sql.js reads every text through one `TextDecoder` that it makes while it starts, and a decoder drops a
 * byte order mark at the beginning unless it is told not to. It offers no way to say so; so for that moment, in which
 * nothing else runs, the decoder that it finds is one that keeps the mark.
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
