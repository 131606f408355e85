const endings = /(?:ations?|ances?|ments?|ings?|ions?|ities|iers?|ies|ied|ers?|ors?|ity|als?|ed|es|ly|s|y|e)$/u;
const shortest = 4;

/**
 * The beginning that the forms of an English word share ("batteries": "batter", "insuring": "insur"), which is searched as
 * a prefix. Cruder than a stemmer but without its cost: the index keeps the words as they are. `undefined` for words that
 * are too short or not in Latin letters.
 */
export function wordStem(word: string): string | undefined {
	if (word.length < shortest || !/^[a-z]+$/u.test(word)) {
		return undefined;
	}
	const stem = word.replace(endings, '');
	return stem.length >= shortest ? stem : word;
}
