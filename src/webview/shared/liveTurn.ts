import { foldShownPart, type ShownPart, type ShownTurn } from '../../common/shownTurn.ts';

/** A run that the webview follows. */
export interface LiveTurn {
	turn: ShownTurn;
	/** Number of parts folded in. */
	position: number;
	/** `performance.now()` at which the run began; undefined once it has ended. */
	since: number | undefined;
}

/** Parts of a run, in order; `from` is the number of parts before the first of them. */
export interface PartBatch {
	from: number;
	parts: readonly ShownPart[];
}

/**
 * Folds a batch into a live turn. Parts that it already has are skipped.
 * @returns undefined if parts in between are missing, so that the run must be fetched again
 */
export function applyBatch(live: LiveTurn, batch: PartBatch): LiveTurn | undefined {
	if (batch.from > live.position) {
		return undefined;
	}
	let { turn } = live;
	for (const part of batch.parts.slice(live.position - batch.from)) {
		turn = foldShownPart(turn, part);
	}
	const position = Math.max(live.position, batch.from + batch.parts.length);
	return { turn, position, since: turn.stopReason === undefined ? live.since : undefined };
}
