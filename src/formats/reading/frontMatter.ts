import * as l10n from '@vscode/l10n';
import { linePositions } from '../source/linePositions.ts';
import { parseSource } from '../source/parseSource.ts';
import { brokenAt, type ForeignFile } from './foreignFile.ts';
import type { Fields } from './values.ts';

const maxFrontMatter = 131_072;

export interface FrontMatter {
	/** Empty if there is none. */
	fields: Fields;
	/** The line of a field of the top level. */
	lineOf: (field: string) => number | undefined;
	/** What follows. One line break after the closing fence belongs to that. */
	body: string;
	/** The line of the file where the body begins. */
	bodyLine: number;
	/** False if the file has no front matter. */
	isThere: boolean;
}

/** `---`, or `+++` where a format knows that, and what may stand before it. */
export interface FrontMatterForm {
	/** Lines of comments before it, as Dotprompt has for licences. */
	comments?: boolean;
	plus?: boolean;
}

/** Reads YAML front matter. Throws `validation` with line and column if it is not closed or no YAML. */
export function readFrontMatter(file: ForeignFile, form: FrontMatterForm = {}): FrontMatter {
	const parts = splitFrontMatter(file.text, form);
	if (!parts) {
		return { fields: {}, lineOf: () => undefined, body: file.text, bodyLine: 1, isThere: false };
	}
	const { source, start, bodyStart, isClosed } = parts;
	const before = file.lineAt(start) - 1;
	if (!isClosed) {
		throw brokenAt(
			{ line: Math.max(1, before), column: 1 },
			l10n.t('The front matter is not closed. Add a line "---" between it and the prompt'),
		);
	}
	if (source.length > maxFrontMatter) {
		throw brokenAt(
			{ line: before, column: 1 },
			l10n.t('The front matter has {0} characters. It may have at most {1}', source.length, maxFrontMatter),
		);
	}
	const positionAt = linePositions(source);
	const node = parseSource(source, 'yaml', (offset, message) => {
		const { line, column } = positionAt(offset);
		throw brokenAt({ line: line + before, column }, message);
	});
	if (node && node.kind !== 'map' && node.value() !== null) {
		const { line, column } = positionAt(node.start);
		throw brokenAt({ line: line + before, column }, l10n.t('The front matter must consist of fields'));
	}
	const fields = node?.kind === 'map' ? (node.value() as Fields) : {};
	return {
		fields,
		lineOf: (field) => {
			const entry = node?.entry(field);
			return entry && positionAt(entry.keyStart).line + before;
		},
		body: file.text.slice(bodyStart),
		bodyLine: file.lineAt(bodyStart),
		isThere: true,
	};
}

/** Where the front matter of a text is, which YAML also ends with three dots; undefined if it has none. */
export function splitFrontMatter(
	text: string,
	{ comments = false, plus = false }: FrontMatterForm = {},
): { source: string; start: number; bodyStart: number; isClosed: boolean } | undefined {
	const before = comments ? String.raw`(?:(?:#[^\n]*|[ \t]*)\n)*` : String.raw`(?:[ \t]*\n)*`;
	const opening = new RegExp(String.raw`^${before}(${plus ? String.raw`---|\+\+\+` : '---'})[ \t]*\n`).exec(text);
	if (!opening) {
		return undefined;
	}
	const start = opening[0].length;
	const closing = new RegExp(
		opening[1] === '+++'
			? String.raw`(?<=\n)\+\+\+[ \t]*(?:\n|$)`
			: String.raw`(?<=\n)(?:---|\.\.\.)[ \t]*(?:\n|$)`,
		'g',
	);
	closing.lastIndex = start;
	const closed = closing.exec(text);
	return {
		source: text.slice(start, closed?.index),
		start,
		bodyStart: closed ? closed.index + closed[0].length : text.length,
		isClosed: closed !== null,
	};
}
