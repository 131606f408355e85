/** Cases in order. An array is such a sequence; the cases of a large suite are in a file, so it is best to look at each once. */
export interface CaseSequence<Case> extends Iterable<Case> {
	readonly length: number;
	at(index: number): Case | undefined;
	some(fits: (one: Case) => boolean): boolean;
	every(fits: (one: Case) => boolean): boolean;
}

/** Cases that are being collected: in an array, or in a spool. */
export interface CaseCollection<Case> extends CaseSequence<Case> {
	push(one: Case): unknown;
}
