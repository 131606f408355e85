import { parentFolder, tagKey } from './filing.ts';

/** The tags in use with their number of uses, by name. Of several spellings the first counts. */
export function knownTags(filings: readonly { tags: readonly string[] }[]): { tag: string; count: number }[] {
	const known = new Map<string, { tag: string; count: number }>();
	for (const tag of filings.flatMap(({ tags }) => tags)) {
		const key = tagKey(tag);
		const entry = known.get(key) ?? { tag, count: 0 };
		entry.count++;
		known.set(key, entry);
	}
	return [...known.values()].sort((a, b) => byName(a.tag, b.tag));
}

/** The folders in use and those that they are in, by name. */
export function knownFolders(filings: readonly { folder: string }[]): string[] {
	const known = new Set<string>();
	for (const { folder } of filings) {
		for (let path = folder; path !== '' && !known.has(path); path = parentFolder(path)) {
			known.add(path);
		}
	}
	return [...known].sort(byPath);
}

function byPath(a: string, b: string): number {
	const [left, right] = [a.split('/'), b.split('/')];
	const at = left.findIndex((name, index) => name !== right[index]);
	return at < 0 ? left.length - right.length : byName(left[at] ?? '', right[at] ?? '');
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** The order of names in lists: without regard to case, numbers by value. */
export function byName(a: string, b: string): number {
	return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}
