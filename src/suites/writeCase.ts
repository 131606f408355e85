import * as l10n from '@vscode/l10n';
import { COLLECTION_STYLE, EVENT_ID, YAMLException, type Event } from 'js-yaml';
import { AppError } from '../common/errors.ts';
import { canonicalJson } from './canonicalJson.ts';
import type { WrittenCase } from './reading/readCase.ts';
import { startOf } from '../formats/source/sourceNode.ts';
import { parseSource } from '../formats/source/parseSource.ts';
import { suiteText } from '../formats/suiteText.ts';
import { yamlText } from '../formats/writing/yamlText.ts';
import { parseYaml } from '../formats/source/parseYaml.ts';
import { contentEnd, keyText, skipNode, trailingPops } from '../formats/source/sourceLayout.ts';

/**
 * The text of a suite with one more case at the end of `cases`; every other byte stays as it is. Throws `validation` if
 * the text cannot be read, or is written in a way that a case cannot be added to.
 */
export function appendCase(text: string, added: WrittenCase): string {
	const source = text.replace(/^\ufeff/, '');
	const written = text.slice(0, text.length - source.length) + withCase(source, added);
	// A layout that this does not know must not cost anything that was there.
	const before = valueOf(source) as { cases?: unknown } | undefined;
	const cases = before?.cases ?? [];
	const isRight =
		Array.isArray(cases) &&
		canonicalJson(valueOf(written)) === canonicalJson({ ...before, cases: [...(cases as unknown[]), added] });
	if (!isRight) {
		throw cannotAdd();
	}
	return written;
}

/** The text of a new suite. */
export function newSuite(
	head: { description?: string; prompt?: string; topic?: string },
	cases: readonly WrittenCase[],
): string {
	return suiteText({ ...head, cases });
}

function cannotAdd(cause?: unknown): AppError {
	const message = l10n.t(
		'The case cannot be added to this suite. Open it, and correct its problems or add the case by hand',
	);
	return new AppError('validation', message, { cause });
}

function valueOf(text: string): unknown {
	return parseSource(text.replace(/^\ufeff/, ''), 'yaml', () => undefined)?.value();
}

function withCase(text: string, added: WrittenCase): string {
	if (text.trim() === '') {
		return text + newSuite({}, [added]);
	}
	let events: Event[];
	try {
		events = parseYaml(text).events;
	} catch (thrown) {
		if (thrown instanceof YAMLException) {
			throw cannotAdd(thrown);
		}
		throw thrown;
	}
	const root = events[1];
	if (root?.type !== EVENT_ID.MAPPING) {
		throw cannotAdd();
	}
	const layout = layoutOf(text, events);
	if (root.style === COLLECTION_STYLE.FLOW) {
		return layout.value === undefined
			? insertFlow(text, events, 1, `"cases": [${JSON.stringify(added)}]`)
			: withFlowItem(text, events, layout.value, added);
	}
	const newline = /\r?\n/.exec(text)?.[0] ?? '\n';
	const block = (indent: string, value: object) =>
		yamlText(value)
			.replace(/^(?=.)/gm, indent)
			.replaceAll('\n', newline);
	const indent = indentAt(text, root.start);
	if (layout.value === undefined) {
		const separator = text.endsWith('\n') ? '' : newline;
		return text + separator + block(indent, { cases: [added] });
	}
	const value = events[layout.value];
	if (value?.type === EVENT_ID.SEQUENCE && value.style === COLLECTION_STYLE.BLOCK) {
		const at = endOfBlock(text, contentEnd(events, layout.value), layout.nextKey);
		const separator = at > 0 && text[at - 1] !== '\n' ? newline : '';
		return text.slice(0, at) + separator + block(indentAt(text, value.start), [added]) + text.slice(at);
	}
	if (value?.type === EVENT_ID.SEQUENCE && events[layout.value + 1]?.type !== EVENT_ID.POP) {
		return withFlowItem(text, events, layout.value, added);
	}
	if (value?.type === EVENT_ID.SCALAR || value?.type === EVENT_ID.SEQUENCE) {
		return withFirstItem(text, events, layout.value, layout.key, newline + block(`${indent}  `, [added]));
	}
	throw cannotAdd();
}

/** The indexes of the events of `cases` and its value, and the offset of the field after it. */
function layoutOf(text: string, events: readonly Event[]): { key: number; value?: number; nextKey?: number } {
	for (let key = 2; events[key] && events[key]?.type !== EVENT_ID.POP;) {
		const value = skipNode(events, key);
		const next = skipNode(events, value);
		if (keyText(text, events[key]) === 'cases') {
			const after = events[next];
			return { key, value, ...(after?.type !== EVENT_ID.POP && { nextKey: startOf(after) }) };
		}
		key = next;
	}
	return { key: 0 };
}

/** `cases:` without a value, `null` or `[]`: the item comes on the next line. */
function withFirstItem(text: string, events: readonly Event[], value: number, key: number, item: string): string {
	const event = events[value];
	const hasText = event?.type === EVENT_ID.SEQUENCE || (event?.type === EVENT_ID.SCALAR && event.valueStart >= 0);
	const keyEnd = contentEnd(events, key);
	const from = hasText ? startOf(event) : text.indexOf(':', keyEnd) + 1;
	const to =
		event?.type === EVENT_ID.SEQUENCE
			? closing(text, from + 1, 1).at + 1
			: hasText
				? contentEnd(events, value)
				: from;
	// What follows on the line is at most a comment, and the item ends with a line break of its own.
	const rest = /^[^\r\n]*(?:\r?\n)?/.exec(text.slice(to))?.[0] ?? '';
	return text.slice(0, from).trimEnd() + rest.trimEnd() + item + text.slice(to + rest.length);
}

/** The start of the first line after a block list: comments and empty lines before the next field stay with that. */
function endOfBlock(text: string, end: number, nextKey: number | undefined): number {
	const limit = nextKey === undefined ? text.length : text.lastIndexOf('\n', nextKey - 1) + 1;
	let at = text[end - 1] === '\n' ? end : lineAfter(text, end);
	// Closing brackets may follow the last text of an item.
	for (let line = at; line < limit; line = lineAfter(text, line)) {
		if (!/^[ \t]*(?:#.*)?\r?\n?$/.test(text.slice(line, lineAfter(text, line)))) {
			at = lineAfter(text, line);
		}
	}
	return at;
}

function lineAfter(text: string, offset: number): number {
	const lineBreak = text.indexOf('\n', offset);
	return lineBreak < 0 ? text.length : lineBreak + 1;
}

function withFlowItem(text: string, events: readonly Event[], list: number, added: WrittenCase): string {
	const value = events[list];
	if (value?.type !== EVENT_ID.SEQUENCE) {
		throw cannotAdd();
	}
	const first = events[list + 1];
	const firstStart = first && first.type !== EVENT_ID.POP ? startOf(first) : value.start;
	const indent = indentAt(text, firstStart);
	const isOnOwnLine = text.slice(0, firstStart).trimEnd().length < firstStart - indent.length;
	const item =
		isOnOwnLine && firstStart !== value.start
			? `\n${JSON.stringify(added, undefined, indent.includes('\t') ? '\t' : 2).replace(/^/gm, indent)}`
			: JSON.stringify(added);
	return insertFlow(text, events, list, item);
}

/** Inserts an item or entry at the end of a collection in brackets. */
function insertFlow(text: string, events: readonly Event[], index: number, item: string): string {
	const isEmpty = events[index + 1]?.type === EVENT_ID.POP;
	const end = contentEnd(events, index);
	const { lastToken, hasComma } = closing(text, end, trailingPops(events, index));
	const separator = isEmpty || hasComma ? '' : ',';
	const space = isEmpty || item.startsWith('\n') ? '' : ' ';
	return `${text.slice(0, lastToken)}${separator}${space}${item}${text.slice(lastToken)}`;
}

/**
 * The offset of the bracket that closes the outermost of `depth` collections, and where the token before it ends.
 * Between `from` and there are only brackets, commas, blanks and comments.
 */
function closing(text: string, from: number, depth: number): { at: number; lastToken: number; hasComma: boolean } {
	let open = depth;
	let lastToken = from;
	let hasComma = false;
	for (let at = from; at < text.length; at++) {
		const character = text[at] ?? '';
		if (character === '#' && /\s/.test(text[at - 1] ?? '')) {
			at = text.indexOf('\n', at);
			if (at < 0) {
				break;
			}
		} else if (character === ']' || character === '}') {
			if (--open === 0) {
				return { at, lastToken, hasComma };
			}
			hasComma = false;
			lastToken = at + 1;
		} else if (character.trim() !== '') {
			hasComma = character === ',';
			lastToken = at + 1;
		}
	}
	throw cannotAdd();
}

/** The blanks before an offset on its line. */
function indentAt(text: string, offset: number): string {
	const lineStart = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
	return /^[ \t]*/.exec(text.slice(lineStart, offset))?.[0] ?? '';
}
