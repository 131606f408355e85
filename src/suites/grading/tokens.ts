/** Clitics stand alone, as in the Penn Treebank; hyphens, dots and commas join what is on both sides of them. */
const token = /'(?:s|m|d|re|ve|ll)(?![\p{L}\p{M}])|[\p{L}\p{M}\p{N}_]+(?:[-.,][\p{L}\p{M}\p{N}_]+)*|[^\s]/gu;

/** How often each word or mark stands in a text, in lower case. */
export function countTokens(text: string): { counts: Map<string, number>; total: number } {
	const counts = new Map<string, number>();
	let total = 0;
	for (const [found] of text.toLowerCase().matchAll(token)) {
		counts.set(found, (counts.get(found) ?? 0) + 1);
		total++;
	}
	return { counts, total };
}
