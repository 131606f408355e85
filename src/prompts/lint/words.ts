/** Words that say little about what a rule is about. */
const small = new Set(
	'a an the any all each every your you of to in on at by for with and or as is are be it its this that from into will should must please always'.split(
		' ',
	),
);

/** The words of a statement in lower case, without Markdown's marks and punctuation. */
export function wordsOf(statement: string): string[] {
	return statement.toLowerCase().match(/[\p{L}\p{N}_']+/gu) ?? [];
}

/** Without small words and the endings of plurals, so that rules in other words meet. */
export function contentWords(words: readonly string[]): string[] {
	return words.filter((word) => !small.has(word)).map((word) => (word.length > 3 ? word.replace(/e?s$/, '') : word));
}
