import * as l10n from '@vscode/l10n';
import type { Database as SqlJsDatabase, SqlJsStatic, Statement } from 'sql.js';
import { AppError } from '../common/errors.ts';
import type { LogParam, LogStatement } from './logFormat.ts';

export type Row = Record<string, unknown>;

const maxCachedStatements = 200;

/**
 * One sql.js database. Writing statements run only inside a transaction, which records them for the log; times and ids
 * are parameters, so that a replay gives the same rows.
 */
export class Database {
	readonly #database: SqlJsDatabase;
	readonly #statements = new Map<string, Statement>();
	#recorded: LogStatement[] | undefined;

	/** Takes over `image`, whose last `room` bytes are free space to grow into. */
	constructor(sqlJs: SqlJsStatic, image?: Uint8Array, room = 0) {
		this.#database = new sqlJs.Database(
			image && !allowsTrailingSpace(image) ? image.subarray(0, image.length - room) : image,
		);
		this.#applyPragmas();
	}

	#applyPragmas(): void {
		// foreign_keys is off by default and is set per connection. The file is in memory and not shared: no journal file,
		// and no statement has to take locks or look for a journal.
		this.#database.run(
			'PRAGMA foreign_keys = ON; PRAGMA journal_mode = MEMORY; PRAGMA temp_store = MEMORY; PRAGMA locking_mode = EXCLUSIVE; PRAGMA trusted_schema = OFF;',
		);
	}

	#prepare(sql: string): Statement {
		const known = this.#statements.get(sql);
		if (known) {
			return known;
		}
		if (this.#statements.size >= maxCachedStatements) {
			this.#freeStatements();
		}
		const statement = this.#database.prepare(sql);
		this.#statements.set(sql, statement);
		return statement;
	}

	#freeStatements(): void {
		for (const statement of this.#statements.values()) {
			statement.free();
		}
		this.#statements.clear();
	}

	/** All rows of a reading statement. */
	rows(sql: string, params: LogParam[] = []): Row[] {
		return this.#execute(sql, params);
	}

	/** The first row of a reading statement. */
	row(sql: string, params: LogParam[] = []): Row | undefined {
		return this.#execute(sql, params)[0];
	}

	/** Runs a writing statement; returns the rows of its RETURNING clause. */
	run(sql: string, params: LogParam[] = []): Row[] {
		if (!this.#recorded) {
			throw new AppError('internal', l10n.t('A change was attempted outside a write'));
		}
		const clean = params.map(wellFormed);
		const rows = this.#execute(sql, clean);
		this.#recorded.push([sql, clean]);
		return rows;
	}

	#execute(sql: string, params: LogParam[]): Row[] {
		const rows: Row[] = [];
		let columns: string[] | undefined;
		this.#step(sql, params, (statement) => {
			columns ??= statement.getColumnNames();
			const values = statement.get();
			rows.push(Object.fromEntries(columns.map((column, index) => [column, values[index]])));
		});
		return rows;
	}

	#step(sql: string, params: LogParam[], onRow: (statement: Statement) => void): void {
		const statement = this.#prepare(sql);
		try {
			statement.bind(params);
			while (statement.step()) {
				onRow(statement);
			}
		} finally {
			// A statement that is unfinished or not reset would keep its transaction open.
			statement.reset();
		}
	}

	begin(): void {
		this.#execute('BEGIN', []);
		this.#recorded = [];
	}

	/** The statements run since `begin`, to be made durable before `commit`. */
	get recorded(): LogStatement[] {
		return this.#recorded ?? [];
	}

	commit(): void {
		this.#execute('COMMIT', []);
		this.#recorded = undefined;
	}

	rollback(): void {
		this.#recorded = undefined;
		try {
			this.#execute('ROLLBACK', []);
		} catch (error) {
			// After some errors SQLite has already rolled back.
			if (!(error instanceof Error && error.message.includes('no transaction is active'))) {
				throw error;
			}
		}
	}

	/** Applies transactions of the log, all or none. */
	replay(transactions: readonly { statements: LogStatement[] }[]): void {
		if (transactions.length === 0) {
			return;
		}
		this.#execute('BEGIN', []);
		try {
			for (const { statements } of transactions) {
				for (const [sql, params] of statements) {
					this.#step(sql, params, () => undefined);
				}
			}
			this.#execute('COMMIT', []);
		} catch (error) {
			this.rollback();
			throw error;
		}
	}

	get schemaVersion(): number {
		return Number(this.row('PRAGMA user_version')?.['user_version'] ?? 0);
	}

	/** What SQLite itself finds wrong, and dangling foreign keys; empty when there are no problems. */
	problems(): string[] {
		const check = this.rows('PRAGMA quick_check').map((row) => String(Object.values(row)[0]));
		const dangling = this.rows('PRAGMA foreign_key_check').map((row) =>
			l10n.t('dangling reference in {0}', String(row['table'])),
		);
		return [...check.filter((line) => line !== 'ok'), ...dangling];
	}

	/** The database as the bytes of a SQLite file. Not inside a transaction. */
	export(): Uint8Array<ArrayBuffer> {
		this.#freeStatements();
		const bytes = this.#database.export() as Uint8Array<ArrayBuffer>;
		this.#applyPragmas();
		return bytes;
	}

	close(): void {
		this.#freeStatements();
		this.#database.close();
	}
}

/**
 * Whether free space may follow the image, which saves sql.js from copying the whole file each time it has grown by an
 * eighth. SQLite reads the number of pages from the header and ignores the rest, provided that the header's two change
 * counters agree (https://www.sqlite.org/fileformat.html, 1.3.7).
 */
function allowsTrailingSpace(image: Uint8Array): boolean {
	const header = new DataView(image.buffer, image.byteOffset, image.byteLength);
	return image.length >= 100 && header.getUint32(24) === header.getUint32(92);
}

/**
 * Changes what the log cannot hold, so that memory, log and file agree: a lone surrogate, which has no UTF-8 encoding,
 * becomes U+FFFD; a number that is not finite, which JSON cannot express, becomes NULL.
 */
function wellFormed(param: LogParam): LogParam {
	if (typeof param === 'number') {
		return Number.isFinite(param) ? param : null;
	}
	return typeof param === 'string' ? param.toWellFormed() : param;
}
