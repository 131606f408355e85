import * as l10n from '@vscode/l10n';
import type { SqlJsStatic } from 'sql.js';
import { Database } from './database.ts';
import { migrate } from './migrate.ts';

type History = readonly (readonly string[])[];

const expectedSchemas = new WeakMap<History, Map<number, Set<string>>>();

function schemaOf(database: Database): { kind: string; name: string; text: string }[] {
	return database.rows('SELECT type, name, tbl_name, sql FROM sqlite_schema').map((row) => ({
		kind: String(row['type']),
		name: String(row['name']),
		text: JSON.stringify([row['type'], row['name'], row['tbl_name'], row['sql']]),
	}));
}

function expectedSchema(sqlJs: SqlJsStatic, history: History, version: number): Set<string> {
	const known = expectedSchemas.get(history) ?? new Map<number, Set<string>>();
	expectedSchemas.set(history, known);
	let expected = known.get(version);
	if (!expected) {
		const database = new Database(sqlJs);
		database.begin();
		migrate(database, history.slice(0, version));
		database.commit();
		expected = new Set(schemaOf(database).map(({ text }) => text));
		database.close();
		known.set(version, expected);
	}
	return expected;
}

/**
 * What the schema of a database has that no migration created, or what it lacks: a trigger or a view would run with the
 * next statement. For a newer schema only the kinds are checked: plain tables and their indexes. Reads only the schema.
 */
export function foreignSchema(sqlJs: SqlJsStatic, database: Database, history: History): string | undefined {
	const found = schemaOf(database);
	const version = database.schemaVersion;
	if (version > history.length) {
		const strange = found.find(
			({ kind, text }) => (kind !== 'table' && kind !== 'index') || /create\s+virtual/i.test(text),
		);
		return strange && l10n.t('it has a {0} that no version creates: {1}', strange.kind, strange.name.slice(0, 60));
	}
	const expected = expectedSchema(sqlJs, history, version);
	const strange = found.find(({ text }) => !expected.has(text));
	if (strange) {
		return l10n.t('it has a {0} that its version does not have: {1}', strange.kind, strange.name.slice(0, 60));
	}
	return found.length < expected.size ? l10n.t('a table or an index is missing') : undefined;
}
