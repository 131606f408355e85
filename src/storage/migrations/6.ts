/**
 * A run says whether another tool made it: it cannot go on here. A variant has the tokens of its answers and how long they
 * took (`RunMeasures`); both are unknown for runs of before.
 */
export const migration6: readonly string[] = [
	'ALTER TABLE suite_runs ADD COLUMN is_imported INTEGER',
	'ALTER TABLE suite_variants ADD COLUMN input_tokens INTEGER',
	'ALTER TABLE suite_variants ADD COLUMN output_tokens INTEGER',
	'ALTER TABLE suite_variants ADD COLUMN with_tokens INTEGER',
	'ALTER TABLE suite_variants ADD COLUMN median_ms REAL',
	'ALTER TABLE suite_variants ADD COLUMN with_time INTEGER',
];
