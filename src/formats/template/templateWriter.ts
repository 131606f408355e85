import * as l10n from '@vscode/l10n';
import type { Findings } from '../reading/findings.ts';
import { asLiteral } from './literal.ts';

/** Writes a text of our template language piece by piece, so that no piece changes what the next one means. */
export class TemplateWriter {
	#text = '';
	/** Text since the last tag: what it means is only known as a whole. */
	#literal = '';
	/** A tag was put after a dollar sign with a blank between them. */
	#separated = false;

	/** The whole text. What had to be put between its pieces is a finding. */
	finish(findings: Findings): string {
		if (this.#separated) {
			findings.changed(
				'$',
				l10n.t('A blank was put between a dollar sign and the tag after it, which would be text'),
			);
		}
		return this.#text + asLiteral(this.#literal);
	}

	/** Text that is rendered as it is. */
	literal(text: string): void {
		this.#literal += text;
	}

	/** A tag, or several without text between them. */
	tag(source: string): void {
		const backslashes = /\\*$/.exec(this.#literal)?.[0] ?? '';
		let before = asLiteral(this.#literal) + backslashes;
		if (before.endsWith('$')) {
			// Here a tag after a dollar sign is text, as in shells and JavaScript.
			before += ' ';
			this.#separated = true;
		} else if (before.endsWith('{')) {
			before += '{{!}}';
		}
		this.#text += before + source;
		this.#literal = '';
	}

	/** Takes blanks from the end of the text, as tags with a dash or tilde ask for. */
	trimEnd(): void {
		this.#literal = this.#literal.trimEnd();
	}
}
