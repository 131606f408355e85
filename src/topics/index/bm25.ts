/** Saturation and length normalisation, the usual values (Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework"). */
const k1 = 1.2;
const b = 0.75;
const leastIdf = 0.01;
/** A prefix also finds the word itself, so this is the share that any form of it is worth. */
const formWeight = 0.7;

/** Phrases of the MATCH expression that stand for one term: the word itself, and perhaps its stem as a prefix. */
export type PhraseGroups = readonly (readonly number[])[];

/** What a ranking needs to know of the whole index. */
export interface IndexStatistics {
	documents: number;
	/** Tokens of an average article, by column. */
	averageLengths: number[];
	/** Articles in which each phrase occurs. */
	documentsWith: number[];
}

/**
 * Reads `matchinfo(.., 'pcnax')`: unsigned 32-bit numbers in the machine's order, little-endian in WebAssembly
 * (layout: https://www.sqlite.org/fts3.html#matchinfo). An article that has the phrase in two columns cannot be told
 * from two articles; the larger column is taken.
 */
export function readStatistics(matchinfo: Uint8Array): IndexStatistics {
	const numbers = numbersOf(matchinfo);
	const at = (index: number) => numbers[index] ?? 0;
	const [phrases, columns] = [at(0), at(1)];
	const hits = 3 + columns;
	const columnNumbers = Array.from({ length: columns }, (_, column) => column);
	return {
		documents: at(2),
		averageLengths: columnNumbers.map((column) => at(3 + column)),
		documentsWith: Array.from({ length: phrases }, (_, phrase) =>
			Math.max(...columnNumbers.map((column) => at(hits + 3 * (column + phrase * columns) + 2))),
		),
	};
}

/**
 * Inverse document frequency by term. The formula turns negative for a term in more than half of the articles: such a
 * term counts next to nothing, but enough to rank by it when a query has no other.
 */
export function idfOf({ documents, documentsWith }: IndexStatistics, groups: PhraseGroups): number[] {
	return groups.map((phrases) => {
		const found = Math.max(...phrases.map((phrase) => documentsWith[phrase] ?? 0));
		return Math.max(leastIdf, Math.log((documents - found + 0.5) / (found + 0.5)));
	});
}

/**
 * BM25F of one article from `matchinfo(.., 'ly')`: its length by column, then its hits by phrase and column.
 *
 * @param groups phrase numbers by term: the word itself, then its other forms, which are worth `formWeight`
 * @param columnWeights weight of a hit by column
 * @returns score, higher is better
 */
export function bm25(
	matchinfo: Uint8Array,
	groups: PhraseGroups,
	idf: readonly number[],
	averageLengths: readonly number[],
	columnWeights: readonly number[],
): number {
	const numbers = numbersOf(matchinfo);
	const columns = averageLengths.length;
	const norms = averageLengths.map((average, column) => 1 - b + (b * (numbers[column] ?? 0)) / Math.max(1, average));
	let score = 0;
	for (let term = 0; term < groups.length; term++) {
		const phrases = groups[term] ?? [];
		let frequency = 0;
		for (let place = 0; place < phrases.length; place++) {
			const phraseWeight = phrases.length === 1 ? 1 : place === 0 ? 1 - formWeight : formWeight;
			for (let column = 0; column < columns; column++) {
				const hits = numbers[columns * (1 + (phrases[place] ?? 0)) + column] ?? 0;
				frequency += (phraseWeight * (columnWeights[column] ?? 1) * hits) / (norms[column] ?? 1);
			}
		}
		score += ((idf[term] ?? 0) * frequency * (k1 + 1)) / (frequency + k1);
	}
	return score;
}

/** sql.js copies each blob into an array of its own, so it is aligned. */
function numbersOf(matchinfo: Uint8Array): Uint32Array {
	return new Uint32Array(matchinfo.buffer, matchinfo.byteOffset, matchinfo.byteLength / 4);
}
