/** What the guide knows about one kind of work: rules for a prompt. */
export interface Work {
	name: string;
	pattern: RegExp;
	/** Completes "who …". */
	role: string;
	/** What matters for it. */
	relevant: string;
	/** Parts of the answer, in order. */
	parts: string[];
	/** How it is gone about: how to search, or in which order to proceed. */
	method: string;
	check: string;
	/** A question to test the prompt with. */
	testQuestion: string;
}

/** The kinds of work that a text mentions, at most two, in order; the last of `known` if it mentions none. */
export function workOf(text: string, known: readonly Work[]): Work[] {
	const named = known
		.map((work) => ({ work, place: text.search(work.pattern) }))
		.filter(({ place }) => place >= 0)
		.sort((a, b) => a.place - b.place)
		.map(({ work }) => work);
	return named.length > 0 ? named.slice(0, 2) : known.slice(-1);
}
