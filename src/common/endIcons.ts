import type { TurnEnd } from './turnEnd.ts';

/** The codicon of each end, in the panels and in the editor; `endWord` is next to it or is its label. */
export const endIcons: Record<TurnEnd, string> = {
	complete: 'pass',
	truncated: 'warning',
	refused: 'circle-slash',
	tools: 'tools',
	unknown: 'question',
	stopped: 'debug-stop',
	failed: 'error',
	interrupted: 'debug-disconnect',
};
