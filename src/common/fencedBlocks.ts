import { createMarkdownParser, isClosed, languageOf } from './markdown.ts';

/** A fenced code block in a Markdown text. */
export interface FencedBlock {
	/** First word of the info string, with entities and escapes resolved; empty if there is none. */
	language: string;
	/**
	 * The lines between the fences, without the prefix of an enclosing list item or quote and without the last line
	 * ending.
	 */
	content: string;
	/** Offset of the start of the opening fence's line, in UTF-16 code units. */
	start: number;
	/** Offset of the end of the block's last line, before its line ending. */
	end: number;
	/** False if the block ends with its container or with the text. */
	closed: boolean;
}

const parser = createMarkdownParser();

/**
 * All fenced code blocks in text order, as the page shows them: tilde and backtick fences, fences nested in longer
 * ones, up to three spaces of indentation, fences in list items and quotes, and after HTML tags, which are treated as
 * text. As CommonMark requires, `content` has LF line endings, and U+FFFD for NUL.
 */
export function fencedBlocks(markdown: string): FencedBlock[] {
	const lines = lineRanges(markdown);
	const normalised = markdown.replace(/\r\n?/g, '\n').replaceAll('\0', '\uFFFD');
	const tokens: ReturnType<typeof parser.parse> = [];
	parser.block.parse(normalised, parser, {}, tokens);
	const blocks: FencedBlock[] = [];
	for (const token of tokens) {
		if (token.type !== 'fence' || token.map === null) {
			continue;
		}
		const [first, afterLast] = token.map;
		blocks.push({
			language: languageOf(parser, token),
			content: token.content.replace(/\n$/, ''),
			start: lines[first]?.start ?? 0,
			end: lines[afterLast - 1]?.end ?? markdown.length,
			closed: isClosed(token),
		});
	}
	return blocks;
}

/** The last fenced block, closed or not. */
export function lastBlock(markdown: string): FencedBlock | undefined {
	return fencedBlocks(markdown).at(-1);
}

function lineRanges(text: string): { start: number; end: number }[] {
	const ranges: { start: number; end: number }[] = [];
	let start = 0;
	for (const { 0: lineEnd, index } of text.matchAll(/\r\n?|\n/g)) {
		ranges.push({ start, end: index });
		start = index + lineEnd.length;
	}
	ranges.push({ start, end: text.length });
	return ranges;
}
