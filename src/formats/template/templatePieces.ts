import { parseTemplate } from '../../prompts/variables/parseTemplate.ts';
import type { TemplateTag } from '../../prompts/variables/templateTag.ts';

/** A text that a template renders as it is, or a tag. */
export type TemplatePiece = string | TemplateTag;

/**
 * The pieces of a template in our language, with the backslashes of texts taken away, for writers of other languages.
 * Tags that cannot be rendered are text.
 */
export function templatePieces(text: string): TemplatePiece[] {
	const { tags, backslashes } = parseTemplate(text);
	const pieces: TemplatePiece[] = [];
	let at = 0;
	let next = 0;
	for (const tag of [...tags, undefined]) {
		const end = tag?.start ?? text.length;
		let literal = '';
		for (; (backslashes[next]?.start ?? Infinity) < end; next++) {
			const { start, end: after } = backslashes[next] ?? { start: at, end: at };
			literal += text.slice(at, start) + '\\'.repeat(Math.floor((after - start) / 2));
			at = after;
		}
		literal += text.slice(at, Math.max(at, end));
		if (literal !== '') {
			pieces.push(literal);
		}
		if (tag) {
			pieces.push(tag);
			at = tag.end;
		}
	}
	return pieces;
}

/** The text of a template without variables; undefined if it has any. */
export function plainTextOf(text: string): string | undefined {
	const pieces = templatePieces(text).filter((piece) => typeof piece === 'string' || piece.kind !== 'comment');
	return pieces.every((piece) => typeof piece === 'string') ? pieces.join('') : undefined;
}
