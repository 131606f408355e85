import type { FenceRange } from './fenceRanges.ts';
import type { TextLine } from './textLines.ts';

/** The lines outside of fenced blocks, each with its index. Both lists are in the order of the text. */
export function* linesOutside(
	lines: readonly TextLine[],
	fences: readonly FenceRange[],
): Generator<TextLine & { index: number }> {
	let fence = 0;
	for (let index = 0; index < lines.length; index++) {
		const line = lines[index];
		if (fences[fence]?.firstLine === index) {
			index = fences[fence]?.lastLine ?? index;
			fence++;
		} else if (line) {
			yield { ...line, index };
		}
	}
}
