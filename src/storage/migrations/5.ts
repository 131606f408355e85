/**
 * A run may be blessed as the baseline of its prompt. A variant has its pass rate by case and how many answers to different
 * cases its answers are worth, from which its interval follows; both are unknown for runs of before.
 */
export const migration5: readonly string[] = [
	'ALTER TABLE suite_runs ADD COLUMN blessed_at TEXT',
	'ALTER TABLE suite_variants ADD COLUMN rate REAL',
	'ALTER TABLE suite_variants ADD COLUMN worth REAL',
];
