import * as l10n from '@vscode/l10n';
import { cutText } from '../../common/cutText.ts';
import type { RunStatus } from '../../common/suiteModel.ts';
import type { TurnError, Usage } from '../../common/turn.ts';
import type { ImportedRun, ImportedTrial } from '../imported.ts';
import type { Findings } from '../reading/findings.ts';
import { asText, defined, isRecord, scalarText, type Fields } from '../reading/values.ts';
import { scoreResults } from './scoreResults.ts';

/** Of an error of Inspect; it may hold a whole traceback. */
const maxError = 2_000;

const statuses: Readonly<Record<string, RunStatus>> = {
	success: 'complete',
	cancelled: 'stopped',
	error: 'failed',
	started: 'interrupted',
};

/** A sample of a log whose case is in the suite. */
export interface LoggedSample {
	row: Fields;
	/** The same in all epochs. */
	id: string;
	output: string;
	/** Position of its case in the suite. */
	position: number;
}

/**
 * The run that a log records, with Inspect's own verdicts; undefined if no sample has a score or an error. The epochs of a sample
 * are repeats of its first case. `summary` says how far the run came.
 */
export function logRun(
	log: Fields,
	samples: readonly LoggedSample[],
	{ name, summary }: { name: string; summary: string },
	findings: Findings,
): ImportedRun | undefined {
	const evaluation = isRecord(log['eval']) ? log['eval'] : {};
	const model = scalarText(evaluation['model']);
	const trials = logTrials(samples, model);
	if (!trials.some(({ assertions, hasFailed }) => assertions.length > 0 || hasFailed)) {
		return undefined;
	}
	if (trials.some(({ assertions }) => assertions.some(({ score }) => score > 0 && score < 1))) {
		findings.changed('scores', l10n.t('Scores between 0 and 1 count as failed: the log states no threshold'));
	}
	const stats = isRecord(log['stats']) ? log['stats'] : {};
	const error = errorText(log['error']);
	const status = scalarText(log['status']) ?? '';
	const startedAt = timeOf(stats['started_at']) ?? timeOf(evaluation['created']);
	const endedAt = timeOf(stats['completed_at']);
	return {
		name,
		suite: 0,
		label: l10n.t('{0} (graded by Inspect)', cutText(model ?? name, 80)),
		status: (Object.hasOwn(statuses, status) ? statuses[status] : undefined) ?? 'interrupted',
		reason: [l10n.t('Imported from a log of Inspect, with its own grades'), summary, ...error].join('. '),
		...(startedAt !== undefined && { startedAt }),
		...(endedAt !== undefined && { endedAt }),
		trials: trials.map(({ hasFailed: _, ...trial }) => trial),
	};
}

function logTrials(
	samples: readonly LoggedSample[],
	model: string | undefined,
): (ImportedTrial & { hasFailed: boolean })[] {
	/** The case of each sample, and how often it was answered so far, by id. */
	const known = new Map<string, { case: number; repeat: number }>();
	return samples.map(({ row, id, output, position }) => {
		const earlier = known.get(id) ?? { case: position, repeat: 0 };
		const slot = { ...earlier, repeat: earlier.repeat + 1 };
		known.set(id, slot);
		const assertions = scoreResults(row['scores']);
		const [failure] = errorText(row['error']);
		const error = failure ?? (assertions.length > 0 ? undefined : l10n.t('Inspect has no score for this sample'));
		const isLost = error !== undefined || assertions.some((one) => one.error);
		return {
			...slot,
			verdict: isLost ? 'error' : assertions.every(({ pass }) => pass) ? 'pass' : 'fail',
			score: assertions.reduce((sum, one) => sum + one.score, 0) / Math.max(1, assertions.length),
			assertions,
			output,
			latencyMs: latencyOf(row),
			usage: usageOf(row, model),
			...(error !== undefined && { error: inspectError(error) }),
			hasFailed: failure !== undefined,
		} as const;
	});
}

function inspectError(message: string): TurnError {
	return { code: 'internal', message, retryable: false };
}

function errorText(error: unknown): [string] | [] {
	if (error === undefined || error === null || error === '') {
		return [];
	}
	const message = (isRecord(error) ? scalarText(error['message']) : undefined) ?? asText(error);
	return [l10n.t('Inspect reports an error: {0}', cutText(message, maxError))];
}

/** Milliseconds of work on a sample: of all requests and tools, without waiting for others. */
function latencyOf({ working_time: working, total_time: total, output }: Fields): number | null {
	const last = isRecord(output) ? output['time'] : undefined;
	const seconds = [working, total, last].find(isAmount);
	return seconds === undefined ? null : Math.round(seconds * 1000);
}

/** Of the model under test: other models may have been asked to grade. */
function usageOf({ model_usage: models, output }: Fields, model: string | undefined): Usage | null {
	const own = isRecord(models) && model !== undefined && Object.hasOwn(models, model) ? models[model] : undefined;
	const said = own ?? (isRecord(output) ? output['usage'] : undefined);
	if (!isRecord(said)) {
		return null;
	}
	const count = (field: string) => (isAmount(said[field]) ? said[field] : undefined);
	const usage = defined({
		inputTokens: count('input_tokens'),
		outputTokens: count('output_tokens'),
		thinkingTokens: count('reasoning_tokens'),
	});
	return Object.keys(usage).length > 0 ? usage : null;
}

function isAmount(value: unknown): value is number {
	return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

/** As `Date` writes it; undefined if it is no time. */
function timeOf(text: unknown): string | undefined {
	const time = typeof text === 'string' ? Date.parse(text) : NaN;
	// Years of more than four digits are no timestamp that our reports may have.
	return time >= 0 && time < Date.UTC(10_000, 0) ? new Date(time).toISOString() : undefined;
}
