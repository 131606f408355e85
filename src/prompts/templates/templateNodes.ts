import * as l10n from '@vscode/l10n';
import { isMap, isScalar, isSeq, parseDocument, visit, type Node, type Pair, type Scalar, type YAMLMap } from 'yaml';

/** Reports a problem at an offset of the front matter. */
export type Report = (offset: number, message: string) => void;

export type Entry = { key: string; at: number; value: Node | null };

/** Parses front matter as one map. Undefined if it is not one; why is reported. */
export function parseFrontMatter(source: string, report: Report): YAMLMap | undefined {
	// The parser compares each key of a map with all others, so that is done here.
	const document = parseDocument(source, { prettyErrors: false, logLevel: 'error', uniqueKeys: false });
	const [error] = document.errors;
	if (error) {
		report(error.pos[0], l10n.t('The front matter is not valid YAML: {0}', error.message));
		return undefined;
	}
	let fault: { node: Node; message: string } | undefined;
	visit(document, {
		// A few lines of aliases can stand for gigabytes, and a template needs none.
		Alias: (_key, node) => {
			fault = { node, message: l10n.t('A template cannot contain YAML aliases. Write the value here') };
			return visit.BREAK;
		},
		Map: (_key, map) => {
			const repeated = repeatedKey(map);
			fault = repeated && {
				node: repeated,
				message: l10n.t('The field "{0}" is there twice. Delete one of them', String(repeated.value)),
			};
			return fault && visit.BREAK;
		},
	});
	if (fault) {
		report(startOf(fault.node), fault.message);
		return undefined;
	}
	if (!isMap(document.contents)) {
		report(0, l10n.t('The front matter must consist of fields, such as "title:" and "kind:"'));
		return undefined;
	}
	return document.contents;
}

/** The first key that a map has already. */
function repeatedKey({ items }: YAMLMap): Scalar | undefined {
	const seen = new Set<unknown>();
	for (const { key } of items) {
		if (isScalar(key) && seen.size === seen.add(key.value).size) {
			return key;
		}
	}
	return undefined;
}

/** The entries of a map; those that are not in `known`, if it is given, are reported and skipped. */
export function entriesOf(map: YAMLMap, report: Report, known?: readonly string[]): Map<string, Entry> {
	const entries = new Map<string, Entry>();
	for (const { key, value } of map.items as Pair<Node, Node | null>[]) {
		const name = isScalar(key) ? String(key.value) : '';
		if (known && !known.includes(name)) {
			report(startOf(key), l10n.t('There is no field "{0}" here. The fields are {1}', name, known.join(', ')));
		} else {
			entries.set(name, { key: name, at: startOf(key), value });
		}
	}
	return entries;
}

export function startOf(node: Node | null): number {
	return node?.range?.[0] ?? 0;
}

/** The text of an entry; undefined if it is absent, empty or no text. The last is reported. */
export function textOf(entry: Entry | undefined, report: Report): string | undefined {
	if (!entry || isEmptyEntry(entry)) {
		return undefined;
	}
	if (isScalar(entry.value) && typeof entry.value.value === 'string') {
		return entry.value.value;
	}
	report(startOf(entry.value), l10n.t('"{0}" must be text. Put it in quotation marks', entry.key));
	return undefined;
}

/** The items of a list; empty if it is absent. Anything else is reported. */
function itemsOf(entry: Entry | undefined, report: Report): Node[] {
	if (!entry || isEmptyEntry(entry)) {
		return [];
	}
	if (isSeq(entry.value)) {
		return entry.value.items as Node[];
	}
	report(startOf(entry.value), l10n.t('"{0}" must be a list', entry.key));
	return [];
}

/** The texts of a list. Items that are not text are reported. */
export function textsOf(entry: Entry | undefined, report: Report): string[] {
	return itemsOf(entry, report).flatMap((item) => {
		const key = entry?.key ?? '';
		return textOf({ key, at: startOf(item), value: item }, report) ?? [];
	});
}

/** The maps of a list. Items that are not maps are reported. */
export function mapsOf(entry: Entry | undefined, report: Report): YAMLMap[] {
	return itemsOf(entry, report).flatMap((item) => {
		if (isMap(item)) {
			return [item];
		}
		report(startOf(item), l10n.t('Each item of "{0}" must consist of fields, such as "name:"', entry?.key ?? ''));
		return [];
	});
}

/** One of several words. Undefined if it is absent; another word is reported. */
export function wordOf<Word extends string>(
	entry: Entry | undefined,
	words: readonly Word[],
	report: Report,
): Word | undefined {
	const text = textOf(entry, report);
	const word = words.find((candidate) => candidate === text);
	if (text !== undefined && word === undefined) {
		report(
			startOf(entry?.value ?? null),
			l10n.t('There is no {0} "{1}". Use one of {2}', entry?.key ?? '', text, words.join(', ')),
		);
	}
	return word;
}

/** A value as JSON has it; undefined if it is absent. */
export function valueOf(entry: Entry | undefined): unknown {
	return entry?.value?.toJSON() as unknown;
}

/** Whether an entry is absent, null or an empty text. */
export function isEmptyEntry(entry: Entry | undefined): boolean {
	const value = entry?.value ?? null;
	return (
		value === null ||
		(isScalar(value) && (value.value === null || (typeof value.value === 'string' && value.value.trim() === '')))
	);
}
