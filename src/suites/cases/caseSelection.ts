import type { SuiteCase } from '../suite.ts';
import type { CaseSequence } from './caseSequence.ts';

/** A case with its position in the suite, from 0. */
export type IndexedCase = SuiteCase & { index: number };

/** Some of the cases of a suite, in its order: only where they are is kept. */
export class CaseSelection implements Iterable<IndexedCase> {
	readonly #cases: CaseSequence<SuiteCase>;
	readonly #positions: Uint32Array;

	/** All cases, without `positions`. */
	constructor(cases: CaseSequence<SuiteCase>, positions = new Uint32Array(cases.length).map((_, at) => at)) {
		this.#cases = cases;
		this.#positions = positions;
	}

	get length(): number {
		return this.#positions.length;
	}

	*[Symbol.iterator](): Generator<IndexedCase, void> {
		for (const index of this.#positions) {
			const one = this.#cases.at(index);
			if (one) {
				yield { ...one, index };
			}
		}
	}

	filter(fits: (one: IndexedCase) => boolean): CaseSelection {
		const positions = new Uint32Array(this.length);
		let count = 0;
		for (const one of this) {
			if (fits(one)) {
				positions[count++] = one.index;
			}
		}
		return new CaseSelection(this.#cases, positions.slice(0, count));
	}
}
