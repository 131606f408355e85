/** Bytes that are written together, in memory that is used again for the next ones. */
export class ByteCollector {
	#bytes = Buffer.allocUnsafe(64 * 1024);
	#length = 0;

	get length(): number {
		return this.#length;
	}

	add(bytes: Uint8Array): void {
		if (this.#length + bytes.length > this.#bytes.length) {
			const larger = Buffer.allocUnsafe(2 * (this.#length + bytes.length));
			larger.set(this.#bytes.subarray(0, this.#length));
			this.#bytes = larger;
		}
		this.#bytes.set(bytes, this.#length);
		this.#length += bytes.length;
	}

	/** What was added; it is valid until something is added again. The collector is empty afterwards. */
	take(): Uint8Array {
		const bytes = this.#bytes.subarray(0, this.#length);
		this.#length = 0;
		if (bytes.length > largestKept) {
			this.#bytes = Buffer.allocUnsafe(64 * 1024);
		}
		return bytes;
	}
}

/** Memory of a large answer is not kept. */
const largestKept = 4 * 1024 * 1024;
