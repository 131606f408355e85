import * as l10n from '@vscode/l10n';
import { readCsv } from './readCsv.ts';
import type { Table } from './table.ts';

const maxColumns = 1000;

interface Entry {
	place: string;
	value?: unknown;
	reason?: string;
}

/** Rows of a CSV, JSON or JSONL text; a reason if the file as a whole cannot be read. */
export function readTable(text: string, extension: string): Table | { reason: string } {
	switch (extension) {
		case 'json':
			return readDocument(text, () => readLines(text));
		case 'jsonl':
		case 'ndjson':
			return readLines(text) ?? readDocument(text, () => undefined);
		default:
			return readCsv(text);
	}
}

/** Reads one JSON document; `otherwise` reads a text that is not one, whatever the file's name says. */
function readDocument(text: string, otherwise: () => Table | undefined): Table | { reason: string } {
	let parsed: unknown;
	try {
		parsed = JSON.parse(text);
	} catch (error) {
		return otherwise() ?? { reason: invalidJson(error) };
	}
	const list = Array.isArray(parsed) ? (parsed as unknown[]) : listWithin(parsed);
	if (list === undefined) {
		return { reason: l10n.t('It has no list of articles') };
	}
	return tableOf(list.map((value, index) => ({ place: l10n.t('item {0}', index + 1), value })));
}

/** The longest list among an object's values: `{"articles": [..]}`, `{"total": 2, "results": [..]}`. */
function listWithin(parsed: unknown): unknown[] | undefined {
	if (typeof parsed !== 'object' || parsed === null) {
		return undefined;
	}
	const lists = Object.values(parsed).filter((value) => Array.isArray(value));
	return lists.sort((one, other) => other.length - one.length)[0];
}

/** Reads one JSON object per line. Undefined if the first line that is not blank is not an object. */
function readLines(text: string): Table | undefined {
	const entries: Entry[] = [];
	for (const [index, line] of text.split('\n').entries()) {
		if (line.trim() !== '') {
			const place = l10n.t('line {0}', index + 1);
			try {
				entries.push({ place, value: JSON.parse(line) });
			} catch (error) {
				entries.push({ place, reason: invalidJson(error) });
			}
			if (entries.length === 1 && !isObject(entries[0]?.value)) {
				return undefined;
			}
		}
	}
	return tableOf(entries);
}

function invalidJson(error: unknown): string {
	return l10n.t('It is not valid JSON: {0}', error instanceof Error ? error.message.slice(0, 120) : '');
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function tableOf(entries: readonly Entry[]): Table {
	const columns = new Set<string>();
	const rows = entries.map(({ place, value, reason }): Table['rows'][number] => {
		if (reason !== undefined) {
			return { place, reason };
		}
		if (!isObject(value)) {
			return { place, reason: l10n.t('It is not an object') };
		}
		for (const key of Object.keys(value)) {
			if (columns.size < maxColumns) {
				columns.add(key);
			}
		}
		return { place, values: value };
	});
	return { columns: [...columns], rows };
}
