import createMarkdownIt, { type MarkdownIt, type StateBlock, type Token } from 'markdown-it';
import { FenceEnd, fenceLine, type FenceLine } from './fence.ts';

/** The only parser of answers: every code block that a page shows with buttons can be used in a draft. */
export function createMarkdownParser(): MarkdownIt {
	const markdown = createMarkdownIt({ html: false, linkify: true, typographer: false });
	markdown.block.ruler.at('fence', fenceRule, { alt: ['paragraph', 'reference', 'blockquote', 'list'] });
	return markdown;
}

/** First word of a fence's info string, with entities and escapes resolved; empty if there is none. */
export function languageOf(markdown: MarkdownIt, { info }: Token): string {
	return markdown.utils.unescapeAll(info).trim().split(/\s+/, 1)[0] ?? '';
}

/** Whether a fence has a closing line; without one it ends with its container or with the text. */
export function isClosed({ meta }: Token): boolean {
	return (meta as FenceMeta | null)?.closed ?? false;
}

interface FenceMeta {
	closed: boolean;
}

/** A CommonMark fence, except for where it ends: see `FenceEnd`. */
function fenceRule(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
	const opening = fenceAt(state, startLine);
	if (!opening) {
		return false;
	}
	if (silent) {
		return true;
	}
	const end = new FenceEnd(opening.marker);
	let line = startLine + 1;
	let closed = false;
	while (line < endLine && !closed && !leavesContainer(state, line)) {
		closed = indentOf(state, line) < 4 && end.ends(textOf(state, line));
		line++;
	}
	const token = state.push('fence', 'code', 0);
	token.info = opening.info;
	token.markup = opening.marker;
	token.content = state.getLines(startLine + 1, closed ? line - 1 : line, state.sCount[startLine] ?? 0, true);
	token.map = [startLine, line];
	token.meta = { closed } satisfies FenceMeta;
	state.line = line;
	return true;
}

function fenceAt(state: StateBlock, line: number): FenceLine | undefined {
	return indentOf(state, line) < 4 ? fenceLine(textOf(state, line)) : undefined;
}

function indentOf(state: StateBlock, line: number): number {
	return (state.sCount[line] ?? 0) - state.blkIndent;
}

/** Whether a line is not empty and is indented less than the list item around the fence. */
function leavesContainer(state: StateBlock, line: number): boolean {
	return !state.isEmpty(line) && indentOf(state, line) < 0;
}

function textOf({ src, bMarks, tShift, eMarks }: StateBlock, line: number): string {
	return src.slice((bMarks[line] ?? 0) + (tShift[line] ?? 0), eMarks[line]);
}
