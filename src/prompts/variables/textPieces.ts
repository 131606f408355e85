import type { Backslashes } from './scanTemplate.ts';
import type { TemplateTag } from './templateTag.ts';

const blank = /^[^\S\n]*$/;

/**
 * The text before each tag, and after the last one. Backslashes are halved. A line that holds only sections, ends,
 * comments and spaces leaves nothing behind, as in Mustache, unless such lines are to be kept.
 */
export function textPieces(
	text: string,
	tags: readonly TemplateTag[],
	backslashes: readonly Backslashes[],
	keepsLonelyLines = false,
): string[] {
	const gaps = [...tags, undefined].map((tag, index) => ({
		from: tags[index - 1]?.end ?? 0,
		to: tag?.start ?? text.length,
	}));
	if (!keepsLonelyLines) {
		cutLonelyLines(text, tags, gaps);
	}
	let next = 0;
	return gaps.map(({ from, to }) => {
		let piece = '';
		let at = from;
		for (; (backslashes[next]?.start ?? Infinity) < to; next++) {
			const { start, end } = backslashes[next] ?? { start: at, end: at };
			if (start >= at) {
				piece += text.slice(at, start) + '\\'.repeat(Math.floor((end - start) / 2));
				at = end;
			}
		}
		return piece + text.slice(at, Math.max(at, to));
	});
}

interface Gap {
	from: number;
	to: number;
}

function cutLonelyLines(text: string, tags: readonly TemplateTag[], gaps: Gap[]): void {
	/** The first gap of the current line, or -1 if the line has text or a variable. */
	let first = 0;
	for (const [index, gap] of gaps.entries()) {
		const between = text.slice(gap.from, gap.to);
		const lineEnd = between.indexOf('\n');
		const lastLine = between.slice(between.lastIndexOf('\n') + 1);
		const isLast = index === tags.length;
		if (lineEnd >= 0 || isLast) {
			const rest = lineEnd < 0 ? between : between.slice(0, lineEnd);
			if (index > 0 && first >= 0 && blank.test(rest)) {
				cut(text, gaps, first, index, lineEnd < 0 ? gap.to : gap.from + lineEnd + 1);
			}
			first = blank.test(lastLine) ? index : -1;
		} else if (!blank.test(between)) {
			first = -1;
		}
		if (tags[index]?.kind === 'variable') {
			first = -1;
		}
	}
}

/** Removes the spaces of a line from its start, in the gap `first`, to `lineEnd`, in the gap `last`. */
function cut(text: string, gaps: Gap[], first: number, last: number, lineEnd: number): void {
	for (let index = first; index < last; index++) {
		const gap = gaps[index];
		if (gap) {
			gap.to = index === first ? Math.max(gap.from, text.lastIndexOf('\n', gap.to - 1) + 1) : gap.from;
		}
	}
	const end = gaps[last];
	if (end) {
		end.from = lineEnd;
	}
}
