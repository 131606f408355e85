import * as l10n from '@vscode/l10n';

const maxProblems = 5;

export interface LineReading {
	data: Map<string, unknown>;
	/** What was not read exactly as written, by line. */
	problems: string[];
}

interface Options {
	/** The character between a key and its value. */
	separator: string;
	parse: (source: string) => unknown;
	/** Line of the file where the source begins. */
	firstLine: number;
}

/** A line with a key, and the lines that belong to it. */
interface Entry {
	key: string;
	value: string;
	line: number;
	lines: string[];
}

/**
 * Reads front matter that is not valid as a whole, key by key: entries that are valid by themselves are parsed, any other
 * one-line value is plain text (`title: Refunds: how long they take`), and of a repeated key the first one counts.
 */
export function readByLine(source: string, options: Options): LineReading {
	const reading: LineReading = { data: new Map(), problems: [] };
	const problems: string[] = [];
	const { entries, stray } = entriesOf(source, options);
	problems.push(...stray.map((line) => l10n.t('line {0} was not read', line)));
	for (const entry of entries) {
		const found = valueOf(entry, options.parse);
		const place = l10n.t('line {0} ({1})', entry.line, entry.key.slice(0, 60));
		if (found === undefined) {
			problems.push(l10n.t('{0} was not read', place));
		} else if (reading.data.has(found.key)) {
			problems.push(l10n.t('{0} is repeated, the first one was used', place));
		} else {
			reading.data.set(found.key, found.value);
			if (found.plain) {
				problems.push(l10n.t('{0} was read as plain text', place));
			}
		}
	}
	reading.problems.push(...problems.slice(0, maxProblems));
	if (problems.length > maxProblems) {
		reading.problems.push(l10n.t('and {0} more', problems.length - maxProblems));
	}
	return reading;
}

function entriesOf(source: string, { separator, firstLine }: Options): { entries: Entry[]; stray: number[] } {
	const entries: Entry[] = [];
	const stray: number[] = [];
	for (const [index, line] of source.split('\n').entries()) {
		const number = firstLine + index;
		const cut = /^[^\s#[\]{}-]/u.test(line) ? line.search(separator === ':' ? /:(?=[ \t]|$)/u : /=/u) : -1;
		const last = entries.at(-1);
		if (separator === '=' && line.startsWith('[')) {
			// A table, whose keys do not belong to the article.
			break;
		}
		if (cut > 0) {
			const key = unquoted(line.slice(0, cut).trim());
			entries.push({ key, value: line.slice(cut + 1).trim(), line: number, lines: [line] });
		} else if (line.trim() === '' || line.trimStart().startsWith('#')) {
			last?.lines.push(line);
		} else if (last) {
			last.lines.push(line);
		} else {
			stray.push(number);
		}
	}
	return { entries, stray };
}

function valueOf(
	{ key, value, lines }: Entry,
	parse: (source: string) => unknown,
): { key: string; value: unknown; plain?: boolean } | undefined {
	for (const source of [lines.join('\n'), lines.map(withoutTabs).join('\n')]) {
		try {
			const parsed = parse(source);
			const pairs = typeof parsed === 'object' && parsed !== null ? Object.entries(parsed) : [];
			if (pairs.length === 1 && pairs[0]) {
				return { key: pairs[0][0], value: pairs[0][1] as unknown };
			}
		} catch {
			// Try the next form.
		}
	}
	const more = lines.slice(1).filter((line) => line.trim() !== '' && !line.trimStart().startsWith('#'));
	if (value !== '' && more.length === 0) {
		return { key, value: unquoted(value), plain: true };
	}
	const items = more.map((line) => /^\s*-\s+(\S.*)$/u.exec(line)?.[1]);
	return value === '' && items.length > 0 && items.every((item) => item !== undefined)
		? { key, value: items.map((item) => unquoted(item.trim())), plain: true }
		: undefined;
}

/** YAML does not allow tabs as indentation, but some editors write them. */
function withoutTabs(line: string): string {
	return line.replace(/^[ \t]+/u, (indent) => indent.replaceAll('\t', '  '));
}

function unquoted(text: string): string {
	const quote = text[0];
	return text.length > 1 && (quote === '"' || quote === "'") && text.endsWith(quote) ? text.slice(1, -1) : text;
}
