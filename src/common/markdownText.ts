import { visibleLine } from './visibleText.ts';

/** One line in which nothing is HTML, a link or a picture, and hidden characters are shown by their names. */
export function markdownLine(text: string, maximum = 300): string {
	return visibleLine(text, maximum).replace(/[\\`*_~<>&[\]|]/g, '\\$&');
}

/** A table of Markdown; the first row is its head. */
export function markdownTable(rows: readonly (readonly string[])[]): string {
	const [head = [], ...rest] = rows;
	return [head, head.map(() => '---'), ...rest].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
