import type { Turn } from './turn.ts';

/**
 * How a turn ended, as it is stored (`status`), shown, announced and exported. Only `complete` means that the model
 * finished its answer.
 */
export const turnEnds = [
	'complete',
	/** Cut off at the limit of output tokens or of the context. */
	'truncated',
	/** By the model, or by a filter of its provider. */
	'refused',
	/** With tool calls that are not run. */
	'tools',
	/** For a provider-specific reason that this version does not know. */
	'unknown',
	/** By the user, or by the caller's signal. */
	'stopped',
	'failed',
	/** By the end of the process that ran it. */
	'interrupted',
] as const;
export type TurnEnd = (typeof turnEnds)[number];

/**
 * How a turn ended whose run is over; without a stop reason it failed. If the provider gives no reason at all, as with the
 * editor's models, it ended normally; an unknown reason is in `notice`.
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

/** Whether the model ended the turn; otherwise something else did, and any part of the answer may be missing. */
export function endedByModel(end: string): boolean {
	return end === 'complete' || end === 'truncated' || end === 'refused' || end === 'tools' || end === 'unknown';
}
