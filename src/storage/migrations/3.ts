/**
 * Prompts and versions get metadata; a version records whether a program made it. The author is a CHECK of its column, so
 * the table is rebuilt. Dropping it clears `version_id` of the results, which is put back afterwards.
 */
export const migration3: readonly string[] = [
	"ALTER TABLE auspex_prompts ADD COLUMN metadata TEXT NOT NULL DEFAULT '{}'",
	`CREATE TABLE prompt_versions_3 (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		owner_kind TEXT NOT NULL CHECK (owner_kind IN ('draft', 'prompt')),
		owner_id INTEGER NOT NULL,
		content_hash TEXT NOT NULL REFERENCES prompt_texts(content_hash),
		reason TEXT NOT NULL CHECK (reason IN ('created', 'save', 'extract', 'test', 'commit', 'restore', 'import')),
		author TEXT NOT NULL CHECK (author IN ('user', 'assistant', 'program', 'import')),
		label TEXT,
		metadata TEXT NOT NULL DEFAULT '{}',
		created_at TEXT NOT NULL
	) STRICT`,
	`INSERT INTO prompt_versions_3 (id, owner_kind, owner_id, content_hash, reason, author, label, created_at)
	SELECT id, owner_kind, owner_id, content_hash, reason, author, label, created_at FROM prompt_versions`,
	// Ids of deleted versions are not reused.
	"DELETE FROM sqlite_sequence WHERE name = 'prompt_versions_3'",
	`INSERT INTO sqlite_sequence (name, seq)
	SELECT 'prompt_versions_3', seq FROM sqlite_sequence WHERE name = 'prompt_versions'`,
	`CREATE TABLE tested_versions (test_id TEXT PRIMARY KEY, version_id INTEGER NOT NULL) STRICT`,
	`INSERT INTO tested_versions (test_id, version_id)
	SELECT test_id, version_id FROM auspex_test_results WHERE version_id IS NOT NULL`,
	'DROP TABLE prompt_versions',
	'ALTER TABLE prompt_versions_3 RENAME TO prompt_versions',
	`UPDATE auspex_test_results SET version_id = (SELECT version_id FROM tested_versions t
	WHERE t.test_id = auspex_test_results.test_id) WHERE test_id IN (SELECT test_id FROM tested_versions)`,
	'DROP TABLE tested_versions',
	'CREATE INDEX prompt_versions_owner ON prompt_versions(owner_kind, owner_id)',
	'CREATE INDEX prompt_versions_content_hash ON prompt_versions(content_hash)',
];
