import { thinkTags, type ThinkTag } from '../common/thinkTags.ts';

/** How many characters are compared before the copy ends: enough to distinguish it from an answer that only begins with a tag. */
const comparedLength = 256;
/** How much more white space a copy may have around it than the original. */
const maxExtraSpace = 256;

/**
 * For servers that send reasoning in a separate field and also leave it, within `<think>..</think>`, at the start of the
 * answer. The tagged copy is dropped if it is the same text; tags around anything else are part of the answer. The beginning
 * is compared as it arrives and the complete text once, at the closing tag, so that a long copy takes linear time.
 */
export class TaggedCopy {
	/** White space before the answer. */
	#lead = '';
	/** The answer so far, which may still be a copy; undefined once that is decided. */
	#held: string | undefined = '';
	#tag: ThinkTag | undefined;
	/** The end of what is held, which may contain the beginning of the closing tag. */
	#tail = '';
	/** Set until the first character after the copy, to drop white space. */
	#afterCopy = false;

	/** Adds a piece of the answer and returns what can be shown. `reasoning`: everything that has arrived in the field. */
	push(text: string, reasoning: string): string {
		if (this.#held === undefined) {
			const rest = this.#afterCopy ? text.trimStart() : text;
			this.#afterCopy &&= rest === '';
			return rest;
		}
		if (this.#held === '') {
			const begun = text.trimStart();
			this.#lead += text.slice(0, text.length - begun.length);
			text = begun;
		}
		this.#held += text;
		this.#tag ??= thinkTags.find(({ opening }) => this.#held?.startsWith(opening));
		if (this.#tag === undefined) {
			return thinkTags.some(({ opening }) => opening.startsWith(this.#held ?? '')) ? '' : this.end();
		}
		const { opening, closing } = this.#tag;
		const searched = this.#tail + text;
		const found = searched.indexOf(closing);
		if (found === -1) {
			this.#tail = searched.slice(1 - closing.length);
			return this.#mayBeCopy(this.#tag, reasoning) ? '' : this.end();
		}
		const end = this.#held.length - searched.length + found;
		if (this.#held.slice(opening.length, end).trim() !== reasoning.trim()) {
			return this.end();
		}
		const rest = this.#held.slice(end + closing.length);
		this.#held = undefined;
		this.#afterCopy = true;
		return this.push(rest, reasoning);
	}

	/** Returns what was held back until the end of the answer. */
	end(): string {
		const held = this.#held === undefined ? '' : this.#lead + this.#held;
		this.#held = undefined;
		return held;
	}

	#mayBeCopy({ opening, closing }: ThinkTag, reasoning: string): boolean {
		const held = this.#held ?? '';
		if (held.length > comparedLength) {
			return held.length <= opening.length + reasoning.length + closing.length + maxExtraSpace;
		}
		const copy = held.slice(opening.length).trim();
		// The end of the copy may be the beginning of the closing tag.
		const certain = copy.slice(0, Math.max(0, copy.length - closing.length + 1)).trimEnd();
		return reasoning.trimStart().startsWith(certain);
	}
}
