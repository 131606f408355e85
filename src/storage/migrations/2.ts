/**
 * Every end of an answer gets a status of its own; a result records whether a model gave it, and which one if it was not
 * the requested one. The status is a CHECK of its column, so both tables are rebuilt; no table references them. Results
 * keep their rowid, which is their order.
 */
export const migration2: readonly string[] = [
	`CREATE TABLE auspex_messages_2 (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		chat_id INTEGER NOT NULL REFERENCES auspex_chats(id) ON DELETE CASCADE,
		role TEXT NOT NULL CHECK (role IN ('system', 'user', 'assistant')),
		content TEXT NOT NULL,
		thinking TEXT,
		parts TEXT,
		provider_blocks TEXT,
		model TEXT,
		answered_model TEXT,
		status TEXT NOT NULL CHECK (status IN ('streaming', 'complete', 'truncated', 'refused', 'tools', 'unknown',
			'stopped', 'failed', 'interrupted')),
		usage TEXT,
		request_ref TEXT,
		created_at TEXT NOT NULL
	) STRICT`,
	`INSERT INTO auspex_messages_2
	SELECT id, chat_id, role, content, thinking, parts, provider_blocks, model, NULL,
		CASE WHEN status = 'complete' AND json_valid(parts) THEN
			CASE json_extract(parts, '$.stopReason')
				WHEN 'length' THEN 'truncated' WHEN 'refusal' THEN 'refused' WHEN 'tools' THEN 'tools' ELSE status
			END
		ELSE status END,
		usage, request_ref, created_at
	FROM auspex_messages`,
	// Ids of deleted messages are not reused.
	"DELETE FROM sqlite_sequence WHERE name = 'auspex_messages_2'",
	`INSERT INTO sqlite_sequence (name, seq)
	SELECT 'auspex_messages_2', seq FROM sqlite_sequence WHERE name = 'auspex_messages'`,
	'DROP TABLE auspex_messages',
	'ALTER TABLE auspex_messages_2 RENAME TO auspex_messages',
	'CREATE INDEX auspex_messages_chat_id ON auspex_messages(chat_id)',
	`CREATE TABLE auspex_test_results_2 (
		test_id TEXT PRIMARY KEY,
		draft_id INTEGER NOT NULL REFERENCES auspex_prompt_drafts(id) ON DELETE CASCADE,
		version_id INTEGER REFERENCES prompt_versions(id) ON DELETE SET NULL,
		query TEXT NOT NULL,
		topic TEXT NOT NULL,
		response_preview TEXT NOT NULL,
		response_length INTEGER NOT NULL,
		full_response_stored INTEGER NOT NULL CHECK (full_response_stored IN (0, 1)),
		response_ref TEXT,
		request_ref TEXT,
		tools_used TEXT NOT NULL,
		article_count INTEGER NOT NULL,
		citations TEXT NOT NULL,
		execution_time_ms INTEGER NOT NULL,
		time_to_first_token_ms INTEGER,
		model TEXT NOT NULL,
		answered_model TEXT,
		is_model INTEGER NOT NULL CHECK (is_model IN (0, 1)),
		provider TEXT NOT NULL,
		thinking TEXT NOT NULL,
		parameters TEXT NOT NULL,
		usage TEXT,
		cost_usd REAL,
		stop_reason TEXT,
		status TEXT NOT NULL CHECK (status IN ('complete', 'truncated', 'refused', 'tools', 'unknown', 'stopped',
			'failed', 'interrupted')),
		error TEXT,
		user_rating INTEGER CHECK (user_rating BETWEEN 1 AND 5),
		notes TEXT,
		timestamp TEXT NOT NULL
	) STRICT`,
	`INSERT INTO auspex_test_results_2 (rowid, test_id, draft_id, version_id, query, topic, response_preview,
		response_length, full_response_stored, response_ref, request_ref, tools_used, article_count, citations,
		execution_time_ms, time_to_first_token_ms, model, answered_model, is_model, provider, thinking, parameters, usage,
		cost_usd, stop_reason, status, error, user_rating, notes, timestamp)
	SELECT rowid, test_id, draft_id, version_id, query, topic, response_preview,
		response_length, full_response_stored, response_ref, request_ref, tools_used, article_count, citations,
		execution_time_ms, time_to_first_token_ms, model, NULL, model NOT LIKE 'offline/%', provider, thinking, parameters,
		usage, cost_usd, stop_reason,
		CASE WHEN status = 'complete' THEN
			CASE stop_reason
				WHEN 'length' THEN 'truncated' WHEN 'refusal' THEN 'refused' WHEN 'tools' THEN 'tools' ELSE status
			END
		ELSE status END,
		error, user_rating, notes, timestamp
	FROM auspex_test_results`,
	'DROP TABLE auspex_test_results',
	'ALTER TABLE auspex_test_results_2 RENAME TO auspex_test_results',
	// Covers everything that the list of drafts counts, so that it need not read the results themselves.
	'CREATE INDEX auspex_test_results_draft_id ON auspex_test_results(draft_id, user_rating, is_model)',
	'CREATE INDEX auspex_test_results_version_id ON auspex_test_results(version_id)',
];
