import * as l10n from '@vscode/l10n';
import type { Database, SqlJsStatic, SqlValue, Statement } from 'sql.js';
import { AppError } from '../common/errors.ts';
import type { StoredTrial } from '../common/suiteModel.ts';
import { isEngineAbort } from './failures.ts';

/** The requests are left out: each repeats the system prompt, and an engine in memory could not hold many of them. */
const createTable = `CREATE TABLE suite_trials (
	run_id TEXT NOT NULL,
	trial_id TEXT NOT NULL,
	case_name TEXT NOT NULL,
	case_hash TEXT NOT NULL,
	case_index INTEGER NOT NULL,
	variant TEXT NOT NULL,
	repeat INTEGER NOT NULL,
	verdict TEXT NOT NULL,
	score REAL,
	assertions TEXT NOT NULL,
	query TEXT NOT NULL,
	earlier TEXT,
	output TEXT NOT NULL,
	parts TEXT,
	citations TEXT,
	latency_ms REAL,
	time_to_first_token_ms REAL,
	usage TEXT,
	cost_usd REAL,
	reused INTEGER NOT NULL,
	error TEXT,
	request_hash TEXT NOT NULL,
	ended_at TEXT NOT NULL,
	PRIMARY KEY (run_id, trial_id)
) STRICT`;

function json(value: unknown): string | null {
	return value === undefined || value === null ? null : JSON.stringify(value);
}

function toColumns(runId: string, trial: StoredTrial): Record<string, SqlValue> {
	return {
		run_id: runId,
		trial_id: trial.trialId,
		case_name: trial.case.name,
		case_hash: trial.case.hash,
		case_index: trial.case.index,
		variant: trial.variant,
		repeat: trial.repeat,
		verdict: trial.verdict,
		score: trial.score,
		assertions: JSON.stringify(trial.assertions),
		query: trial.query,
		earlier: json(trial.earlier),
		output: trial.output,
		parts: json(trial.turn),
		citations: json(trial.citations),
		latency_ms: trial.latencyMs,
		time_to_first_token_ms: trial.timeToFirstTokenMs,
		usage: json(trial.usage),
		cost_usd: trial.costUsd,
		reused: trial.reused ? 1 : 0,
		error: json(trial.error),
		request_hash: trial.requestHash,
		ended_at: trial.endedAt,
	};
}

/**
 * Adds the table `suite_trials` to the bytes of a database; takes one trial at a time. Rejects with `storage` if they do not
 * fit into the memory of the engine.
 */
export async function withTrials(
	sqlJs: SqlJsStatic,
	bytes: Uint8Array,
	trials: AsyncIterable<{ runId: string; trial: StoredTrial }>,
): Promise<Uint8Array> {
	try {
		const database = new sqlJs.Database(bytes);
		try {
			database.run('PRAGMA journal_mode = MEMORY; BEGIN');
			database.run(createTable);
			await insertTrials(database, trials);
			database.run('COMMIT');
			return database.export();
		} finally {
			database.close();
		}
	} catch (error) {
		if (isEngineAbort(error)) {
			throw new AppError(
				'storage',
				l10n.t('The trials of all runs do not fit into one database. Remove old runs and export again.'),
				{ cause: error },
			);
		}
		throw error;
	}
}

async function insertTrials(
	database: Database,
	trials: AsyncIterable<{ runId: string; trial: StoredTrial }>,
): Promise<void> {
	let statement: Statement | undefined;
	try {
		for await (const { runId, trial } of trials) {
			const values = toColumns(runId, trial);
			const columns = Object.keys(values);
			statement ??= database.prepare(
				`INSERT OR REPLACE INTO suite_trials (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
			);
			statement.run(Object.values(values));
		}
	} finally {
		statement?.free();
	}
}
