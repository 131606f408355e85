/** Saturation and length normalisation, the usual values (Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework"). */
const k1 = 1.2;
const b = 0.75;
const minIdf = 0.01;
/** Weight of a hit of any form of a word; a prefix also finds the word itself, which adds the rest of the weight. */
const formWeight = 0.7;

/** The divisor for hits in a column of this length: 1 at the average length, more for longer ones. */
export function lengthNorm(length: number, average: number): number {
	return 1 - b + (b * length) / Math.max(1, average);
}

/**
 * Inverse document frequency of a term. The formula becomes negative for a term in more than half of the articles: such a
 * term counts for almost nothing, but enough to rank by it if the query has no other.
 */
export function idfOf(articles: number, articlesWith: number): number {
	return Math.max(minIdf, Math.log((articles - articlesWith + 0.5) / (articlesWith + 0.5)));
}

/** Columns of the full-text index. */
const columns = 2;

/**
 * How often a term occurs in a column of an article, from `matchinfo(.., 'y')`: the hits by phrase and column as unsigned
 * 32-bit numbers in machine byte order, which is little-endian in WebAssembly (layout:
 * https://www.sqlite.org/fts3.html#matchinfo).
 *
 * @param phrases numbers of the phrases of the term: the word itself, then its other forms, which are weighted by
 * `formWeight`
 */
export function termHits(matchinfo: Uint8Array, phrases: readonly number[], column: 0 | 1): number {
	let hits = 0;
	for (let place = 0; place < phrases.length; place++) {
		const weight = phrases.length === 1 ? 1 : place === 0 ? 1 - formWeight : formWeight;
		hits += weight * numberAt(matchinfo, (phrases[place] ?? 0) * columns + column);
	}
	return hits;
}

/** What a term with this frequency adds to the score (BM25F) of an article. */
export function termScore(frequency: number, idf: number): number {
	return (idf * frequency * (k1 + 1)) / (frequency + k1);
}

/** Reads byte by byte: creating a typed array for each small blob costs more than everything else. */
function numberAt(bytes: Uint8Array, index: number): number {
	const at = index * 4;
	return (
		(bytes[at] ?? 0) +
		(bytes[at + 1] ?? 0) * 0x100 +
		(bytes[at + 2] ?? 0) * 0x10000 +
		(bytes[at + 3] ?? 0) * 0x1000000
	);
}
