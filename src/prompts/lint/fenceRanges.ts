import { FenceEnd, fenceLine, type FenceLine } from '../../common/fence.ts';
import type { TextLine } from './textLines.ts';

/** A fenced code block. Offsets are in UTF-16 code units. */
export interface FenceRange {
	language: string;
	/** Index of the opening fence's line. */
	firstLine: number;
	/** Index of the last line that belongs to the block. */
	lastLine: number;
	start: number;
	/** The end of its last line, before the line ending. */
	end: number;
	closed: boolean;
}

/** What a fence is nested in: quotes, and a list item whose text begins at a column. */
interface Container {
	quotes: number;
	column: number;
}

const listMarkers = /^(?:[ \t]*(?:[-*+]|\d{1,9}[.)])(?=[ \t]))+[ \t]*/;

/**
 * The fenced code blocks of a text, line by line. `fencedBlocks` in common parses all of Markdown, which takes 90 ms for
 * 200 KB of list items: too long while somebody types. A test compares the two.
 */
export function fenceRanges(text: string, lines: readonly TextLine[]): FenceRange[] {
	const marked = linesWithMarks(text, lines);
	const ranges: FenceRange[] = [];
	if (marked.size === 0) {
		return ranges;
	}
	let columns: number[] = [];
	let inParagraph = false;
	for (let index = 0; index < lines.length; index++) {
		const { quotes, content } = unquoted(text, lines[index]);
		const indentation = indentationOf(content);
		if (indentation < 0) {
			inParagraph = false;
			continue;
		}
		const markers = /[-*+.)]/.test(content) ? (listMarkers.exec(content)?.[0] ?? '') : '';
		const fence = marked.has(index) ? fenceLine(content.slice(markers.length).trimStart()) : undefined;
		const isPlain = markers === '' && !fence && !/^[ \t]*#{1,6}(?:[ \t]|$)/.test(content);
		// A line that goes on with a paragraph need not be indented like its list item.
		if (!(isPlain && inParagraph)) {
			columns = columns.filter((column) => column <= indentation);
		}
		inParagraph = isPlain || (markers !== '' && content.length > markers.length);
		if (markers !== '') {
			columns.push(width(markers));
		}
		const column = columns.at(-1) ?? 0;
		const isCode = markers === '' && indentation - column >= 4;
		if (fence && !isCode) {
			const range = endOf(text, lines, index, fence, { quotes, column });
			ranges.push(range);
			index = range.lastLine;
			inParagraph = false;
		}
	}
	return ranges;
}

function endOf(
	text: string,
	lines: readonly TextLine[],
	firstLine: number,
	{ marker, info }: FenceLine,
	container: Container,
): FenceRange {
	const end = new FenceEnd(marker);
	let lastLine = firstLine;
	let closed = false;
	while (lastLine + 1 < lines.length && !closed) {
		const { quotes, content } = unquoted(text, lines[lastLine + 1], container.quotes);
		const indentation = indentationOf(content);
		const isEmpty = indentation < 0;
		if (quotes < container.quotes || (!isEmpty && indentation < container.column)) {
			break;
		}
		lastLine++;
		closed = !isEmpty && indentation - container.column < 4 && end.ends(content.trimStart());
	}
	return {
		language: info.trim().split(/\s+/, 1)[0] ?? '',
		firstLine,
		lastLine,
		start: lines[firstLine]?.start ?? 0,
		end: lines[lastLine]?.end ?? text.length,
		closed,
	};
}

/** Indexes of the lines that hold three backticks or tildes. */
function linesWithMarks(text: string, lines: readonly TextLine[]): Set<number> {
	const marked = new Set<number>();
	let line = 0;
	for (const { index } of text.matchAll(/`{3,}|~{3,}/g)) {
		while ((lines[line]?.end ?? Infinity) < index) {
			line++;
		}
		marked.add(line);
	}
	return marked;
}

function unquoted(text: string, line: TextLine | undefined, most = Infinity): { quotes: number; content: string } {
	const whole = line ? text.slice(line.start, line.end) : '';
	let quotes = 0;
	let from = 0;
	while (quotes < most) {
		let mark = from;
		while (mark < from + 3 && whole[mark] === ' ') {
			mark++;
		}
		if (whole[mark] !== '>') {
			break;
		}
		quotes++;
		from = mark + (whole[mark + 1] === ' ' ? 2 : 1);
	}
	return { quotes, content: whole.slice(from) };
}

/** Columns before the first character that is no white space; -1 if there is none. */
function indentationOf(line: string): number {
	let column = 0;
	for (let index = 0; index < line.length; index++) {
		const character = line[index];
		if (character === '\t') {
			column += 4 - (column % 4);
		} else if (character === ' ') {
			column++;
		} else {
			return line.trim() === '' ? -1 : column;
		}
	}
	return -1;
}

/** Columns that white space and markers take, with tab stops at four. */
function width(text: string): number {
	let column = 0;
	for (const character of text) {
		column += character === '\t' ? 4 - (column % 4) : 1;
	}
	return column;
}
