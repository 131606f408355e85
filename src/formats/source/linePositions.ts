/** Lines and columns count from 1; columns are in UTF-16 code units. */
export interface Position {
	line: number;
	column: number;
}

/** Finds the position of an offset. Lines end with LF, CR or both; one number a line is kept, for files with a million. */
export function linePositions(text: string): (offset: number) => Position {
	const starts = [0];
	for (const { index, 0: ending } of text.matchAll(/\r\n?|\n/g)) {
		starts.push(index + ending.length);
	}
	return (offset) => {
		let low = 0;
		let high = starts.length - 1;
		while (low < high) {
			const middle = (low + high + 1) >> 1;
			if ((starts[middle] ?? 0) <= offset) {
				low = middle;
			} else {
				high = middle - 1;
			}
		}
		return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
	};
}
