import { isUnspaced } from '../../common/searchTerms.ts';
import { wordStem } from './wordStem.ts';

const window = 240;
const lead = 60;
/** More hits do not improve a passage, and every pair of them is compared. */
const maxHits = 300;

interface Hit {
	at: number;
	term: string;
}

/**
 * Finds the passage of a text that has the most different terms: about 240 characters, cut between words, without Markdown
 * syntax; the opening of the text if no term occurs. A term also finds words that begin with its stem.
 */
export function snippets(terms: readonly string[]): (text: string) => string {
	if (terms.length === 0) {
		return (text) => excerpt(text, 0, window);
	}
	// Terms contain only letters, marks and digits, so they need no escaping.
	const stems = terms.map((term) => wordStem(term) ?? term);
	const words = stems.filter((stem) => !isUnspaced(stem)).map((stem) => `(?<![\\p{L}\\p{N}])${stem}`);
	const pattern = new RegExp([...words, ...stems.filter(isUnspaced)].join('|'), 'giu');
	return (text) => excerpt(text, bestStart(hitsOf(text, pattern)), window);
}

/** Start of the window with the most different terms; the first one among equals. */
function bestStart(hits: readonly Hit[]): number {
	let best = { start: 0, distinct: 0 };
	for (const [index, hit] of hits.entries()) {
		const seen = new Set<string>();
		for (let next = index; next < hits.length && (hits[next]?.at ?? 0) < hit.at + window - lead; next++) {
			seen.add(hits[next]?.term ?? '');
		}
		if (seen.size > best.distinct) {
			best = { start: Math.max(0, hit.at - lead), distinct: seen.size };
		}
	}
	return best.start;
}

function hitsOf(text: string, pattern: RegExp): Hit[] {
	const hits: Hit[] = [];
	for (const match of text.matchAll(pattern)) {
		hits.push({ at: match.index, term: match[0].toLowerCase() });
		if (hits.length === maxHits) {
			break;
		}
	}
	return hits;
}

/** `length` characters of `text` from `start`, cut between words, as one plain line with an ellipsis where text was cut off. */
export function excerpt(text: string, start: number, length: number): string {
	// Markdown syntax is removed below, so more is taken than requested.
	const from = start === 0 ? 0 : nextBreak(text, start);
	const raw = text.slice(from, from + length * 2);
	const plain = plainLine(raw);
	const cut = plain.length > length ? plain.slice(0, lastBreak(plain, length)) : plain;
	const more = plain.length > length || from + raw.length < text.length;
	return `${from > 0 ? '… ' : ''}${cut.trim()}${more ? ' …' : ''}`;
}

function nextBreak(text: string, from: number): number {
	const space = text.slice(from, from + 40).search(/\s/u);
	return space < 0 ? from : from + space + 1;
}

function lastBreak(text: string, length: number): number {
	const space = text.lastIndexOf(' ', length);
	const at = space > length - 40 ? space : length;
	// Never splits a surrogate pair.
	return /[\uD800-\uDBFF]/u.test(text.charAt(at - 1)) ? at - 1 : at;
}

function plainLine(markdown: string): string {
	return markdown
		.replace(/!?\[([^\][]{0,300})\]\([^()\s]{0,500}\)/gu, '$1')
		.replace(/<\/?[a-z][^<>]{0,200}>/giu, ' ')
		.replace(/^\s{0,3}(?:#{1,6}|>|[-*+]|\d{1,3}[.)])\s+/gmu, '')
		.replace(/[`*_]{1,3}(?=\S)|(?<=\S)[`*_]{1,3}/gu, '')
		.replace(/\s+/gu, ' ')
		.trim();
}
