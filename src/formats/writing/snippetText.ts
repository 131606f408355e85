import { templatePieces, type TemplatePiece } from '../template/templatePieces.ts';

/** How a programming language writes what a template says. */
export interface SnippetLanguage {
	text(value: string): string;
	/** A variable with its filters as a text. `frames` are what names are looked for in, the innermost last. */
	variable(piece: Exclude<TemplatePiece, string>, frames: readonly string[]): string;
	/** For each item of a section, or if there is none. Gives an expression that is spread in a list of texts. */
	section(
		piece: Exclude<TemplatePiece, string>,
		frames: readonly string[],
		item: string,
		body: readonly string[],
	): string;
	/** Texts one after the other. */
	joined(parts: readonly string[]): string;
}

/** The expression of a template in our language. */
export function snippetText(template: string, language: SnippetLanguage): string {
	const pieces = templatePieces(template).filter((piece) => typeof piece === 'string' || piece.kind !== 'comment');
	const { parts } = partsFrom(pieces, 0, ['values'], language);
	const [only, ...others] = parts;
	return only === undefined
		? language.text('')
		: others.length === 0 && !isSpread(only)
			? only
			: language.joined(parts);
}

/** Whether a template has anything to fill in. */
export function hasTags(template: string): boolean {
	return templatePieces(template).some((piece) => typeof piece !== 'string' && piece.kind !== 'comment');
}

function isSpread(part: string): boolean {
	return part.startsWith('...') || part.startsWith('*');
}

function partsFrom(
	pieces: readonly TemplatePiece[],
	start: number,
	frames: readonly string[],
	language: SnippetLanguage,
): { parts: string[]; end: number } {
	const parts: string[] = [];
	let index = start;
	for (; index < pieces.length; index++) {
		const piece = pieces[index];
		if (piece === undefined || (typeof piece !== 'string' && piece.kind === 'end')) {
			break;
		}
		if (typeof piece === 'string') {
			parts.push(language.text(piece));
		} else if (piece.kind === 'variable') {
			parts.push(language.variable(piece, frames));
		} else {
			const item = `item${frames.length}`;
			const inner = piece.kind === 'section' ? [...frames, item] : frames;
			const { parts: body, end } = partsFrom(pieces, index + 1, inner, language);
			parts.push(language.section(piece, frames, item, body));
			index = end;
		}
	}
	return { parts, end: index };
}
