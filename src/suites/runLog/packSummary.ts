import type { AssertionResult } from '../../common/suiteModel.ts';
import type { TrialSummary } from '../suiteContext.ts';

/** Without their names, the fields of 100,000 summaries are read in two thirds of the time. */
type Packed = unknown[];

/** The fields in a fixed order; the last one, if there is one, has all others by their names. */
export function packSummary(summary: TrialSummary): Packed {
	const { trialId, case: tried, variant, repeat, verdict, score, assertions, ...more } = summary;
	const { latencyMs, timeToFirstTokenMs, usage, costUsd, reused, endedAt, query, requestHash, preview, ...rest } =
		more;
	return [
		trialId,
		tried.name,
		tried.hash,
		tried.index,
		variant,
		repeat,
		verdict,
		score,
		assertions.map(packAssertion),
		latencyMs,
		timeToFirstTokenMs,
		usage,
		costUsd,
		reused,
		endedAt,
		query,
		requestHash,
		preview,
		...restOf(rest),
	];
}

function packAssertion({ type, pass, score, reason, weight, ...rest }: AssertionResult): Packed {
	return [type, pass, score, reason, weight, ...restOf(rest)];
}

function restOf(rest: object): object[] {
	return Object.values(rest).some((value) => value !== undefined) ? [rest] : [];
}

/** Reads what `packSummary` has written; undefined if it is something else. */
export function unpackSummary(packed: Packed): TrialSummary | undefined {
	const assertions = packed[8];
	if (typeof packed[0] !== 'string' || !Array.isArray(assertions) || !assertions.every(Array.isArray)) {
		return undefined;
	}
	const summary: Record<Exclude<keyof TrialSummary, 'error'>, unknown> = {
		trialId: packed[0],
		case: { name: packed[1], hash: packed[2], index: packed[3] },
		variant: packed[4],
		repeat: packed[5],
		verdict: packed[6],
		score: packed[7],
		assertions: assertions.map(unpackAssertion),
		latencyMs: packed[9],
		timeToFirstTokenMs: packed[10],
		usage: packed[11],
		costUsd: packed[12],
		reused: packed[13],
		endedAt: packed[14],
		query: packed[15],
		requestHash: packed[16],
		preview: packed[17],
	};
	return (packed.length > 18 ? { ...summary, ...(packed[18] as object) } : summary) as TrialSummary;
}

function unpackAssertion(packed: Packed): AssertionResult {
	const [type, pass, score, reason, weight, rest] = packed;
	const assertion = { type, pass, score, reason, weight };
	return (rest === undefined ? assertion : { ...assertion, ...(rest as object) }) as AssertionResult;
}
