import { parseTemplate } from '../../prompts/variables/parseTemplate.ts';

/** Parses again after each thousand problems, which is what the parser reports at most; a text has rarely one. */
const maxRounds = 1_000;

/** The offsets at which our template language sees a tag, or something that is meant as one. */
function tagStarts(text: string): Set<number> {
	const { tags, problems, backslashes } = parseTemplate(text);
	return new Set([...tags, ...problems].map(({ start }) => start).concat(backslashes.map(({ end }) => end)));
}

/** The text written so that our template language renders exactly it: what looks like a tag gets backslashes. */
export function asLiteral(text: string): string {
	if (!/\{[{%#]/.test(text)) {
		return text;
	}
	let written = '';
	let rest = text;
	for (let round = 0; round < maxRounds; round++) {
		const starts = [...tagStarts(rest)].sort((a, b) => a - b).slice(0, 1_000);
		if (starts.length === 0) {
			break;
		}
		let done = 0;
		for (const start of starts) {
			const backslashes = /\\*$/.exec(rest.slice(done, start))?.[0] ?? '';
			written += `${rest.slice(done, start)}${backslashes}\\`;
			done = start;
		}
		// The last opening is written with the rest of its braces, so that it is not found again.
		const braces = /^\{+[%#]?/.exec(rest.slice(done))?.[0] ?? '';
		written += braces;
		rest = rest.slice(done + braces.length);
	}
	return written + rest;
}

/** Whether the text has something that our template language would take for a tag. */
export function hasTagForms(text: string): boolean {
	return /\{[{%#]/.test(text) && tagStarts(text).size > 0;
}
