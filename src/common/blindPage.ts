import type { RatedPreference } from './comparison.ts';

/** What the page of a blind rating requests from its host, and what the host sends back. */

export const blindChoices = ['left', 'right', 'tie'] as const;
export type BlindChoice = (typeof blindChoices)[number];

export interface BlindView {
	/** Pairs that were rated, and all of them. */
	rated: number;
	pairs: number;
	/** The answers to rate; null if all are rated or the sides are known. */
	pair: { key: string; name: string; query: string; left: string; right: string } | null;
	/** Null before the first rating. */
	preference: RatedPreference | null;
	canUndo: boolean;
	/** Labels of the variants, once the user has asked for them. */
	sides: { a: string; b: string } | null;
}

export interface BlindSnapshot extends BlindView {
	/** What the host restores the panel by. */
	rating: string;
	/** Of the suite. */
	name: string;
	locale: string;
}

export interface BlindProtocol {
	requests: {
		snapshot: { params: null; result: BlindSnapshot };
		rate: { params: { pair: string; choice: BlindChoice }; result: BlindView };
		undo: { params: null; result: BlindView };
		reveal: { params: null; result: BlindView };
	};
	events: { show: null };
}
