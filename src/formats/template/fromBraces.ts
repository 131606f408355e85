import type { Findings } from '../reading/findings.ts';
import { pathOf } from './pathOf.ts';
import { TemplateWriter } from './templateWriter.ts';

const tag = /\{\{\s*([^{}\n]{1,200}?)\s*\}\}/g;

/**
 * A text whose only tags are names in double braces, in our language. `rename` gives the tag for a name; a name that it
 * gives nothing for stays text.
 */
export function fromBraces(
	text: string,
	findings: Findings,
	rename: (name: string) => string | undefined = plainTag,
): string {
	if (!text.includes('{')) {
		return text;
	}
	const writer = new TemplateWriter();
	let done = 0;
	for (const match of text.matchAll(tag)) {
		const written = rename(match[1] ?? '');
		if (written !== undefined) {
			writer.literal(text.slice(done, match.index));
			writer.tag(written);
			done = match.index + match[0].length;
		}
	}
	writer.literal(text.slice(done));
	return writer.finish(findings);
}

/** The tag of a name or path. */
export function plainTag(name: string): string | undefined {
	const path = pathOf(name);
	return path === undefined ? undefined : `{{${path}}}`;
}
