import * as l10n from '@vscode/l10n';
import { AppError } from '../../common/errors.ts';
import type { TestResult } from '../../common/model.ts';
import type { Results } from '../contract.ts';
import type { Row } from '../database.ts';
import { JsonReader } from '../jsonColumns.ts';
import type { LogParam } from '../logFormat.ts';
import { type Session, notReadable, number, numberOrNull, text, textOrNull, toJson, updateRow } from './rows.ts';

function toResult(row: Row): TestResult {
	const json = new JsonReader(row);
	const result: TestResult = {
		testId: text(row, 'test_id'),
		draftId: number(row, 'draft_id'),
		versionId: numberOrNull(row, 'version_id'),
		query: text(row, 'query'),
		topic: text(row, 'topic'),
		responsePreview: text(row, 'response_preview'),
		responseLength: number(row, 'response_length'),
		fullResponseStored: number(row, 'full_response_stored') === 1,
		responseRef: textOrNull(row, 'response_ref'),
		requestRef: textOrNull(row, 'request_ref'),
		toolsUsed: json.get('tools_used'),
		articleCount: number(row, 'article_count'),
		citations: json.get('citations'),
		executionTimeMs: number(row, 'execution_time_ms'),
		timeToFirstTokenMs: numberOrNull(row, 'time_to_first_token_ms'),
		model: text(row, 'model'),
		answeredModel: textOrNull(row, 'answered_model'),
		isModel: number(row, 'is_model') === 1,
		provider: text(row, 'provider'),
		thinking: text(row, 'thinking') as TestResult['thinking'],
		parameters: json.get('parameters'),
		usage: json.get('usage'),
		costUsd: numberOrNull(row, 'cost_usd'),
		stopReason: textOrNull(row, 'stop_reason'),
		status: text(row, 'status') as TestResult['status'],
		error: json.get('error'),
		userRating: numberOrNull(row, 'user_rating'),
		notes: textOrNull(row, 'notes'),
		timestamp: text(row, 'timestamp'),
	};
	const { unreadable } = json;
	return unreadable.length > 0
		? {
				...result,
				error:
					result.error ??
					notReadable(
						l10n.t(
							'A part of this result is not readable: {0}. The rest is as it was stored.',
							unreadable.join(', '),
						),
					),
			}
		: result;
}

/** Times are stored in whole milliseconds. */
function toColumns(result: TestResult): Record<string, LogParam> {
	return {
		test_id: result.testId,
		draft_id: result.draftId,
		version_id: result.versionId,
		query: result.query,
		topic: result.topic,
		response_preview: result.responsePreview,
		response_length: result.responseLength,
		full_response_stored: result.fullResponseStored ? 1 : 0,
		response_ref: result.responseRef,
		request_ref: result.requestRef,
		tools_used: toJson(result.toolsUsed),
		article_count: result.articleCount,
		citations: toJson(result.citations),
		execution_time_ms: Math.round(result.executionTimeMs),
		time_to_first_token_ms: result.timeToFirstTokenMs === null ? null : Math.round(result.timeToFirstTokenMs),
		model: result.model,
		answered_model: result.answeredModel,
		is_model: result.isModel ? 1 : 0,
		provider: result.provider,
		thinking: result.thinking,
		parameters: toJson(result.parameters),
		usage: toJson(result.usage),
		cost_usd: result.costUsd,
		stop_reason: result.stopReason,
		status: result.status,
		error: toJson(result.error),
		user_rating: result.userRating,
		notes: result.notes,
		timestamp: result.timestamp,
	};
}

export function createResults({ database, changes }: Session): Results {
	function get(testId: string): TestResult {
		const row = database.row('SELECT * FROM auspex_test_results WHERE test_id = ?', [testId]);
		if (!row) {
			throw new AppError('not-found', l10n.t('Test result not found'));
		}
		return toResult(row);
	}

	return {
		get,
		put(result) {
			if (!database.row('SELECT 1 FROM auspex_prompt_drafts WHERE id = ?', [result.draftId])) {
				throw new AppError('not-found', l10n.t('Draft not found or access denied'));
			}
			const values = toColumns(result);
			const columns = Object.keys(values);
			database.run(
				`INSERT INTO auspex_test_results (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
				ON CONFLICT (test_id) DO UPDATE SET ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}`,
				Object.values(values),
			);
			changes.results.add(result.testId);
			changes.drafts.add(result.draftId);
		},
		list(draftId, limit = -1) {
			// In order of arrival: the clock may have been set back between two tests. A negative limit means no limit.
			const order = 'ORDER BY rowid DESC LIMIT ?';
			return database
				.rows(`SELECT * FROM auspex_test_results WHERE draft_id = ? ${order}`, [draftId, limit])
				.map(toResult);
		},
		rate(testId, patch) {
			const { draftId } = get(testId);
			updateRow(
				database,
				'auspex_test_results',
				{ column: 'test_id', value: testId },
				{ user_rating: patch.userRating, notes: patch.notes },
			);
			changes.results.add(testId);
			changes.drafts.add(draftId);
			return get(testId);
		},
		figures(since) {
			// The tokens are in JSON that an import may have damaged.
			const tokens = "CASE WHEN json_valid(usage) THEN json_extract(usage, '$.outputTokens') END";
			const rows = database.rows(
				`SELECT draft_id, model, count(*) AS tests, count(user_rating) AS ratings,
					coalesce(sum(user_rating), 0) AS rating_sum, sum(execution_time_ms) AS milliseconds,
					coalesce(sum(${tokens}), 0) AS output_tokens, count(${tokens}) AS with_tokens,
					CASE WHEN count(cost_usd) = count(*) THEN sum(cost_usd) END AS cost_usd
				FROM auspex_test_results WHERE is_model = 1 AND timestamp >= ?
				GROUP BY draft_id, model ORDER BY draft_id, model`,
				[since],
			);
			return rows.map((row) => ({
				draftId: number(row, 'draft_id'),
				model: text(row, 'model'),
				tests: number(row, 'tests'),
				ratings: number(row, 'ratings'),
				ratingSum: number(row, 'rating_sum'),
				milliseconds: number(row, 'milliseconds'),
				outputTokens: number(row, 'output_tokens'),
				withTokens: number(row, 'with_tokens'),
				costUsd: numberOrNull(row, 'cost_usd'),
			}));
		},
		markInterrupted(running) {
			const ended = database
				.rows("SELECT test_id FROM auspex_test_results WHERE status = 'interrupted' AND stop_reason IS NULL")
				.map((row) => text(row, 'test_id'))
				.filter((testId) => !running.includes(testId));
			for (const testId of ended) {
				updateRow(
					database,
					'auspex_test_results',
					{ column: 'test_id', value: testId },
					{ stop_reason: 'unknown' },
				);
				changes.results.add(testId);
			}
			return ended;
		},
	};
}
