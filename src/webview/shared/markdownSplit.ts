import type { Env, MarkdownIt, Token } from 'markdown-it';
import type { FenceEnd } from '../../common/fence.ts';
import { languageOf } from '../../common/markdown.ts';

export interface Split {
	/** Tokens that later text cannot change, and the number of characters that they cover. */
	frozen: Token[];
	frozenLength: number;
	/** What is still growing. */
	tail: Token[];
	/** Set if an unindented fence begins at `frozenLength`. Its content is read line by line, not parsed. */
	fence?: { marker: string; language: string; contentStart: number };
	/** Set if no block ends in the stretch, so that the frozen part is a piece of one. */
	cut?: true;
}

/** Characters parsed in one step. */
const stretchLength = 4096;
/** Longest single block (not a fence); a longer one is cut. */
export const longestBlock = 16_384;

/** Where the stretch that begins at `from` ends: after a line break if there is one. */
function stretchEnd(text: string, from: number, limit: number, length: number): number {
	if (limit - from <= length) {
		return limit;
	}
	const end = from + length;
	const lineEnd = text.lastIndexOf('\n', end - 1) + 1;
	if (lineEnd > from) {
		return lineEnd;
	}
	// Never between the halves of a surrogate pair.
	const code = text.charCodeAt(end - 1);
	return code >= 0xd800 && code <= 0xdbff ? end - 1 : end;
}

/** A fence that is read line by line. */
export interface FenceReading {
	readonly end: FenceEnd;
	/** Offset of the first line that has not been read. */
	next: number;
}

/**
 * Reads the complete lines of an open fence up to `limit`, and an incomplete last line if nothing will follow it.
 * @returns the offset of the line that ends the fence, or undefined if that line has not arrived
 */
export function readFence(text: string, fence: FenceReading, limit: number, complete: boolean): number | undefined {
	while (fence.next < limit) {
		const start = fence.next;
		const lineEnd = text.indexOf('\n', start);
		const isLineComplete = lineEnd !== -1 && lineEnd < limit;
		if (!isLineComplete && !complete) {
			return undefined;
		}
		fence.next = isLineComplete ? lineEnd + 1 : limit;
		if (fence.end.ends(text.slice(start, isLineComplete ? lineEnd : limit).replace(/^ {1,3}/, ''))) {
			return start;
		}
	}
	return undefined;
}

/**
 * Splits the next stretch of a text, beginning at `from`. If no block ends in it, a longer stretch is tried.
 * @param complete nothing will follow `text`, or nothing that is shown
 */
export function nextStretch(
	markdown: MarkdownIt,
	text: string,
	{ from, limit, complete, env }: { from: number; limit: number; complete: boolean; env: Env },
): Split {
	const take = (length: number) => {
		const end = stretchEnd(text, from, limit, length);
		const follows = end < limit ? 'more' : complete ? 'nothing' : 'unknown';
		return splitBlocks(markdown, text.slice(from, end), follows, env);
	};
	const split = take(stretchLength);
	return split.cut ? take(longestBlock) : split;
}

function lineOffsets(text: string): number[] {
	const offsets = [0];
	for (const match of text.matchAll(/\n/g)) {
		offsets.push(match.index + 1);
	}
	return offsets;
}

/** Where to cut a block that fills a whole stretch: before its last list item, or after its last line or word. */
function cutOf(tokens: Token[], text: string, offsets: number[]): number {
	const isList = tokens[0]?.type === 'bullet_list_open' || tokens[0]?.type === 'ordered_list_open';
	const items = isList ? tokens.filter((token) => token.type === 'list_item_open' && token.level === 1) : [];
	const lastItem = offsets[items.at(-1)?.map?.[0] ?? 0] ?? 0;
	return lastItem || offsets.at(-1) || text.lastIndexOf(' ') + 1 || text.length;
}

/**
 * Parses one stretch of Markdown (with `\n` as its only line break) and separates the top-level blocks that are finished.
 * A block is finished when the first line of the next block is complete, because no later text changes where a block
 * begins. The result depends on the text alone, so a growing text looks the same as a finished one.
 * @param follows what comes after `text`: `more` text that is there already, `unknown` if text may still arrive, or `nothing`
 */
export function splitBlocks(
	markdown: MarkdownIt,
	text: string,
	follows: 'more' | 'unknown' | 'nothing',
	env: Env,
): Split {
	const tokens = markdown.parse(text, env);
	const offsets = lineOffsets(text);
	const completeLines = follows === 'nothing' ? offsets.length : offsets.length - 1;
	const last = tokens.findLastIndex(
		(token) => token.level === 0 && token.nesting !== -1 && token.map !== null && token.map[0] < completeLines,
	);
	const token = tokens[last];
	const start = offsets[token?.map?.[0] ?? 0] ?? 0;
	const before = tokens.slice(0, Math.max(last, 0));

	if (token?.type === 'fence' && last === tokens.length - 1 && text.startsWith(token.markup, start)) {
		const lineEnd = text.indexOf('\n', start);
		if (lineEnd !== -1) {
			const fence = { marker: token.markup, language: languageOf(markdown, token), contentStart: lineEnd + 1 };
			return { frozen: before, frozenLength: start, tail: [], fence };
		}
	}
	if (follows === 'nothing') {
		return { frozen: tokens, frozenLength: text.length, tail: [] };
	}
	if (before.length > 0) {
		return { frozen: before, frozenLength: start, tail: follows === 'more' ? [] : tokens.slice(last) };
	}
	if (follows === 'more') {
		const cut = cutOf(tokens, text, offsets);
		return { frozen: markdown.parse(text.slice(0, cut), env), frozenLength: cut, tail: [], cut: true };
	}
	return { frozen: [], frozenLength: 0, tail: tokens };
}
