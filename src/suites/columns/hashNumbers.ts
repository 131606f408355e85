import { textHash } from '../../disk/textHash.ts';

/** 32-bit words of a hash that are kept: that two of a million differ in none of these 128 bits does not happen. */
const words = 4;
const digits = 8;

/**
 * Numbers different hashes from 0 on, in the order of their first appearance. In tables of numbers outside the heap, since a map of
 * 100,000 texts takes ten times the memory.
 */
export class HashNumbers {
	/** The words of each hash, one after the other. */
	#known = new Uint32Array(1024 * words);
	/** By the first word of a hash, the number after that of the hash, or of one that came before it; 0 where there is none. */
	#slots = new Uint32Array(4096);
	#count = 0;
	readonly #wanted = new Uint32Array(words);

	/** `hash`: hexadecimal digits; of any other text its SHA-256 counts. */
	numberOf(hash: string): number {
		const text = /^[0-9a-f]{32,}$/.test(hash) ? hash : textHash(hash);
		for (let word = 0; word < words; word++) {
			this.#wanted[word] = Number.parseInt(text.slice(word * digits, (word + 1) * digits), 16);
		}
		const slot = this.#find(this.#wanted);
		const found = this.#slots[slot] ?? 0;
		if (found > 0) {
			return found - 1;
		}
		this.#add(slot);
		return this.#count - 1;
	}

	#add(slot: number): void {
		if ((this.#count + 1) * words > this.#known.length) {
			const larger = new Uint32Array(2 * this.#known.length);
			larger.set(this.#known);
			this.#known = larger;
		}
		this.#known.set(this.#wanted, this.#count * words);
		this.#slots[slot] = ++this.#count;
		if (2 * this.#count > this.#slots.length) {
			this.#slots = new Uint32Array(2 * this.#slots.length);
			for (let number = 0; number < this.#count; number++) {
				const free = this.#find(this.#known.subarray(number * words, (number + 1) * words));
				this.#slots[free] = number + 1;
			}
		}
	}

	/** The slot of a hash, or the free one where it belongs. */
	#find(wanted: Uint32Array): number {
		const mask = this.#slots.length - 1;
		let slot = (wanted[0] ?? 0) & mask;
		for (let number; (number = this.#slots[slot] ?? 0) > 0 && !this.#is(number - 1, wanted);) {
			slot = (slot + 1) & mask;
		}
		return slot;
	}

	#is(number: number, wanted: Uint32Array): boolean {
		for (let word = 0; word < words; word++) {
			if (this.#known[number * words + word] !== wanted[word]) {
				return false;
			}
		}
		return true;
	}
}
