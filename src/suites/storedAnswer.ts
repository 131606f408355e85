import type { StoredTrial } from '../common/suiteModel.ts';
import type { SentRequest } from '../providers/provider.ts';
import type { Answered } from './askTrial.ts';

/** The answer of a stored trial, to be graded again; undefined if it has none that is complete. */
export function storedAnswer(trial: StoredTrial): Answered | undefined {
	const { turn, query, earlier = [], latencyMs, timeToFirstTokenMs, usage, citations, requests } = trial;
	if (!turn || turn.error || turn.stopReason === undefined || ['cancelled', 'error'].includes(turn.stopReason)) {
		return undefined;
	}
	return {
		query,
		turn,
		earlier,
		latencyMs,
		timeToFirstTokenMs,
		usage,
		...(citations && { citations }),
		requests: requests === undefined ? [] : (JSON.parse(requests) as SentRequest[]),
	};
}
