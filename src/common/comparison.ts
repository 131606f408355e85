/** Comparisons of variants and of runs, as the public API, the pages, the exports and the command line use them. Plain JSON. */

/** B against A. */
export type ComparisonVerdict = 'better' | 'worse' | 'not-told-apart';

/** Shares from 0 to 1, or from -1 to 1 for a difference. */
export type Interval = [low: number, high: number];

/** A variant with its pass rate. Answers in error are counted apart and are in no rate. */
export interface RatedVariant {
	label: string;
	passed: number;
	/** Answers with a verdict. */
	of: number;
	errors: number;
	/** Null without an answer that has a verdict, and for the built-in guide, which is not a model. */
	rate: number | null;
	/** 95 %, Wilson's; with repeats the case is the unit. */
	interval: Interval | null;
}

export interface ComparedCase {
	name: string;
	/** SHA-256 of what the case asks and how it is graded. */
	hash: string;
}

/**
 * B against A on the cases that both answered. One rule gives difference, interval, p-value and verdict, so that they never
 * contradict each other. With repeats a case belongs to the side that passes it more often.
 */
export interface Comparison {
	a: RatedVariant;
	b: RatedVariant;
	/** Cases that were compared: both sides have an answer with a verdict. */
	cases: number;
	both: number;
	onlyA: number;
	onlyB: number;
	neither: number;
	difference: number;
	interval: Interval;
	/** Adjusted, if there are several comparisons. */
	pValue: number;
	verdict: ComparisonVerdict;
	/** About so many more cases would be needed to see a difference of 5 points; absent if it is told apart or there are enough. */
	moreCases?: number;
	/** All of it in one sentence, in the language of the display. */
	sentence: string;
	/** What else is to be known, a sentence each: repeats, what was left out, further comparisons. */
	notes: string[];
	/** `always-valid`: the run may yet stop, or was stopped, so the interval holds at every look at once. */
	rule: 'fixed' | 'always-valid';
	/** Number of comparisons that the p-value and the interval are adjusted for. */
	family: number;
	/** 0.05, or less if there are several comparisons: the interval is the one at this level. */
	level: number;
	/** How many cases with one answer the answers are worth; equal to `cases` without repeats. */
	worth: number;
	/** Cases that B passes and A does not, or more often than A, and the other way round. */
	improved: ComparedCase[];
	regressed: ComparedCase[];
	/** Cases of both sides of which one has nothing but errors. */
	inError: ComparedCase[];
	/** Cases of both sides that one answered with an answer taken from the other. */
	reused: ComparedCase[];
	/** Cases that only one side has. */
	casesOnlyA: ComparedCase[];
	casesOnlyB: ComparedCase[];
	/** Names of cases that both have, but with another question or other assertions. */
	changed: string[];
	/** What the user's own blind ratings of the same answers have come to. */
	preference?: RatedPreference;
	/** Of two runs with several variants in common: the comparisons of the further variants. */
	others?: Comparison[];
}

/** Blind ratings of two variants by a person, B against A. */
export interface RatedPreference {
	/** Pairs of answers that were rated, and cases of which all pairs were. */
	ratings: number;
	cases: number;
	preferA: number;
	preferB: number;
	ties: number;
	/** Of the ties, those of equal answers, which nobody was asked about. */
	same: number;
	/** Share that prefers B less the share that prefers A, -1 to 1. */
	difference: number;
	/** Valid at every look. */
	interval: Interval;
	pValue: number;
	verdict: ComparisonVerdict;
	/** All of it in one sentence, in the language of the display. */
	sentence: string;
}

/** A case that a variant both passed and failed. */
export interface FlakyCase extends ComparedCase {
	variant: string;
	passed: number;
	of: number;
	/** The same answer was graded differently, so that it is the judge who is uncertain. */
	gradedDifferently: boolean;
}
