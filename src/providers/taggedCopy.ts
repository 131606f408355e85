import { thinkTags, type ThinkTag } from '../common/thinkTags.ts';

/** So much of a copy is compared before its end: enough to tell it from an answer that only begins with the tag. */
const compared = 256;
/** A copy may have so much more white space around it than the original. */
const slack = 256;

/**
 * For servers that send reasoning in a field of its own and leave it, within `<think>..</think>`, at the start of the
 * answer too. The tagged copy is left out where it says the same; tags around anything else are part of the answer. The
 * beginning is compared as it comes and the whole once, at the closing tag, so that a long copy takes linear time.
 */
export class TaggedCopy {
	/** White space before the answer. */
	#lead = '';
	/** The answer so far: what may still be a copy. Undefined once that is decided. */
	#held: string | undefined = '';
	#tag: ThinkTag | undefined;
	/** The end of what is held, in which the closing tag is looked for. */
	#tail = '';
	/** Until the first character behind the copy, to drop white space. */
	#afterCopy = false;

	/** Adds a piece of the answer and gives what of it can be shown. `reasoning`: all that came in the field so far. */
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

	/** What was held back, at the end of the answer. */
	end(): string {
		const held = this.#held === undefined ? '' : this.#lead + this.#held;
		this.#held = undefined;
		return held;
	}

	#mayBeCopy({ opening, closing }: ThinkTag, reasoning: string): boolean {
		const held = this.#held ?? '';
		if (held.length > compared) {
			return held.length <= opening.length + reasoning.length + closing.length + slack;
		}
		const copy = held.slice(opening.length).trim();
		// The end of the copy may be the beginning of the closing tag.
		const certain = copy.slice(0, Math.max(0, copy.length - closing.length + 1)).trimEnd();
		return reasoning.trimStart().startsWith(certain);
	}
}
