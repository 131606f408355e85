import * as l10n from '@vscode/l10n';
import { jsonDepth, maxJsonDepth } from './jsonDepth.ts';
import type { Losses } from './losses.ts';
import { typeName } from '../../common/typeName.ts';
import { isRecord } from './values.ts';

/** One possible conversation: a parsed JSON value, or text that is not JSON. */
export interface CaptureEntry {
	value: unknown;
	/** Names it in the report; empty if it is the only one. */
	place: string;
	line?: number;
}

/**
 * Splits a text that holds one conversation, a JSON list of them, or JSON Lines with a conversation or a message per
 * line.
 */
export function entriesOf(text: string, losses: Losses): CaptureEntry[] {
	const source = text.replace(/^\ufeff/, '').trim();
	if (!/^[[{]/.test(source)) {
		return [{ value: text, place: '' }];
	}
	const json = parsed(source);
	if (!('reason' in json)) {
		return isListOfConversations(json.value)
			? json.value.map((value, index) => ({ value, place: l10n.t('conversation {0}', index + 1) }))
			: [{ value: json.value, place: '' }];
	}
	const lines = linesOf(text, losses);
	if (lines === undefined) {
		// Plain text can start with a bracket too.
		return [{ value: text, place: '' }];
	}
	return lines.every(({ value }) => isRecord(value) && typeof value['role'] === 'string')
		? [{ value: lines.map(({ value }) => value), place: '' }]
		: lines;
}

/** Undefined if the first non-blank line is not a JSON object or list. */
function linesOf(text: string, losses: Losses): CaptureEntry[] | undefined {
	const entries: CaptureEntry[] = [];
	for (const [index, line] of text
		.replace(/^\ufeff/, '')
		.split('\n')
		.entries()) {
		if (line.trim() === '') {
			continue;
		}
		const read = parsed(line);
		if (!('reason' in read)) {
			entries.push({ value: read.value, place: l10n.t('line {0}', index + 1), line: index + 1 });
		} else if (entries.length === 0) {
			return undefined;
		} else {
			losses.setLine(index + 1);
			losses.add('dropped', l10n.t('the line'), read.reason);
			losses.setLine(undefined);
		}
	}
	return entries;
}

function parsed(text: string): { value: unknown } | { reason: string } {
	if (jsonDepth(text, maxJsonDepth) > maxJsonDepth) {
		return { reason: l10n.t('It is nested deeper than {0} levels', maxJsonDepth) };
	}
	try {
		return { value: JSON.parse(text) as unknown };
	} catch {
		return { reason: l10n.t('It is not valid JSON') };
	}
}

/**
 * True for a list of conversations: lists of messages or objects that contain one, but not messages or items
 * themselves.
 */
function isListOfConversations(value: unknown): value is unknown[] {
	return (
		Array.isArray(value) &&
		value.length > 0 &&
		value.some((entry) => Array.isArray(entry) || (isRecord(entry) && holdsMessages(entry))) &&
		!value.some((entry) => isRecord(entry) && typeof entry['role'] === 'string')
	);
}

function holdsMessages(entry: Record<string, unknown>): boolean {
	return ['messages', 'conversations', 'input', 'output'].some((name) => Array.isArray(entry[name]));
}

/** Describes an entry that no format recognises, to be inserted in a sentence. */
export function describeValue(value: unknown): string {
	if (Array.isArray(value)) {
		return value.length === 0
			? l10n.t('an empty list')
			: l10n.t('a list that begins with {0}', describeValue(value[0]));
	}
	if (isRecord(value)) {
		for (const name of ['messages', 'conversations']) {
			const list = value[name];
			if (Array.isArray(list) && list.length === 0) {
				return l10n.t('an object without {0}', name);
			}
		}
		const names = Object.keys(value).slice(0, 5);
		return names.length === 0
			? l10n.t('an empty object')
			: l10n.t('an object with {0}', names.map((name) => `"${name.slice(0, 40)}"`).join(', '));
	}
	return typeName(value);
}
