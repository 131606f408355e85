import * as l10n from '@vscode/l10n';
import type { Findings } from '../reading/findings.ts';
import { pathOf } from './pathOf.ts';
import { TemplateWriter } from './templateWriter.ts';

type Part =
	| { kind: 'text'; text: string; at: number }
	| {
			kind: 'output' | 'statement' | 'comment';
			text: string;
			source: string;
			at: number;
			before: boolean;
			after: boolean;
	  };

const kinds = {
	'{': { kind: 'output', close: '}}' },
	'%': { kind: 'statement', close: '%}' },
	'#': { kind: 'comment', close: '#}' },
} as const;

function partsOf(text: string, onUnclosed: (at: number, opening: string) => void): Part[] {
	const parts: Part[] = [];
	const opening = /\{([{%#])/g;
	/** What is not closed from here on is not looked for again. */
	const unclosed = new Set<string>();
	let done = 0;
	for (let match = opening.exec(text); match; match = opening.exec(text)) {
		const { kind, close } = kinds[match[1] as keyof typeof kinds];
		const end = unclosed.has(close) ? -1 : text.indexOf(close, match.index + 2);
		if (end < 0) {
			if (unclosed.size < unclosed.add(close).size) {
				onUnclosed(match.index, match[0]);
			}
			continue;
		}
		if (match.index > done) {
			parts.push({ kind: 'text', text: text.slice(done, match.index), at: done });
		}
		done = end + 2;
		opening.lastIndex = done;
		const inside = text.slice(match.index + 2, end);
		const word = kind === 'statement' ? /^-?\s*(raw|verbatim)\s*-?$/.exec(inside)?.[1] : undefined;
		if (word !== undefined && !unclosed.has(word)) {
			const closing = new RegExp(String.raw`\{%-?\s*end${word}\s*-?%\}`, 'g');
			closing.lastIndex = done;
			const closed = closing.exec(text);
			if (closed) {
				parts.push({ kind: 'text', text: text.slice(done, closed.index), at: done });
				done = closing.lastIndex;
				opening.lastIndex = done;
				continue;
			}
			unclosed.add(word);
		}
		const before = inside.startsWith('-');
		const after = inside.endsWith('-') && inside.length > 1;
		parts.push({
			kind,
			text: inside.slice(before ? 1 : 0, after ? -1 : undefined).trim(),
			source: text.slice(match.index, done),
			at: match.index,
			before,
			after,
		});
	}
	if (done < text.length) {
		parts.push({ kind: 'text', text: text.slice(done), at: done });
	}
	return parts;
}

interface Block {
	kind: 'if' | 'for';
	path: string;
	/** Of a loop: the name of its item. */
	item?: string;
	/** What is written now is for the opposite. */
	inverted: boolean;
}

interface Options {
	findings: Findings;
	/** The line of the file where an offset of the text is. */
	lineAt: (offset: number) => number | undefined;
}

/**
 * A template of Jinja or Nunjucks in our language: outputs of paths with the filters that we have, `if` and `for` over a
 * path, comments and `raw`. Everything else stays in the text as written, and is named.
 */
export function fromJinja(text: string, { findings, lineAt }: Options): string {
	if (!/\{[{%#]/.test(text)) {
		return text;
	}
	const writer = new TemplateWriter();
	const parts = partsOf(text, (at, opening) =>
		findings.dropped(opening, l10n.t('It is not closed, and stays in the text'), lineAt(at)),
	);
	const blocks: (Block | undefined)[] = [];
	const convertible = closedBlocks(parts);
	let trimsNext = false;
	for (const [index, part] of parts.entries()) {
		const line = lineAt(part.at);
		if (part.kind === 'text') {
			writer.literal(trimsNext ? part.text.trimStart() : part.text);
			trimsNext = false;
			continue;
		}
		if (part.before) {
			writer.trimEnd();
		}
		trimsNext = part.after;
		if (part.kind === 'comment') {
			findings.dropped(part.source, l10n.t('A comment of the template'), line);
			continue;
		}
		if (part.kind === 'output') {
			const tag = outputTag(part.text, blocks, (note) => findings.changed(part.source, note, line));
			if (tag === undefined) {
				writer.literal(part.source);
				findings.dropped(
					part.source,
					l10n.t('Such an expression is not supported: it stays in the text'),
					line,
				);
			} else {
				writer.tag(tag);
			}
			continue;
		}
		const written = statementTag(part.text, blocks, convertible.has(index));
		if (written === undefined) {
			writer.literal(part.source);
			findings.dropped(part.source, l10n.t('Such a statement is not supported: it stays in the text'), line);
		} else if (written !== '') {
			writer.tag(written);
			if (/^\{\{[#^]/.test(written) && !part.text.startsWith('end') && part.text !== 'else') {
				findings.changed(
					part.source,
					l10n.t(
						'It becomes the section {0}: lines that hold only such tags leave nothing behind, and a list repeats the section',
						written,
					),
					line,
				);
			}
		}
	}
	return writer.finish(findings);
}

/** The indexes of statements of blocks that we have, from their start to their end. */
function closedBlocks(parts: readonly Part[]): Set<number> {
	const found = new Set<number>();
	const open: { word: string; indexes: number[]; usable: boolean }[] = [];
	for (const [index, part] of parts.entries()) {
		if (part.kind !== 'statement') {
			continue;
		}
		const word = /^\w+/.exec(part.text)?.[0] ?? '';
		const current = open.at(-1);
		if (word === 'if' || word === 'for') {
			open.push({ word, indexes: [index], usable: (word === 'if' ? condition : loop)(part.text) !== undefined });
		} else if (word === 'else' && current) {
			current.indexes.push(index);
		} else if ((word === 'elif' || word === 'elseif') && current) {
			current.usable = false;
		} else if (current && word === `end${current.word}`) {
			open.pop();
			if (current.usable) {
				for (const own of [...current.indexes, index]) {
					found.add(own);
				}
			}
		}
	}
	return found;
}

function condition(text: string): { path: string; negated: boolean } | undefined {
	const [, not, expression = ''] = /^if\s+(not\s+)?(.+)$/s.exec(text) ?? [];
	const path = pathOf(expression);
	return path === undefined ? undefined : { path, negated: not !== undefined };
}

function loop(text: string): { item: string; path: string } | undefined {
	const [, item = '', list = ''] = /^for\s+([\p{L}_][\p{L}\p{N}_]*)\s+in\s+(.+)$/su.exec(text) ?? [];
	const path = pathOf(list);
	return path === undefined ? undefined : { item, path };
}

/** Undefined if the statement stays as it is. */
function statementTag(text: string, blocks: (Block | undefined)[], isConvertible: boolean): string | undefined {
	const word = /^\w+/.exec(text)?.[0] ?? '';
	if (!isConvertible) {
		return undefined;
	}
	if (word === 'if') {
		const { path = '', negated = false } = condition(text) ?? {};
		const name = innerPath(path, blocks);
		blocks.push({ kind: 'if', path: name, inverted: negated });
		return negated ? `{{^${name}}}` : `{{#${name}}}`;
	}
	if (word === 'for') {
		const { path = '', item = '' } = loop(text) ?? {};
		const name = innerPath(path, blocks);
		blocks.push({ kind: 'for', path: name, item, inverted: false });
		return `{{#${name}}}`;
	}
	const block = blocks.at(-1);
	if (!block) {
		return undefined;
	}
	if (word === 'else') {
		block.inverted = !block.inverted;
		return `{{/${block.path}}}{{${block.inverted ? '^' : '#'}${block.path}}}`;
	}
	blocks.pop();
	return `{{/${block.path}}}`;
}

/** In a loop, names begin at its item. */
function innerPath(path: string, blocks: readonly (Block | undefined)[]): string {
	for (const block of blocks.toReversed()) {
		if (block?.item === path) {
			return '.';
		}
		if (block?.item !== undefined && path.startsWith(`${block.item}.`)) {
			return path.slice(block.item.length + 1);
		}
	}
	return path;
}

const filters: Readonly<Record<string, string>> = {
	upper: 'upper',
	lower: 'lower',
	trim: 'trim',
	dump: 'json',
	tojson: 'json',
	join: 'join',
	default: 'default',
	d: 'default',
};

function outputTag(
	text: string,
	blocks: readonly (Block | undefined)[],
	changed: (note: string) => void,
): string | undefined {
	const [expression = '', ...chain] = text.split('|');
	const path = pathOf(expression);
	if (path === undefined || path === 'loop' || path.startsWith('loop.')) {
		return undefined;
	}
	let tag = innerPath(path, blocks);
	for (const written of chain) {
		const [, name = '', argument] =
			/^\s*(\w+)\s*(?:\(\s*("[^"\n]*"|'[^'\n]*'|-?\d+(?:\.\d+)?)?\s*\))?\s*$/.exec(written) ?? [];
		if (name === 'safe') {
			continue;
		}
		const own = Object.hasOwn(filters, name) ? filters[name] : undefined;
		const takesArgument = own === 'join' || own === 'default';
		if (
			own === undefined ||
			(argument !== undefined && !takesArgument) ||
			(argument === undefined && own === 'default')
		) {
			return undefined;
		}
		if (name === 'tojson') {
			changed(l10n.t('Jinja writes <, > and & of such JSON as codes; here they stay'));
		}
		tag += ` | ${own}${argument === undefined ? (own === 'join' ? '("")' : '') : `(${argument})`}`;
	}
	return `{{${tag}}}`;
}
