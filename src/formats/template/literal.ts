import { tagStarts } from '../../prompts/variables/scanTemplate.ts';

/** The text written so that our template language renders exactly it: what looks like a tag gets backslashes. */
export function asLiteral(text: string): string {
	let written = '';
	let done = 0;
	for (const start of tagStarts(text)) {
		const before = text.slice(done, start);
		const backslashes = /\\*$/.exec(before)?.[0] ?? '';
		written += `${before}${backslashes}\\`;
		done = start;
	}
	return written + text.slice(done);
}

/** Whether the text has something that our template language would take for a tag. */
export function hasTagForms(text: string): boolean {
	return tagStarts(text).length > 0;
}

/** A value in which no text is a template, at any depth. */
export function literalValue(value: unknown): unknown {
	if (typeof value === 'string') {
		return asLiteral(value);
	}
	if (Array.isArray(value)) {
		return value.map(literalValue);
	}
	return typeof value === 'object' && value !== null
		? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, literalValue(item)]))
		: value;
}
