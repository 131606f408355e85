/** The line `sep=;` above the header by which Excel names the delimiter, with its length; undefined if there is none. Ends of lines are `\n`. */
export function csvSeparatorLine(text: string): { delimiter: string; length: number } | undefined {
	const [line = '', delimiter] = /^\ufeff?(?:[ \t]*\n)*"?sep=(.)"?[ \t]*\n/iu.exec(text) ?? [];
	return delimiter === undefined ? undefined : { delimiter, length: line.length };
}
