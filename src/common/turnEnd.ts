import type { Turn } from './turn.ts';

/**
 * How a turn ended, as it is stored (`status`), shown, announced and exported. `complete` is the only one that says that
 * the model said all it had to say.
 */
export const turnEnds = [
	'complete',
	/** Cut off at the limit of output tokens or of the context. */
	'truncated',
	/** By the model, or by a filter of its provider. */
	'refused',
	/** With tool calls that nobody runs. */
	'tools',
	/** For a reason of the provider's own that this version does not know. */
	'unknown',
	/** By the user, or by the caller's signal. */
	'stopped',
	'failed',
	/** By the end of the process that ran it. */
	'interrupted',
] as const;
export type TurnEnd = (typeof turnEnds)[number];

/**
 * How a turn whose run is over ended; one without a stop reason failed. A provider that gives no reason at all, as the
 * editor's models do, ended normally; one that gives a reason which nobody knows says so in `notice`.
 */
export function turnEnd({ stopReason, notice }: Pick<Turn, 'stopReason' | 'notice'>): TurnEnd {
	switch (stopReason) {
		case 'stop':
			return 'complete';
		case 'unknown':
			return notice === undefined ? 'complete' : 'unknown';
		case 'length':
			return 'truncated';
		case 'refusal':
			return 'refused';
		case 'tools':
			return 'tools';
		case 'cancelled':
			return 'stopped';
		default:
			return 'failed';
	}
}

/** Whether the model ended the turn; otherwise something outside of it did, and it may lack anything. */
export function endedByModel(end: string): boolean {
	return end === 'complete' || end === 'truncated' || end === 'refused' || end === 'tools' || end === 'unknown';
}
