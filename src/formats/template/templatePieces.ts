import { parseTemplate } from '../../prompts/variables/parseTemplate.ts';
import type { TemplateTag } from '../../prompts/variables/templateTag.ts';
import { textPieces } from '../../prompts/variables/textPieces.ts';

/** A text that a template renders as it is, or a tag. */
export type TemplatePiece = string | TemplateTag;

/**
 * The pieces of a template in our language, with the backslashes of texts taken away, for writers of other languages.
 * Tags that cannot be rendered are text, and so are those that `isTag` refuses. Lines that leave nothing behind are not
 * in the texts, unless the other language has the same rule.
 */
export function templatePieces(
	text: string,
	{ isTag = () => true, keepsLonelyLines = false }: PieceOptions = {},
): TemplatePiece[] {
	const { tags, backslashes } = parseTemplate(text);
	const kept = tags.filter(isTag);
	return textPieces(text, kept, backslashes, keepsLonelyLines).flatMap((piece, index) => {
		const tag = kept[index];
		return [...(piece === '' ? [] : [piece]), ...(tag ? [tag] : [])];
	});
}

interface PieceOptions {
	isTag?: (tag: TemplateTag) => boolean;
	keepsLonelyLines?: boolean;
}

/** The text of a template without variables; undefined if it has any. */
export function plainTextOf(text: string): string | undefined {
	const pieces = templatePieces(text).filter((piece) => typeof piece === 'string' || piece.kind !== 'comment');
	return pieces.every((piece) => typeof piece === 'string') ? pieces.join('') : undefined;
}
