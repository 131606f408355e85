import * as l10n from '@vscode/l10n';
import { parse as parseToml } from 'smol-toml';
import { parse as parseYaml } from 'yaml';
import { readByLine, type LineReading } from './frontMatterLines.ts';

const maxFrontMatter = 65_536;

export interface FrontMatter {
	data: Record<string, unknown>;
	/** The text below it; the whole text if there is no front matter. */
	body: string;
	/** What was not read exactly as written, for the report. */
	note?: string;
}

interface Language {
	name: 'YAML' | 'TOML';
	closing: RegExp;
	separator: string;
	parse: (source: string) => unknown;
}

const languages: Record<string, Language> = {
	'---': {
		name: 'YAML',
		closing: /^(?:---|\.\.\.)[ \t]*$/gmu,
		separator: ':',
		parse: (source) => parseYaml(source, { logLevel: 'error' }) as unknown,
	},
	'+++': { name: 'TOML', closing: /^\+\+\+[ \t]*$/gmu, separator: '=', parse: parseToml },
};

/**
 * Separates YAML (`---`) or TOML (`+++`) front matter from the text below it. If it is not valid, it is read line by line, so
 * that no single line costs the article. Prose between two rules stays text.
 *
 * @param text with `\n` as line ends
 */
export function splitFrontMatter(text: string): FrontMatter {
	const opened = /^\ufeff?(?:[ \t]*\n)*(---|\+\+\+)[ \t]*\n/u.exec(text);
	const language = languages[opened?.[1] ?? ''];
	if (!opened || !language) {
		return asText(text, looksFenced(text) ? l10n.t('the line above must be exactly "---" or "+++"') : undefined);
	}
	const start = opened[0].length;
	const closing = new RegExp(language.closing);
	closing.lastIndex = start;
	const closed = closing.exec(text);
	const rest = text.slice(start);
	if (!closed) {
		return asText(
			text,
			startsWithKey(rest) ? l10n.t('a line "{0}" at its end is missing', opened[1] ?? '') : undefined,
		);
	}
	const body = text.slice(closing.lastIndex);
	if (closed.index - start > maxFrontMatter) {
		return startsWithKey(rest)
			? { data: {}, body, note: l10n.t('Its front matter is longer than 64 KB and was not read') }
			: asText(text);
	}
	const source = text.slice(start, closed.index);
	const read = readSource(source, language, opened[0].split('\n').length);
	return read ? { ...read, body } : asText(text);
}

/** Undefined if the source is not a list of keys and values. */
function readSource(source: string, language: Language, firstLine: number): Omit<FrontMatter, 'body'> | undefined {
	let reading: LineReading;
	try {
		const parsed = language.parse(source);
		if (parsed === null) {
			return { data: {} };
		}
		return isMap(parsed) ? { data: parsed } : undefined;
	} catch {
		reading = readByLine(source, { ...language, firstLine });
	}
	if (reading.data.size === 0) {
		return undefined;
	}
	const note = l10n.t('Its front matter is not valid {0}: {1}', language.name, reading.problems.join(', '));
	return { data: Object.fromEntries(reading.data), ...(reading.problems.length > 0 && { note }) };
}

export function isMap(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asText(body: string, mistake?: string): FrontMatter {
	return {
		data: {},
		body,
		...(mistake !== undefined && {
			note: l10n.t('Its first lines look like front matter and were read as text: {0}', mistake),
		}),
	};
}

/** Whether the first line that is not blank has a key and a value. */
function startsWithKey(text: string): boolean {
	return /^(?:[ \t]*\n)*[\p{L}_"'][\p{L}\p{N}_ "'.-]{0,80}[:=][ \t\n]/u.test(text);
}

/** Whether keys are between two lines that are almost fences: four dashes, an indented fence, a fence with a language. */
function looksFenced(text: string): boolean {
	const opened = /^\ufeff?(?:[ \t]*\n)*([ \t]{0,8}(-{3,}|\+{3,}|={3,}|;{3,}|[–—]+))[ \t]*\w{0,10}[ \t]*\n/u.exec(
		text,
	);
	const signs = opened?.[2];
	return (
		signs !== undefined &&
		startsWithKey(text.slice(opened?.[0].length)) &&
		text.slice(opened?.[0].length, maxFrontMatter).includes(`\n${opened?.[1]}`)
	);
}
