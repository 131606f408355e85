/** A line of a text: offsets in UTF-16 code units, `end` before its line ending. */
export interface TextLine {
	start: number;
	end: number;
}

/** Lines end as they do in VS Code: with LF, CR or both. */
export function textLines(text: string): TextLine[] {
	const lines: TextLine[] = [];
	let start = 0;
	for (let index = 0; index < text.length; index++) {
		const code = text.charCodeAt(index);
		if (code === 10 || code === 13) {
			lines.push({ start, end: index });
			if (code === 13 && text.charCodeAt(index + 1) === 10) {
				index++;
			}
			start = index + 1;
		}
	}
	lines.push({ start, end: text.length });
	return lines;
}

/** Index of the line that an offset is on. */
export function lineIndexAt(lines: readonly TextLine[], offset: number): number {
	let low = 0;
	let high = lines.length - 1;
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		if ((lines[middle]?.start ?? 0) <= offset) {
			low = middle;
		} else {
			high = middle - 1;
		}
	}
	return low;
}
