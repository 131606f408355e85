import type { SearchHit } from '../../common/topicModel.ts';

/** The limit of distinct articles for one run, shared by its tools. */
export class ArticleBudget {
	readonly #returned = new Set<string>();
	readonly #limit: number;

	constructor(limit: number) {
		this.#limit = limit;
	}

	get returned(): ReadonlySet<string> {
		return this.#returned;
	}

	get limit(): number {
		return this.#limit;
	}

	/** How many articles a call needs at most to return `wanted`: repeated ones do not count, so it may exceed what is left. */
	reach(wanted: number): number {
		return Math.min(wanted, this.#limit);
	}

	/** The hits that may be returned, which are then counted; articles that were returned before do not count again. */
	take(hits: readonly SearchHit[]): { taken: SearchHit[]; leftOut: number } {
		const taken = hits.filter(({ article }) => {
			if (this.#returned.has(article.uri)) {
				return true;
			}
			if (this.#returned.size >= this.#limit) {
				return false;
			}
			this.#returned.add(article.uri);
			return true;
		});
		return { taken, leftOut: hits.length - taken.length };
	}
}
