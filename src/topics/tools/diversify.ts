import type { SearchHit } from '../../common/topicModel.ts';

/** Hits with at least this share of the best remaining score count as equally good. */
const nearEqual = 0.92;

/**
 * Reorders hits so that among nearly equal ones those from less frequently shown sources and categories come first. A
 * clearly better hit never falls behind.
 */
export function diversify(hits: readonly SearchHit[], limit: number): SearchHit[] {
	const waiting = [...hits];
	const shown = new Map<string, number>();
	const chosen: SearchHit[] = [];
	while (chosen.length < limit && waiting.length > 0) {
		const threshold = (waiting[0]?.score ?? 0) * nearEqual;
		let best = 0;
		for (let index = 1; index < waiting.length && (waiting[index]?.score ?? 0) >= threshold; index++) {
			if (timesShown(waiting[index], shown) < timesShown(waiting[best], shown)) {
				best = index;
			}
		}
		for (const hit of waiting.splice(best, 1)) {
			chosen.push(hit);
			for (const key of keysOf(hit)) {
				shown.set(key, (shown.get(key) ?? 0) + 1);
			}
		}
	}
	return chosen;
}

function keysOf({ article }: SearchHit): string[] {
	const source = article.newsSource === null ? [] : [`source ${article.newsSource}`];
	return article.category === null ? source : [...source, `category ${article.category}`];
}

function timesShown(hit: SearchHit | undefined, shown: ReadonlyMap<string, number>): number {
	return hit ? keysOf(hit).reduce((sum, key) => sum + (shown.get(key) ?? 0), 0) : Infinity;
}
