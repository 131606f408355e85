/** Small tools for plain text, shared by the guide's parts. They only compare words and do not understand meaning. */

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/**
 * Sentences of a text, without list, heading and quote markers. Line ends also separate sentences, because lists and headings
 * have no full stop.
 */
export function sentences(text: string): string[] {
	return text
		.split(/\n+/)
		.map((line) => line.replace(/^\s*(?:(?:[-*+>]|#+|\d+[.)])\s+)+/, ''))
		.flatMap((line) => Array.from(segmenter.segment(line), ({ segment }) => segment.trim()))
		.filter((sentence) => sentence !== '');
}

const stopWords = new Set(
	(
		'a about after again all also am an and any are as at be because been before being between both but by can could ' +
		'did do does doing down during each few for from further get had has have having he her here hers him his how i if ' +
		'in into is it its just like made make many me more most much my no nor not of off on once one only or other our ' +
		'out over own please same she should so some such tell than that the their them then there these they this those ' +
		'through to too two under until up upon us use used using very was we were what when where which while who whom ' +
		'why will with would you your ain arent can cant couldn didn didnt doesn doesnt don dont hasn haven im isn isnt ive ' +
		'shouldn wasn weren won wont wouldn'
	).split(' '),
);

/**
 * The distinct stems of the content words, in lower case and in order, without English plural and verb endings and the v of a
 * version.
 */
export function terms(text: string): string[] {
	return contentWords(text).map(({ stem }) => stem);
}

/** The same words as written, for a search query. */
export function keywords(text: string): string[] {
	return contentWords(text).map(({ word }) => word);
}

function contentWords(text: string): { word: string; stem: string }[] {
	const found = new Map<string, string>();
	for (const [word] of text.matchAll(/[\p{L}\p{N}]+(?:[.'’-][\p{L}\p{N}]+)*/gu)) {
		const plain = word
			.toLowerCase()
			.replace(/['’](?:s|t|re|ve|ll|d|m)$/, '')
			.replace(/^v(?=\d)/, '');
		const stem = plain.length > 4 ? plain.replace(/(?:ies|ing|ed|es|s|y|e)$/, '') : plain;
		if (!stopWords.has(plain) && (plain.length > 1 || /\d/.test(plain)) && !found.has(stem)) {
			found.set(stem, word);
		}
	}
	return Array.from(found, ([stem, word]) => ({ stem, word }));
}

export interface ScoredSentence {
	text: string;
	/** Share of the wanted terms that the sentence has, 0 to 1. */
	score: number;
	/** Index among all sentences. */
	index: number;
}

/** Sentences that have at least one term of `wanted`, best first; among equals, earlier ones first. */
export function bestSentences(text: string, wanted: readonly string[]): ScoredSentence[] {
	const scored: ScoredSentence[] = [];
	for (const [index, sentence] of sentences(text).entries()) {
		const present = new Set(terms(sentence));
		const found = wanted.filter((term) => present.has(term)).length;
		if (found > 0) {
			scored.push({ text: sentence, score: found / wanted.length, index });
		}
	}
	return scored.sort((a, b) => b.score - a.score || a.index - b.index);
}

/** The text with a capital at the start, single spaces and a full stop at the end. */
export function asSentence(text: string): string {
	const plain = text.replace(/\s+/g, ' ').trim();
	const capital = plain.charAt(0).toUpperCase() + plain.slice(1);
	return /[.!?:…]["'”’)]?$/.test(capital) || capital === '' ? capital : `${capital}.`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[]): string {
	return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** At most `maximum` code units, cut between words, with an ellipsis if something was cut off. */
export function shorten(text: string, maximum: number): string {
	const plain = text.replace(/\s+/g, ' ').trim();
	return plain.length <= maximum ? plain : `${plain.slice(0, maximum - 1).replace(/\s+\S*$|[\ud800-\udbff]$/, '')}…`;
}
