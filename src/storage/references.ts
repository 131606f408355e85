import type { Database } from './database.ts';

/** All references to answer and request files in the rows of the store, including those in the trash. */
export function storedReferences(database: Database): Set<string> {
	const rows = database.rows(
		`SELECT response_ref AS reference FROM auspex_test_results WHERE response_ref IS NOT NULL
		UNION SELECT request_ref FROM auspex_test_results WHERE request_ref IS NOT NULL
		UNION SELECT request_ref FROM auspex_messages WHERE request_ref IS NOT NULL
		UNION SELECT json_extract(discarded.value, '$.response_ref') FROM trash, json_each(trash.data) AS part,
			json_each(part.value, '$.rows') AS discarded
		UNION SELECT json_extract(discarded.value, '$.request_ref') FROM trash, json_each(trash.data) AS part,
			json_each(part.value, '$.rows') AS discarded`,
	);
	return new Set(rows.map((row) => row['reference']).filter((reference) => typeof reference === 'string'));
}
