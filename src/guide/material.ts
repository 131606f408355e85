import type { ModelMessage } from '../providers/provider.ts';

export interface Fence {
	info: string;
	content: string;
}

/** Fenced blocks that begin at the start of a line, in order; an unclosed one runs to the end. */
export function fences(text: string): Fence[] {
	const pattern = /^(`{3,}|~{3,}) *([^\n`]*)\n([\s\S]*?)(?:\n\1[`~]*[ \t]*$|$(?![\s\S]))/gm;
	return Array.from(text.replaceAll('\r\n', '\n').matchAll(pattern), ([, , info = '', content = '']) => ({
		info: info.trim(),
		content,
	}));
}

/** A named block of the design chat's system message: `template` or `current-draft`. */
export function materialBlock(system: string, name: string): string | undefined {
	return fences(system).find(({ info }) => info === name)?.content;
}

/** The plain text of a message, without tool calls and results. */
export function messageText(message: ModelMessage | undefined): string {
	return (message?.content ?? []).flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n\n');
}

/** The text under the first heading that matches, up to the next heading of the same or a higher level. */
export function sectionOf(markdown: string, heading: RegExp): string | undefined {
	const lines = markdown.split('\n');
	const start = lines.findIndex((line) => /^#{1,6} /.test(line) && heading.test(line));
	if (start < 0) {
		return undefined;
	}
	const level = lines[start]?.match(/^#+/)?.[0].length ?? 1;
	const rest = lines.slice(start + 1);
	const end = rest.findIndex((line) => (line.match(/^(#{1,6}) /)?.[1]?.length ?? 7) <= level);
	return (end < 0 ? rest : rest.slice(0, end)).join('\n').trim();
}
