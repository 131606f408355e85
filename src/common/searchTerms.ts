const unspacedScripts =
	'[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}ー々' +
	'\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}]+';
const unspaced = new RegExp(unspacedScripts, 'gu');
const onlyUnspaced = new RegExp(`^${unspacedScripts}$`, 'u');
const words = /[\p{L}\p{N}\p{M}]+/gu;
const maxTerms = 32;

// Words that say nothing about an article's subject; a query that has only such words keeps them.
const stopWords = new Set(
	`a about all also an and any are as at be because been between but by can could did do does even for from get
	getting give got had has have how however i if in into is it its just latest list made make many me more
	most much my news of on only or our out over recent show should so some still such tell than that the their
	them there these they this those to under up us very was we were what when where which while who whose why
	will with would you your article articles`.split(/\s+/u),
);

/**
 * Overlapping pairs of characters, separated by spaces, of the scripts that are written without spaces between words and
 * that the tokenizer `unicode61` would index as one long word; `null` when the text has none.
 */
export function bigramsOf(text: string): string | null {
	const pairs = [...text.matchAll(unspaced)].flatMap(([run]) => pairsOf(run));
	return pairs.length === 0 ? null : pairs.join(' ');
}

function pairsOf(run: string): string[] {
	// A vowel or tone sign belongs to the letter before it.
	const characters = run.match(/\P{M}\p{M}*/gu) ?? [];
	return characters.length === 1
		? characters
		: characters.slice(1).map((character, at) => `${characters[at]}${character}`);
}

/** One thing to find: a word, or several words that must be adjacent. */
export type Term = readonly string[];

/**
 * The distinct terms of a search text, in lower case, at most 32: words except stop words, phrases in double quotes, and
 * pairs of characters for unspaced scripts. Anything but letters and numbers separates words, so a term never contains
 * query syntax.
 */
export function queryTerms(query: string): Term[] {
	const normalised = query.normalize('NFC').toLowerCase();
	const terms: Term[] = [];
	const unquoted = normalised.replace(/["“”„]([^"“”„]*)["“”„]/gu, (_match, quoted: string) => {
		terms.push(wordsOf(quoted), ...pairsIn(quoted));
		return ' ';
	});
	const spaced = wordsOf(unquoted);
	const significant = spaced.filter((word) => !stopWords.has(word));
	terms.push(...significant.map((word) => [word]), ...pairsIn(unquoted));
	const found = terms.filter((term) => term.length > 0);
	return distinct(found.length === 0 ? spaced.map((word) => [word]) : found).slice(0, maxTerms);
}

/** Whether a search text has only stop words, such as "the latest articles". */
export function hasOnlyStopWords(query: string): boolean {
	return queryTerms(query).every((term) => term.every((word) => stopWords.has(word)));
}

/** Whether a word is written in a script without spaces, so that it may be part of a longer run. */
export function isUnspaced(word: string): boolean {
	return onlyUnspaced.test(word);
}

function wordsOf(text: string): string[] {
	return [...text.replace(unspaced, ' ').matchAll(words)].map(([word]) => word);
}

function pairsIn(text: string): Term[] {
	return [...text.matchAll(unspaced)].flatMap(([run]) => pairsOf(run).map((pair) => [pair]));
}

function distinct(terms: readonly Term[]): Term[] {
	return [...new Map(terms.map((term) => [term.join(' '), term])).values()];
}
