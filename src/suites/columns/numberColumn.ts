/** Numbers in one piece of a column: 32 KB. */
const pieceLength = 4096;

/** A list of numbers that takes eight bytes for each, outside the heap, and is never copied while it grows. */
export class NumberColumn {
	readonly #pieces: Float64Array[] = [];
	#length = 0;

	get length(): number {
		return this.#length;
	}

	push(value: number): void {
		const at = this.#length % pieceLength;
		const piece = at === 0 ? new Float64Array(pieceLength) : this.#pieces.at(-1);
		if (at === 0 && piece) {
			this.#pieces.push(piece);
		}
		if (piece) {
			piece[at] = value;
		}
		this.#length++;
	}

	/** Undefined outside the list. */
	at(index: number): number | undefined {
		return index < this.#length ? this.#pieces[Math.floor(index / pieceLength)]?.[index % pieceLength] : undefined;
	}

	/** A sorted copy. */
	sorted(): Float64Array {
		const all = new Float64Array(this.#length);
		this.#pieces.forEach((piece, index) =>
			all.set(piece.subarray(0, this.#length - index * pieceLength), index * pieceLength),
		);
		return all.sort();
	}

	/** Changes a number; a list that is too short is filled with zeros. */
	set(index: number, value: number): void {
		while (this.#length <= index) {
			this.push(0);
		}
		const piece = this.#pieces[Math.floor(index / pieceLength)];
		if (piece) {
			piece[index % pieceLength] = value;
		}
	}
}
