import type { BindParams, Database, SqlValue } from 'sql.js';

export type Row = Record<string, SqlValue>;

/** Runs a query and returns all rows. The statement is always freed: an unfinished one would keep a read transaction open. */
export function selectRows(database: Database, sql: string, parameters: BindParams = []): Row[] {
	const statement = database.prepare(sql, parameters);
	try {
		const found: Row[] = [];
		while (statement.step()) {
			found.push(statement.getAsObject());
		}
		return found;
	} finally {
		statement.free();
	}
}

export function text(value: SqlValue | undefined): string {
	return typeof value === 'string' ? value : '';
}

export function textOrNull(value: SqlValue | undefined): string | null {
	return typeof value === 'string' ? value : null;
}

export function count(value: SqlValue | undefined): number {
	return typeof value === 'number' ? value : 0;
}
