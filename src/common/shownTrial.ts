import { shownTurn } from './shownTurn.ts';
import type { StoredTrial } from './suiteModel.ts';
import type { ShownTrial } from './suitePage.ts';

/** The form in which a trial is sent to a page: without its requests, and with the beginning of long texts. */
export function shownTrial(trial: StoredTrial): ShownTrial {
	const { turn, earlier = [], requests, citations = [], requestHash: _hash, ...rest } = trial;
	return {
		...rest,
		turn: turn ? shownTurn(turn) : null,
		earlier: earlier.map((one) => ({ query: one.query, turn: shownTurn(one.turn) })),
		citations,
		hasRequest: requests !== undefined,
	};
}
