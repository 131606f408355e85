import { jsonDepth, maxJsonDepth } from '../jsonDepth.ts';
import type { Losses } from './losses.ts';
import { isRecord } from './values.ts';

/** One source of a conversation: a parsed JSON value, or a text that is no JSON. */
export interface CaptureEntry {
	value: unknown;
	/** Names it in the report; empty where it is all there is. */
	place: string;
	line?: number;
}

/** What a text holds: one conversation, a JSON list of them, or JSON Lines with one a line or a message a line. */
export function entriesOf(text: string, losses: Losses): CaptureEntry[] {
	const source = text.replace(/^\ufeff/, '').trim();
	if (!/^[[{]/.test(source)) {
		return [{ value: text, place: '' }];
	}
	const whole = parsed(source);
	if (!('reason' in whole)) {
		return isListOfConversations(whole.value)
			? whole.value.map((value, index) => ({ value, place: `conversation ${index + 1}` }))
			: [{ value: whole.value, place: '' }];
	}
	const lines = linesOf(text, losses);
	if (lines === undefined) {
		// Plain text may begin with a bracket too.
		return [{ value: text, place: '' }];
	}
	return lines.every(({ value }) => isRecord(value) && typeof value['role'] === 'string')
		? [{ value: lines.map(({ value }) => value), place: '' }]
		: lines;
}

/** Undefined where the first line that is not blank is no JSON object or list, or the only one. */
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
			entries.push({ value: read.value, place: `line ${index + 1}`, line: index + 1 });
		} else if (entries.length === 0) {
			return undefined;
		} else {
			losses.at(index + 1);
			losses.add('dropped', 'the line', read.reason);
			losses.at(undefined);
		}
	}
	return entries;
}

function parsed(text: string): { value: unknown } | { reason: string } {
	if (jsonDepth(text, maxJsonDepth) > maxJsonDepth) {
		return { reason: `It is nested deeper than ${maxJsonDepth} levels` };
	}
	try {
		return { value: JSON.parse(text) as unknown };
	} catch {
		return { reason: 'It is not valid JSON' };
	}
}

/** Lists of messages, or objects that hold some: not messages or items themselves. */
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

/** What an entry is that no form recognises, for a sentence. */
export function inWords(value: unknown): string {
	if (Array.isArray(value)) {
		return value.length === 0 ? 'an empty list' : `a list that begins with ${inWords(value[0])}`;
	}
	if (isRecord(value)) {
		for (const name of ['messages', 'conversations']) {
			const list = value[name];
			if (Array.isArray(list) && list.length === 0) {
				return `an object without ${name}`;
			}
		}
		const names = Object.keys(value).slice(0, 5);
		return names.length === 0
			? 'an empty object'
			: `an object with ${names.map((name) => `"${name.slice(0, 40)}"`).join(', ')}`;
	}
	return value === null ? 'null' : `a ${typeof value}`;
}
