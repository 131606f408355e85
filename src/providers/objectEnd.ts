/** Detects when a JSON object that arrives in pieces is complete, in one pass over its characters. */
export class ObjectEnd {
	#depth = 0;
	#inString = false;
	#escaped = false;
	/** True once a complete object has arrived. */
	reached = false;

	push(text: string): void {
		for (let at = 0; at < text.length && !this.reached; at++) {
			const character = text[at];
			if (this.#escaped) {
				this.#escaped = false;
			} else if (this.#inString) {
				this.#escaped = character === '\\';
				this.#inString = character !== '"';
			} else if (character === '"') {
				this.#inString = true;
			} else if (character === '{' || character === '[') {
				this.#depth++;
			} else if (character === '}' || character === ']') {
				this.#depth--;
				this.reached = this.#depth === 0 && character === '}';
			}
		}
	}
}
