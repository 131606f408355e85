/**
 * A draft or prompt may have a test suite. Of a run only the counts are rows; its trials are files beside the store. Runs
 * name their suite by its URI and stay when it is deleted.
 */
export const migration4: readonly string[] = [
	`CREATE TABLE prompt_suites (
		owner_kind TEXT NOT NULL CHECK (owner_kind IN ('draft', 'prompt')),
		owner_id INTEGER NOT NULL,
		content TEXT NOT NULL,
		created_at TEXT NOT NULL,
		updated_at TEXT NOT NULL,
		PRIMARY KEY (owner_kind, owner_id)
	) STRICT`,
	`CREATE TABLE suite_runs (
		run_id TEXT PRIMARY KEY,
		suite TEXT NOT NULL,
		suite_name TEXT NOT NULL,
		suite_hash TEXT NOT NULL,
		started_at TEXT NOT NULL,
		ended_at TEXT,
		status TEXT NOT NULL CHECK (status IN ('running', 'complete', 'stopped', 'capped', 'failed', 'interrupted')),
		reason TEXT,
		trials INTEGER NOT NULL,
		done INTEGER NOT NULL,
		calls INTEGER NOT NULL,
		cost_usd REAL,
		max_cost_usd REAL,
		max_calls INTEGER
	) STRICT`,
	'CREATE INDEX suite_runs_suite ON suite_runs(suite, started_at)',
	`CREATE TABLE suite_variants (
		run_id TEXT NOT NULL REFERENCES suite_runs(run_id) ON DELETE CASCADE,
		position INTEGER NOT NULL,
		label TEXT NOT NULL,
		prompt TEXT,
		prompt_hash TEXT,
		model TEXT,
		is_model INTEGER NOT NULL CHECK (is_model IN (0, 1)),
		thinking TEXT,
		passed INTEGER NOT NULL,
		failed INTEGER NOT NULL,
		errors INTEGER NOT NULL,
		reused INTEGER NOT NULL,
		cost_usd REAL,
		PRIMARY KEY (run_id, position),
		UNIQUE (run_id, label)
	) STRICT`,
];
