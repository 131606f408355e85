import { asLiteral } from './literal.ts';

/** Writes a text of our template language piece by piece, so that no piece changes what the next one means. */
export class TemplateWriter {
	#text = '';
	/** A tag was put after a dollar sign with a blank between them. */
	separated = false;

	get text(): string {
		return this.#text;
	}

	/** Text that is rendered as it is. */
	literal(text: string): void {
		this.#text += asLiteral(text);
	}

	/** A tag, or several without text between them. */
	tag(source: string): void {
		const backslashes = /\\*$/.exec(this.#text)?.[0] ?? '';
		this.#text += backslashes;
		if (this.#text.endsWith('$')) {
			// Here a tag after a dollar sign is text, as in shells and JavaScript.
			this.#text += ' ';
			this.separated = true;
		} else if (this.#text.endsWith('{')) {
			this.#text += '{{!}}';
		}
		this.#text += source;
	}

	/** Takes blanks from the end, as tags with a dash or tilde ask for. */
	trimEnd(): void {
		this.#text = this.#text.trimEnd();
	}
}
