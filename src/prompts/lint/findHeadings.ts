import type { FenceRange } from './fenceRanges.ts';
import { linesOutside } from './linesOutside.ts';
import type { TextLine } from './textLines.ts';

/** A heading that begins with number signs. */
export interface Heading {
	level: number;
	title: string;
	start: number;
	/** Before white space at the end of its line. */
	end: number;
	/** Index of its line. */
	line: number;
}

export function findHeadings(text: string, lines: readonly TextLine[], fences: readonly FenceRange[]): Heading[] {
	const headings: Heading[] = [];
	for (const { start, end, index } of linesOutside(lines, fences)) {
		if (text[start] !== '#' && text[start] !== ' ') {
			continue;
		}
		const line = text.slice(start, end).trimEnd();
		const [, marks, title] = /^ {0,3}(#{1,6})[ \t]+(\S.*)$/.exec(line) ?? [];
		if (marks !== undefined && title !== undefined) {
			headings.push({ level: marks.length, title, start, end: start + line.length, line: index });
		}
	}
	return headings;
}
