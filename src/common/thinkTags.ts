import { endsInCode } from './openCode.ts';

export type Piece =
	| { type: 'text' | 'thinking'; text: string }
	/** All text so far, which was of one kind, is of this kind. */
	| { type: 'reclassify'; as: 'text' | 'thinking' };

/** The tags that models put around their thinking, taken from their templates and prompts. */
export const thinkTags = [
	{ opening: '<think>', closing: '</think>' },
	{ opening: '<thinking>', closing: '</thinking>' },
	{ opening: '<thought>', closing: '</thought>' },
	{ opening: '<reasoning>', closing: '</reasoning>' },
	// Magistral.
	{ opening: '[THINK]', closing: '[/THINK]' },
] as const;
export type ThinkTag = (typeof thinkTags)[number];

const openingTags = thinkTags.map(({ opening }) => opening);
const longestTag = Math.max(...thinkTags.map(({ closing }) => closing.length));
/** What follows a tag that a sentence merely mentions; this many characters are enough to decide. */
const mention = /^(?:[,;:)]| (?:is|are|and|or|tags?)\b)/;
const mentionLength = 6;
/** After this many closing tags that end nothing, the answer is taken to be about tags (or to be broken). */
const maxMentions = 20;

/** Length of the longest suffix of `text` that could be the beginning of one of the tags. */
function partialTag(text: string, tags: readonly string[]): number {
	for (let length = Math.min(text.length, longestTag - 1); length > 0; length--) {
		const end = text.slice(-length);
		if (tags.some((tag) => tag.length > length && tag.startsWith(end))) {
			return length;
		}
	}
	return 0;
}

/**
 * Separates `<think>..</think>` and the like (`thinkTags`) from an answer, for servers that leave the tags of the model's
 * template in it. Only a tag at the very start opens a block, unless a sentence merely mentions it; a later one is part of
 * the answer, for example in a code block. Time is linear in the length of the answer, however it is split.
 *
 * A template may open the block itself, so that the answer begins with the thinking and has only `</think>`
 * (`endsThinking` decides which one counts). The first such answer is passed on as text and reclassified as thinking at
 * the tag; `opensItself` tells the next reader of the same model to begin inside the block.
 */
export class ThinkTags {
	/** `opened` and `after` drop white space up to the first character after a tag. */
	#state: 'start' | 'opened' | 'thinking' | 'after' | 'undecided' | 'text' = 'start';
	/** The block was assumed to be open before anything arrived. */
	#assumed: boolean;
	/** White space before the answer; part of the answer only if it does not begin with a tag. */
	#lead = '';
	/** What cannot be classified until more arrives. */
	#pending = '';
	/** The tags that may close the block: only the matching one once an opening tag was seen. */
	#tags: readonly ThinkTag[] = thinkTags;
	/** The text that was passed on although it may still be thinking. */
	#given = '';
	#mentions = 0;
	opensItself: boolean;

	constructor(opensItself: boolean) {
		this.opensItself = opensItself;
		this.#assumed = opensItself;
	}

	push(text: string): Piece[] {
		if (this.#state === 'text') {
			return [{ type: 'text', text }];
		}
		if (this.#state === 'start' && this.#pending === '') {
			const begun = text.trimStart();
			this.#lead += text.slice(0, text.length - begun.length);
			text = begun;
		}
		this.#pending += text;
		return this.#take(false);
	}

	/** Returns what was held back until the end of the answer. `finished`: the answer ended normally, not at a limit. */
	end(finished: boolean): Piece[] {
		const pieces = this.#take(true);
		if (this.#state === 'thinking' && this.#assumed && finished) {
			this.opensItself = false;
			pieces.push({ type: 'reclassify', as: 'text' });
		}
		return pieces;
	}

	#take(ended: boolean): Piece[] {
		const pieces: Piece[] = [];
		while (this.#step(pieces, ended)) {
			// Each step takes a tag or changes the state.
		}
		return pieces;
	}

	/** Passes on the first `length` characters of what is pending. */
	#give(pieces: Piece[], type: 'text' | 'thinking', length: number): void {
		if (length > 0) {
			pieces.push({ type, text: this.#pending.slice(0, length) });
			this.#pending = this.#pending.slice(length);
		}
	}

	/** How much of what is pending can be passed on if it contains no closing tag. */
	#certain(ended: boolean): number {
		const closings = this.#tags.map(({ closing }) => closing);
		return this.#pending.length - (ended ? 0 : partialTag(this.#pending, closings));
	}

	/** The first closing tag in what is pending. */
	#closing(): { at: number; tag: ThinkTag } | undefined {
		let first: { at: number; tag: ThinkTag } | undefined;
		for (const tag of this.#tags) {
			const at = this.#pending.indexOf(tag.closing);
			if (at !== -1 && (first === undefined || at < first.at)) {
				first = { at, tag };
			}
		}
		return first;
	}

	/** False when nothing more can be decided before the next piece arrives. */
	#step(pieces: Piece[], ended: boolean): boolean {
		switch (this.#state) {
			case 'start':
				return this.#begin(ended);
			case 'opened':
				this.#pending = this.#pending.trimStart();
				if (this.#pending === '') {
					return false;
				}
				this.#state = 'thinking';
				return true;
			case 'thinking': {
				const closing = this.#closing();
				this.#give(pieces, 'thinking', closing?.at ?? this.#certain(ended));
				return closing !== undefined && this.#close(closing.tag);
			}
			case 'undecided':
				return this.#decide(pieces, ended);
			case 'after':
				this.#pending = this.#pending.trimStart();
				if (this.#pending === '') {
					return false;
				}
				this.#state = 'text';
				return true;
			case 'text':
				this.#give(pieces, 'text', this.#pending.length);
				return false;
		}
	}

	#begin(ended: boolean): boolean {
		const begun = this.#pending;
		const opened = thinkTags.find(({ opening }) => begun.startsWith(opening));
		if (opened !== undefined) {
			const following = begun.slice(opened.opening.length, opened.opening.length + mentionLength);
			if (!ended && (following === '' || (following.startsWith(' ') && following.length < mentionLength))) {
				return false;
			}
			this.#assumed = false;
			if (mention.test(following)) {
				this.#pending = this.#lead + begun;
				this.#state = 'text';
				return true;
			}
			this.#pending = begun.slice(opened.opening.length);
			this.#tags = [opened];
			this.#state = 'opened';
			this.opensItself = false;
			return true;
		}
		const mayOpen = openingTags.some((tag) => tag.startsWith(begun));
		if (begun === '' || (!ended && (mayOpen || thinkTags.some(({ closing }) => closing.startsWith(begun))))) {
			return false;
		}
		this.#pending = this.#lead + begun;
		this.#state = this.#assumed ? 'opened' : 'undecided';
		return true;
	}

	/** Looks for a closing tag that ends thinking whose beginning was never seen. */
	#decide(pieces: Piece[], ended: boolean): boolean {
		const closing = this.#closing();
		const end = closing === undefined ? 0 : closing.at + closing.tag.closing.length;
		const following = this.#pending[end] ?? (ended ? '\n' : undefined);
		if (closing === undefined || following === undefined) {
			this.#giveUndecided(pieces, closing?.at ?? this.#certain(ended));
			return false;
		}
		const { at, tag } = closing;
		const before = this.#given + this.#pending.slice(0, at);
		if (endsThinking(before, following, tag)) {
			this.opensItself = true;
			if (before.trim() === '') {
				this.#pending = this.#pending.slice(at);
			} else {
				this.#giveUndecided(pieces, at);
				pieces.push({ type: 'reclassify', as: 'thinking' });
			}
			return this.#close(tag);
		}
		this.#giveUndecided(pieces, end);
		if (++this.#mentions === maxMentions) {
			this.#state = 'text';
		}
		return true;
	}

	#giveUndecided(pieces: Piece[], length: number): void {
		this.#given += this.#pending.slice(0, length);
		this.#give(pieces, 'text', length);
	}

	#close(tag: ThinkTag): true {
		this.#pending = this.#pending.slice(tag.closing.length);
		this.#given = '';
		this.#state = 'after';
		return true;
	}
}

/**
 * Whether a closing tag between `before`, the answer so far, and the next character, `following`, ends thinking that the
 * model's template opened. In the chat templates it is at the start of a line (`..\n</think>\n\n..`: DeepSeek R1, QwQ,
 * Qwen3) or directly after the end of a sentence, without spaces (`..</think>..`: DeepSeek V3.1). In an answer about tags
 * it is in code, between spaces or quotes, or after an opening tag.
 */
function endsThinking(before: string, following: string, tag: ThinkTag): boolean {
	const line = before.slice(before.lastIndexOf('\n') + 1);
	const stands = /^ {0,3}$/.test(line) || /[\p{L}\p{N}.!?…)\]。！？）]$/u.test(line.slice(-2));
	return stands && !/[ \t,.;:!?)]/.test(following) && !before.includes(tag.opening) && !endsInCode(before);
}
