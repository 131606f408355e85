import type { FenceRange } from './fenceRanges.ts';
import type { TextLine } from './textLines.ts';

/** A sentence or a list item's sentence: what a rule of a prompt is usually written as. */
export interface Statement {
	start: number;
	end: number;
	/** Index of the line that it starts on. */
	line: number;
	/** Whether it is all of a list item. */
	isItem: boolean;
}

const itemStart = /^(?:[ \t]*>)*[ \t]*(?:[-*+•]|\d{1,9}[.)])[ \t]+/;
const otherStart = /^(?:[ \t]*>)*[ \t]*/;

/** The sentences of the prose, without headings, tables, code blocks and lines that are only a tag or a variable. */
export function findStatements(
	text: string,
	prose: string,
	lines: readonly TextLine[],
	fences: readonly FenceRange[],
): Statement[] {
	const found: Statement[] = [];
	let open: { start: number; end: number; line: number; isItem: boolean } | undefined;
	const close = () => {
		if (open) {
			addSentences(text, prose, open, lines, found);
		}
		open = undefined;
	};
	let fence = 0;
	for (let index = 0; index < lines.length; index++) {
		if (fences[fence]?.firstLine === index) {
			close();
			index = fences[fence]?.lastLine ?? index;
			fence++;
			continue;
		}
		const { start = 0, end = 0 } = lines[index] ?? {};
		if (isNoProse(prose.slice(start, end))) {
			close();
			continue;
		}
		const line = text.slice(start, end);
		const item = itemStart.exec(line)?.[0];
		const prefix = item ?? otherStart.exec(line)?.[0] ?? '';
		const leavesItem = open?.isItem === true && prefix === '';
		if (item !== undefined || !open || leavesItem) {
			close();
			open = { start: start + prefix.length, end, line: index, isItem: item !== undefined };
		} else {
			open.end = end;
		}
	}
	close();
	return found;
}

/** Characters of the shortest text that can be a rule. */
const shortest = 6;

/** A full stop before a capital, white space (which may be a masked code span) or the end; in Chinese and Japanese, anywhere. */
const sentenceEnd = /[.!?]["')\]*_]{0,3}(?=\s+["'([*_]{0,3}(?:[A-Z]|\s|$))|[。！？]/g;

function isNoProse(line: string): boolean {
	const text = line.trim();
	return text === '' || /^(?:#{1,6}[ \t]|[|]|<\/?\w[^<>]*>$|\{\{[^{}]*\}\}$|-{3,}$|={3,}$|\*{3,}$)/.test(text);
}

function addSentences(
	text: string,
	prose: string,
	block: { start: number; end: number; line: number; isItem: boolean },
	lines: readonly TextLine[],
	found: Statement[],
): void {
	const masked = prose.slice(block.start, block.end);
	const { length } = masked;
	let from = 0;
	let line = block.line;
	const add = (to: number) => {
		const part = text.slice(block.start + from, block.start + to);
		const start = block.start + from + (part.length - part.trimStart().length);
		const end = block.start + from + part.trimEnd().length;
		while ((lines[line + 1]?.start ?? Infinity) <= start) {
			line++;
		}
		if (end - start >= shortest) {
			found.push({ start, end, line, isItem: block.isItem && from === 0 && to === length });
		}
		from = to;
	};
	for (const { 0: mark, index } of masked.matchAll(sentenceEnd)) {
		add(index + mark.length);
	}
	add(length);
}
