import { parseTemplate } from '../../prompts/variables/parseTemplate.ts';

/** Parses again after each thousand problems, which is what the parser reports at most; a text has rarely one. */
const maxRounds = 200;
const pieceLength = 16_384;

/** The offsets at which our template language sees a tag, or something that is meant as one, and where that ends. */
function tagRanges(text: string): { start: number; end: number }[] {
	const { tags, problems, backslashes } = parseTemplate(text);
	const ranges = new Map<number, number>(backslashes.map(({ end }) => [end, end]));
	for (const { start, end } of [...problems, ...tags]) {
		ranges.set(start, Math.max(end, ranges.get(start) ?? 0));
	}
	return [...ranges].map(([start, end]) => ({ start, end })).sort((a, b) => a.start - b.start);
}

/** The text written so that our template language renders exactly it: what looks like a tag gets backslashes. */
export function asLiteral(text: string): string {
	return /\{[{%#]/.test(text) ? piecesOf(text).map(literalPiece).join('') : text;
}

/**
 * Pieces that are parsed by themselves, so that the time stays linear in the number of lines. Tags stand on one line; a
 * comment of several lines is not closed in its piece, and gets its backslash all the same.
 */
function piecesOf(text: string): string[] {
	const pieces: string[] = [];
	let start = 0;
	while (text.length - start > pieceLength) {
		const next = text.indexOf('\n', start + pieceLength);
		if (next < 0) {
			break;
		}
		pieces.push(text.slice(start, next + 1));
		start = next + 1;
	}
	return [...pieces, text.slice(start)];
}

function literalPiece(text: string): string {
	let written = '';
	let rest = text;
	for (let round = 0; round < maxRounds; round++) {
		const ranges = tagRanges(rest).slice(0, 1_000);
		if (ranges.length === 0) {
			break;
		}
		let done = 0;
		for (const { start, end } of ranges) {
			const before = rest.slice(done, start);
			const backslashes = /\\*$/.exec(before)?.[0] ?? '';
			const braces = /^(?:\{+[%#]?)/.exec(rest.slice(start, start + 200))?.[0] ?? '';
			written += `${before}${backslashes}\\${braces}`;
			done = start + braces.length;
			// As text, it no longer hides what stands in it.
			if (/\{[{%#]/.test(rest.slice(done, end))) {
				break;
			}
		}
		rest = rest.slice(done);
	}
	return written + rest;
}

/** Whether the text has something that our template language would take for a tag. */
export function hasTagForms(text: string): boolean {
	return /\{[{%#]/.test(text) && tagRanges(text).length > 0;
}

/** A value in which no text is a template, at any depth. */
export function literalValue(value: unknown): unknown {
	if (typeof value === 'string') {
		return asLiteral(value);
	}
	if (Array.isArray(value)) {
		return value.map(literalValue);
	}
	return typeof value === 'object' && value !== null
		? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, literalValue(item)]))
		: value;
}
