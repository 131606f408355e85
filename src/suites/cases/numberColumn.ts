/** A list of numbers that takes eight bytes for each, outside the heap. */
export class NumberColumn {
	#values = new Float64Array(1024);
	#length = 0;

	get length(): number {
		return this.#length;
	}

	push(value: number): void {
		if (this.#length === this.#values.length) {
			const larger = new Float64Array(2 * this.#length);
			larger.set(this.#values);
			this.#values = larger;
		}
		this.#values[this.#length++] = value;
	}

	/** Undefined outside the list. */
	at(index: number): number | undefined {
		return index < this.#length ? this.#values[index] : undefined;
	}
}
