import * as l10n from '@vscode/l10n';
import { AppError } from '../../common/errors.ts';
import type { Changes } from '../changes.ts';
import type { Database, Row } from '../database.ts';
import type { LogParam } from '../logFormat.ts';

/** What a repository works on: the database of the current transaction, and the ids that it touches. */
export interface Session {
	database: Database;
	changes: Changes;
}

export function text(row: Row, column: string): string {
	return row[column] as string;
}

export function textOrNull(row: Row, column: string): string | null {
	return row[column] as string | null;
}

export function number(row: Row, column: string): number {
	return row[column] as number;
}

export function numberOrNull(row: Row, column: string): number | null {
	return row[column] as number | null;
}

export function toJson(value: unknown): string | null {
	return value === null || value === undefined ? null : JSON.stringify(value);
}

/** Updates the given columns of one row; `undefined` leaves a column as it is. */
export function updateRow(
	database: Database,
	table: string,
	key: { column: string; value: LogParam },
	values: Record<string, LogParam | undefined>,
): void {
	const given = Object.entries(values).filter((entry): entry is [string, LogParam] => entry[1] !== undefined);
	if (given.length > 0) {
		const assignments = given.map(([column]) => `${column} = ?`).join(', ');
		database.run(`UPDATE ${table} SET ${assignments} WHERE ${key.column} = ?`, [
			...given.map(([, value]) => value),
			key.value,
		]);
	}
}

/** Inserts one row and returns it as it is stored. */
export function insertRow(database: Database, table: string, values: Record<string, LogParam>): Row {
	const columns = Object.keys(values);
	const marks = columns.map(() => '?').join(', ');
	const [row] = database.run(
		`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks}) RETURNING *`,
		Object.values(values),
	);
	if (!row) {
		throw new AppError('internal', l10n.t('Nothing was inserted into {0}', table));
	}
	return row;
}

/** The error of a record with columns that cannot be read; the rest of the record is available. */
export function notReadable(message: string): { code: 'storage'; message: string; retryable: false } {
	return { code: 'storage', message, retryable: false };
}
