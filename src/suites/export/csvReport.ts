import { stringify } from 'csv-stringify/sync';
import type { StoredTrial } from '../../common/suiteModel.ts';
import { reasonsOf } from './reasons.ts';
import type { ReportedRun } from './reportedRun.ts';

const columns = [
	'case',
	'variant',
	'repeat',
	'verdict',
	'score',
	'reasons',
	'query',
	'output',
	'latencyMs',
	'timeToFirstTokenMs',
	'inputTokens',
	'outputTokens',
	'costUsd',
	'reused',
	'endedAt',
	'model',
	'trialId',
] as const;

/** A row for each trial. A cell that a spreadsheet would take for a formula begins with an apostrophe. */
export async function* csvReport({ run, trials }: ReportedRun): AsyncGenerator<string> {
	const models = new Map(run.variants.map(({ label, model }) => [label, model ?? '']));
	yield line(columns);
	for await (const trial of trials()) {
		const row = rowOf(trial, models.get(trial.variant) ?? '');
		yield line(columns.map((column) => row[column]));
	}
}

function rowOf(trial: StoredTrial, model: string): Record<(typeof columns)[number], string | number> {
	const { case: one, variant, repeat, verdict, score, query, output, usage, costUsd, reused, endedAt } = trial;
	return {
		case: one.name,
		variant,
		repeat,
		verdict,
		score,
		reasons: reasonsOf(trial).join('\n'),
		query,
		output,
		latencyMs: trial.latencyMs ?? '',
		timeToFirstTokenMs: trial.timeToFirstTokenMs ?? '',
		inputTokens: usage?.inputTokens ?? '',
		outputTokens: usage?.outputTokens ?? '',
		costUsd: costUsd ?? '',
		reused: String(reused),
		endedAt,
		model,
		trialId: trial.trialId,
	};
}

function line(cells: readonly (string | number)[]): string {
	// Records end as RFC 4180 says.
	return stringify([[...cells]], { escape_formulas: true, record_delimiter: 'windows' });
}
