import * as l10n from '@vscode/l10n';
import { AppError } from '../../common/errors.ts';
import type { RunMeasures, RunStatus, RunVariant, SuiteRun } from '../../common/suiteModel.ts';
import type { Runs } from '../contract.ts';
import type { Row } from '../database.ts';
import type { LogParam } from '../logFormat.ts';
import { type Session, insertRow, number, numberOrNull, text, textOrNull, updateRow } from './rows.ts';

function toVariant(row: Row): RunVariant {
	const [rate, worth] = [numberOrNull(row, 'rate'), numberOrNull(row, 'worth')];
	const measures = toMeasures(row);
	return {
		label: text(row, 'label'),
		prompt: textOrNull(row, 'prompt'),
		promptHash: textOrNull(row, 'prompt_hash'),
		model: textOrNull(row, 'model'),
		isModel: number(row, 'is_model') === 1,
		thinking: textOrNull(row, 'thinking') as RunVariant['thinking'],
		passed: number(row, 'passed'),
		failed: number(row, 'failed'),
		errors: number(row, 'errors'),
		reused: number(row, 'reused'),
		costUsd: numberOrNull(row, 'cost_usd'),
		...(rate !== null && worth !== null && { rate, worth }),
		...(measures && { measures }),
	};
}

/** Undefined for runs of before. */
function toMeasures(row: Row): RunMeasures | undefined {
	return numberOrNull(row, 'with_time') === null
		? undefined
		: {
				inputTokens: number(row, 'input_tokens'),
				outputTokens: number(row, 'output_tokens'),
				withTokens: number(row, 'with_tokens'),
				medianMs: numberOrNull(row, 'median_ms'),
				withTime: number(row, 'with_time'),
			};
}

function toRun(row: Row, variants: RunVariant[]): SuiteRun {
	const [reason, blessedAt] = [textOrNull(row, 'reason'), textOrNull(row, 'blessed_at')];
	return {
		runId: text(row, 'run_id'),
		suite: text(row, 'suite'),
		suiteName: text(row, 'suite_name'),
		suiteHash: text(row, 'suite_hash'),
		startedAt: text(row, 'started_at'),
		endedAt: textOrNull(row, 'ended_at'),
		status: text(row, 'status') as RunStatus,
		...(reason !== null && { reason }),
		trials: number(row, 'trials'),
		done: number(row, 'done'),
		calls: number(row, 'calls'),
		costUsd: numberOrNull(row, 'cost_usd'),
		maxCostUsd: numberOrNull(row, 'max_cost_usd'),
		maxCalls: numberOrNull(row, 'max_calls'),
		variants,
		...(numberOrNull(row, 'is_imported') === 1 && { isImported: true }),
		...(blessedAt !== null && { blessedAt }),
	};
}

/** All but `blessed_at`, which a run that goes on keeps. */
function toColumns(run: SuiteRun): Record<string, LogParam> {
	return {
		run_id: run.runId,
		suite: run.suite,
		suite_name: run.suiteName,
		suite_hash: run.suiteHash,
		started_at: run.startedAt,
		ended_at: run.endedAt,
		status: run.status,
		reason: run.reason ?? null,
		trials: run.trials,
		done: run.done,
		calls: run.calls,
		cost_usd: run.costUsd,
		max_cost_usd: run.maxCostUsd,
		max_calls: run.maxCalls,
		is_imported: run.isImported ? 1 : null,
	};
}

export function createRuns({ database, changes }: Session): Runs {
	/** Runs that fulfil a condition, with their variants. */
	function find(condition: string, params: LogParam[]): SuiteRun[] {
		const variants = new Map<string, RunVariant[]>();
		const rows = database.rows(`SELECT * FROM suite_runs r WHERE ${condition} ORDER BY rowid DESC`, params);
		for (const row of database.rows(
			`SELECT v.* FROM suite_variants v JOIN suite_runs r ON r.run_id = v.run_id WHERE ${condition}
			ORDER BY v.run_id, v.position`,
			params,
		)) {
			const runId = text(row, 'run_id');
			const known = variants.get(runId);
			if (known) {
				known.push(toVariant(row));
			} else {
				variants.set(runId, [toVariant(row)]);
			}
		}
		return rows.map((row) => toRun(row, variants.get(text(row, 'run_id')) ?? []));
	}

	function get(runId: string): SuiteRun {
		const [run] = find('r.run_id = ?', [runId]);
		if (!run) {
			throw new AppError('not-found', l10n.t('Run not found'));
		}
		return run;
	}

	return {
		get,
		put(run) {
			const values = toColumns(run);
			const columns = Object.keys(values);
			database.run(
				`INSERT INTO suite_runs (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
				ON CONFLICT (run_id) DO UPDATE SET ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}`,
				Object.values(values),
			);
			database.run('DELETE FROM suite_variants WHERE run_id = ?', [run.runId]);
			run.variants.forEach((variant, position) =>
				insertRow(database, 'suite_variants', {
					run_id: run.runId,
					position,
					label: variant.label,
					prompt: variant.prompt,
					prompt_hash: variant.promptHash,
					model: variant.model,
					is_model: variant.isModel ? 1 : 0,
					thinking: variant.thinking,
					passed: variant.passed,
					failed: variant.failed,
					errors: variant.errors,
					reused: variant.reused,
					cost_usd: variant.costUsd,
					rate: variant.rate ?? null,
					worth: variant.worth ?? null,
					input_tokens: variant.measures?.inputTokens ?? null,
					output_tokens: variant.measures?.outputTokens ?? null,
					with_tokens: variant.measures?.withTokens ?? null,
					median_ms: variant.measures?.medianMs ?? null,
					with_time: variant.measures?.withTime ?? null,
				}),
			);
			changes.runs.add(run.runId);
		},
		list({ suite } = {}) {
			return suite === undefined ? find('1', []) : find('r.suite = ?', [suite]);
		},
		bless(runId, now) {
			const { suite, variants } = get(runId);
			const prompts = new Set(variants.map(({ prompt }) => prompt));
			for (const other of find('r.suite = ? AND r.blessed_at IS NOT NULL', [suite])) {
				if (other.variants.some(({ prompt }) => prompts.has(prompt))) {
					updateRow(database, 'suite_runs', { column: 'run_id', value: other.runId }, { blessed_at: null });
					changes.runs.add(other.runId);
				}
			}
			updateRow(database, 'suite_runs', { column: 'run_id', value: runId }, { blessed_at: now });
			changes.runs.add(runId);
		},
		unbless(runId) {
			get(runId);
			updateRow(database, 'suite_runs', { column: 'run_id', value: runId }, { blessed_at: null });
			changes.runs.add(runId);
		},
		remove(runId) {
			const removed = database.run('DELETE FROM suite_runs WHERE run_id = ? RETURNING run_id', [runId]);
			if (removed.length > 0) {
				changes.runs.add(runId);
			}
		},
		markInterrupted(running) {
			const ended = database
				.rows("SELECT run_id FROM suite_runs WHERE status = 'running' ORDER BY rowid")
				.map((row) => text(row, 'run_id'))
				.filter((runId) => !running.includes(runId));
			for (const runId of ended) {
				updateRow(database, 'suite_runs', { column: 'run_id', value: runId }, { status: 'interrupted' });
				changes.runs.add(runId);
			}
			return ended;
		},
	};
}
