import type { FenceRange } from './fenceRanges.ts';
import { linesOutside } from './linesOutside.ts';
import type { TextLine } from './textLines.ts';

/** A part of a text. Offsets are in UTF-16 code units; `end` is exclusive. */
export interface TextRange {
	start: number;
	end: number;
}

/**
 * Code spans outside of fenced blocks. As an approximation of CommonMark a span does not cross a line: it ends at the
 * next run of backticks of the same length.
 */
export function codeSpans(text: string, lines: readonly TextLine[], fences: readonly FenceRange[]): TextRange[] {
	const spans: TextRange[] = [];
	if (!text.includes('`')) {
		return spans;
	}
	for (const { start, end } of linesOutside(lines, fences)) {
		spans.push(...spansOf(text.slice(start, end), start));
	}
	return spans;
}

function* spansOf(line: string, offset: number): Generator<TextRange> {
	if (!line.includes('`')) {
		return;
	}
	const runs = [...line.matchAll(/`+/g)].map(({ 0: { length }, index }) => ({ length, index }));
	const next = new Map<number, number>();
	const partner = new Array<number | undefined>(runs.length);
	for (let at = runs.length - 1; at >= 0; at--) {
		const { length = 0 } = runs[at] ?? {};
		partner[at] = next.get(length);
		next.set(length, at);
	}
	for (let at = 0; at < runs.length; at++) {
		const closing = partner[at];
		const close = closing === undefined ? undefined : runs[closing];
		if (closing !== undefined && close) {
			yield { start: offset + (runs[at]?.index ?? 0), end: offset + close.index + close.length };
			at = closing;
		}
	}
}

/** The text with each of these ranges, sorted and apart, as spaces. Line endings stay, so every offset does. */
export function maskText(text: string, ranges: readonly TextRange[]): string {
	const parts: string[] = [];
	let end = 0;
	for (const range of ranges) {
		parts.push(text.slice(end, range.start), text.slice(range.start, range.end).replace(/[^\r\n]/g, ' '));
		end = range.end;
	}
	parts.push(text.slice(end));
	return parts.join('');
}
