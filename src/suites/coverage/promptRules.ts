/** Whole lines of a prompt that are muted together, from 0; `end` is the line after the last. */
export interface PromptRule {
	start: number;
	end: number;
}

const fence = /^\s*(```+|~~~+)/;
const heading = /^ {0,3}#{1,6}\s/;
const listItem = /^(\s*)(?:[-*+•]|\d+[.)])\s+/;
/** With the quotes, brackets and marks that may follow. */
const sentenceEnd = /[.!?:;。！？][\p{Pe}\p{Pf}"'*_`]*\s*$/u;

/**
 * The rules of a prompt in their order, none of which overlap: a heading, a list item with its indented lines, a code block, the
 * front matter, a section of a template, and otherwise a line; a line that does not end its sentence goes with the next one. Blank
 * lines, rulers and lines of tags alone say nothing by themselves and are in no rule.
 */
export function promptRules(text: string): PromptRule[] {
	const lines = linesOf(text).map((line) => line.replace(/[\r\n]+$/, ''));
	const rules: PromptRule[] = [];
	let start = 0;
	while (start < lines.length) {
		const line = lines[start] ?? '';
		if (!saysSomething(line) && !fence.test(line) && frontMatterEnd(lines, start) === undefined) {
			start++;
			continue;
		}
		let end = ruleEnd(lines, start);
		// Half of a section is no template.
		while (end < lines.length && openSections(lines.slice(start, end)) > 0) {
			end++;
		}
		rules.push({ start, end });
		start = end;
	}
	return rules;
}

/** The text without the lines of some of its rules. */
export function withoutRules(text: string, rules: readonly PromptRule[]): string {
	return linesOf(text)
		.filter((_, index) => !rules.some(({ start, end }) => index >= start && index < end))
		.join('');
}

/** The lines with their ends, as an editor counts them. */
function linesOf(text: string): string[] {
	return text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
}

function saysSomething(line: string): boolean {
	return /[\p{L}\p{N}]/u.test(line.replace(/<[^<>]*>/g, ''));
}

function frontMatterEnd(lines: readonly string[], start: number): number | undefined {
	if (start !== 0 || lines[0]?.trimEnd() !== '---') {
		return undefined;
	}
	const close = lines.findIndex((line, index) => index > 0 && line.trimEnd() === '---');
	return close > 0 ? close + 1 : undefined;
}

function ruleEnd(lines: readonly string[], start: number): number {
	const line = lines[start] ?? '';
	const matter = frontMatterEnd(lines, start);
	if (matter !== undefined) {
		return matter;
	}
	const [, marks] = fence.exec(line) ?? [];
	if (marks !== undefined) {
		const close = lines.findIndex((one, index) => index > start && one.trim().startsWith(marks));
		return close < 0 ? lines.length : close + 1;
	}
	if (heading.test(line)) {
		return start + 1;
	}
	const [, indent] = listItem.exec(line) ?? [];
	let end = start + 1;
	if (indent !== undefined) {
		while (isPlain(lines[end]) && indentOf(lines[end]) > indent.length) {
			end++;
		}
		return end;
	}
	while (isPlain(lines[end]) && !sentenceEnd.test(lines[end - 1] ?? '')) {
		end++;
	}
	return end;
}

/** A line that may go on with the one before it. */
function isPlain(line: string | undefined): boolean {
	return (
		line !== undefined && saysSomething(line) && !fence.test(line) && !heading.test(line) && !listItem.test(line)
	);
}

function indentOf(line: string | undefined): number {
	return (line ?? '').search(/\S|$/);
}

/** Sections of a template that lines begin and do not end. */
function openSections(lines: readonly string[]): number {
	const text = lines.join('\n');
	const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
	return count(/\{\{\s*[#^]/g) - count(/\{\{\s*\//g);
}
