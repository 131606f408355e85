import { NumberColumn } from './numberColumn.ts';

/** Indexes from here on are those of a damaged report: no suite has as many cases. */
const firstLarge = 1 << 20;

/** Numbers different indexes of cases from 0 on, in the order of their first appearance. */
export class IndexNumbers {
	/** By index, the number after that of the index; 0 if it did not appear. */
	readonly #numbers = new NumberColumn();
	readonly #large = new Map<number, number>();
	#size = 0;

	/** How many there are. */
	get size(): number {
		return this.#size;
	}

	numberOf(index: number): number {
		const known = index < firstLarge ? this.#numbers.at(index) : this.#large.get(index);
		if (known !== undefined && known > 0) {
			return known - 1;
		}
		this.#size++;
		if (index < firstLarge) {
			this.#numbers.set(index, this.#size);
		} else {
			this.#large.set(index, this.#size);
		}
		return this.#size - 1;
	}
}
