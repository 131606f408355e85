import * as l10n from '@vscode/l10n';
import type { Findings } from '../reading/findings.ts';
import { pathOf } from './pathOf.ts';
import { TemplateWriter } from './templateWriter.ts';

export type HandlebarsPart =
	| { kind: 'text'; text: string; at: number }
	| { kind: 'tag' | 'comment'; text: string; source: string; at: number; before: boolean; after: boolean };

/** The tags of a template of Handlebars, and the text between; a tag after a backslash is text. */
export function handlebarsParts(text: string): HandlebarsPart[] {
	const parts: HandlebarsPart[] = [];
	const opening = /(\\*)\{\{(?:(!--)|(!)|(\{))?/g;
	const unclosed = new Set<string>();
	let done = 0;
	let pending = '';
	let pendingAt = 0;
	const add = (piece: string, at: number) => {
		pendingAt = pending === '' ? at : pendingAt;
		pending += piece;
	};
	for (let match = opening.exec(text); match; match = opening.exec(text)) {
		const [whole, backslashes = '', dashes, bang, triple] = match;
		const close = dashes ? '--}}' : triple ? '}}}' : '}}';
		const end = unclosed.has(close) ? -1 : text.indexOf(close, match.index + whole.length);
		if (end < 0) {
			unclosed.add(close);
			continue;
		}
		const start = match.index + backslashes.length;
		const next = end + close.length;
		add(text.slice(done, match.index), done);
		if (backslashes.length === 1) {
			add(text.slice(start, next), start);
		} else {
			// Two backslashes are one before a tag.
			add(backslashes.slice(1), match.index);
			if (pending !== '') {
				parts.push({ kind: 'text', text: pending, at: pendingAt });
				pending = '';
			}
			const inside = text.slice(match.index + whole.length, end).replace(/--$/, bang ? '' : '--');
			parts.push({
				kind: (dashes ?? bang) ? 'comment' : 'tag',
				text: inside.replace(/^~|~$/g, '').trim(),
				source: text.slice(start, next),
				at: start,
				before: inside.startsWith('~'),
				after: inside.endsWith('~') && inside.length > 1,
			});
		}
		done = next;
		opening.lastIndex = next;
	}
	add(text.slice(done), done);
	if (pending !== '') {
		parts.push({ kind: 'text', text: pending, at: pendingAt });
	}
	return parts;
}

interface Block {
	word: string;
	name: string;
	inverted: boolean;
}

interface Options {
	findings: Findings;
	lineAt: (offset: number) => number | undefined;
}

/**
 * Parts of a template of Handlebars in our language: paths, `json`, `if`, `unless`, `each` and sections. Everything else
 * stays in the text as written, and is named.
 */
export function fromHandlebars(parts: readonly HandlebarsPart[], { findings, lineAt }: Options): string {
	const writer = new TemplateWriter();
	const convertible = closedBlocks(parts);
	const blocks: Block[] = [];
	let trimsNext = false;
	for (const [index, part] of parts.entries()) {
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
			// Alone on its line it takes the line with it, here as there.
			writer.tag(`{{! ${part.text.replaceAll('}}', '} }')} }}`);
			continue;
		}
		const written = tagOf(part.text, blocks, convertible.has(index));
		const line = lineAt(part.at);
		if (written === undefined) {
			writer.literal(part.source);
			findings.dropped(part.source, l10n.t('Such a tag is not supported: it stays in the text'), line);
			continue;
		}
		writer.tag(written);
		if (/^#(?:if|unless|each)\b/.test(part.text)) {
			findings.changed(
				part.source,
				l10n.t('It becomes the section {0}, which repeats for a list', written),
				line,
			);
		}
	}
	return writer.finish(findings);
}

const blockForm = /^#(if|unless|each|with)\s+(.+)$/s;

/** The indexes of the tags of blocks that we have, from their start to their end. */
function closedBlocks(parts: readonly HandlebarsPart[]): Set<number> {
	const found = new Set<number>();
	const open: { word: string; indexes: number[]; usable: boolean }[] = [];
	for (const [index, part] of parts.entries()) {
		if (part.kind !== 'tag') {
			continue;
		}
		const current = open.at(-1);
		const [, sigil = '', name = ''] = /^([#^/]?)\s*([^\s]*)/.exec(part.text) ?? [];
		if (sigil === '#' || (sigil === '^' && name !== '')) {
			const [, , argument] = blockForm.exec(part.text) ?? [];
			const isSection = argument === undefined && !/\s/.test(part.text.slice(1).trim());
			const path = innerName(argument ?? (isSection ? name : ''));
			open.push({
				word: name,
				indexes: [index],
				usable: path !== undefined && !/^(?:role|section|history)$/.test(name),
			});
		} else if ((part.text === 'else' || part.text === '^') && current) {
			current.indexes.push(index);
		} else if (part.text.startsWith('else') && /^else\s/.test(part.text) && current) {
			current.usable = false;
		} else if (sigil === '/' && current?.word === name) {
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

/** A name of Handlebars; what is not found in an item is looked for around it, as `../` asks for. */
function innerName(expression: string): string | undefined {
	const name = expression
		.trim()
		.replace(/^(?:\.\.\/)+/, '')
		.replace(/^this[./](?=.)/, '')
		.replaceAll('/', '.');
	return name === 'this' || name === '.' ? '.' : pathOf(name);
}

function tagOf(text: string, blocks: Block[], isBlock: boolean): string | undefined {
	if (!isBlock) {
		if (/^(?:[#^/>@]|else\b)/.test(text)) {
			return undefined;
		}
		const [, helped] = /^json\s+(\S+)(?:\s+indent=\d+)?$/.exec(text) ?? [];
		const name = innerName((helped ?? text).replace(/^&\s*/, ''));
		const isBare = name !== undefined && !/^(?:history|else)$/.test(name) && !(name === '.' && blocks.length === 0);
		return isBare ? `{{${name}${helped === undefined ? '' : ' | json'}}}` : undefined;
	}
	const block = blocks.at(-1);
	if (text === 'else' || text === '^') {
		if (!block) {
			return undefined;
		}
		block.inverted = !block.inverted;
		return `{{/${block.name}}}{{${block.inverted ? '^' : '#'}${block.name}}}`;
	}
	if (text.startsWith('/')) {
		blocks.pop();
		return block && `{{/${block.name}}}`;
	}
	const [, word = '', argument] = blockForm.exec(text) ?? [];
	const name = innerName(argument ?? text.slice(1)) ?? '';
	const inverted = word === 'unless' || text.startsWith('^');
	blocks.push({ word, name, inverted });
	return `{{${inverted ? '^' : '#'}${name}}}`;
}
