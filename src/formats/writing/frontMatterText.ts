import { stringify } from 'yaml';

/** A Markdown file with front matter, or without if there is nothing to say in it. */
export function withFrontMatter(fields: Record<string, unknown>, body: string): string {
	const present = Object.entries(fields).filter(([, value]) => value !== undefined);
	const text = body.endsWith('\n') ? body : `${body}\n`;
	return present.length === 0
		? text
		: `---\n${stringify(Object.fromEntries(present), { lineWidth: 0, aliasDuplicateObjects: false })}---\n\n${text}`;
}
