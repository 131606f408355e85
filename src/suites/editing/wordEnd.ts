/** The end of the key or value that begins at a column of a line; columns count from 0. At least one character further. */
export function wordEnd(line: string, column: number): number {
	const rest = line.slice(column).replace(/\r$/, '');
	const quoted = /^"(?:[^"\\]|\\.)*"|^'(?:[^']|'')*'/.exec(rest)?.[0];
	const word = quoted ?? /^[^\s:,[\]{}#][^:,[\]{}#]*/.exec(rest)?.[0].trimEnd() ?? '';
	return column + Math.max(1, word.length);
}
