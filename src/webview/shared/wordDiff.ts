import { diffLines, diffWordsWithSpace, type ChangeObject } from 'diff';

export type Mark = 'same' | 'removed' | 'added';
/** A text in pieces, each of which is on both sides or only on this one. */
export type MarkedSide = { text: string; mark: Mark }[];

/** A text and the others that it is compared with. A side is undefined if marks would not help. */
export interface MarkedTexts {
	/** A piece marked as removed is in none of the others. */
	base: MarkedSide | undefined;
	others: (MarkedSide | undefined)[];
}

/** How many words or lines may differ in one comparison. At this limit it takes about 20 ms, so the page does not freeze. */
const maxEditLength = 400;
/** If a smaller share than this of the shorter text's letters is in both, marks would only distract. */
const leastCommon = 0.35;

/** Lets the page draw between two comparisons. */
function pause(): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve));
}

type Changes = ChangeObject<string>[];

/** The latest comparisons: a page asks for the same ones each time it is drawn. */
const cache = new Map<string, Promise<Changes | undefined>>();
const cacheSize = 12;

/**
 * Marks what differs between a text and each of the others. Texts that are too long or too different for one comparison
 * by words are compared by lines first and then, where lines differ, by words.
 */
export async function markTexts(base: string, others: readonly string[]): Promise<MarkedTexts> {
	const compared: (Changes | undefined)[] = [];
	for (const other of others) {
		compared.push(await changesBetween(base, other));
	}
	const known = compared.filter((changes) => changes !== undefined);
	return {
		base: known.length === 0 ? undefined : markLost(base, known),
		others: compared.map((changes) => changes && sideOf(changes, 'added')),
	};
}

function changesBetween(old: string, fresh: string): Promise<Changes | undefined> {
	const key = `${old.length}:${old}${fresh}`;
	let changes = cache.get(key);
	if (!changes) {
		changes = compare(old, fresh).then((found) => (found && isAlike(found) ? found : undefined));
		const [oldest] = cache.keys();
		if (oldest !== undefined && cache.size >= cacheSize) {
			cache.delete(oldest);
		}
		cache.set(key, changes);
	}
	return changes;
}

async function compare(old: string, fresh: string): Promise<Changes | undefined> {
	const words = diffWordsWithSpace(old, fresh, { maxEditLength });
	if (words) {
		return words;
	}
	await pause();
	const lines = diffLines(old, fresh, { maxEditLength });
	const changes: Changes = [];
	for (const [index, change] of (lines ?? []).entries()) {
		const before = changes.at(-1);
		if (change.added && before?.removed && lines?.[index - 1] === before) {
			await pause();
			const inside = diffWordsWithSpace(before.value, change.value, { maxEditLength });
			changes.splice(-1, 1, ...(inside ?? [before, change]));
		} else {
			changes.push(change);
		}
	}
	return lines && changes;
}

function isAlike(changes: Changes): boolean {
	let [common, old, fresh] = [0, 0, 0];
	for (const { value, added, removed } of changes) {
		const letters = value.replace(/\s+/g, '').length;
		common += added || removed ? 0 : letters;
		old += added ? 0 : letters;
		fresh += removed ? 0 : letters;
	}
	return common > 0 ? common >= leastCommon * Math.min(old, fresh) : old + fresh === 0;
}

function sideOf(changes: Changes, mark: 'added' | 'removed'): MarkedSide {
	const other = mark === 'added' ? 'removed' : 'added';
	const side: MarkedSide = [];
	for (const change of changes) {
		const [before, blank] = side.slice(-2);
		if (change[other]) {
			continue;
		}
		if (change[mark] && before?.mark === mark && blank?.mark === 'same' && /^[^\S\n]+$/.test(blank.text)) {
			// Consecutive words get one mark that includes the blanks between them.
			side.splice(-2, 2, { text: before.text + blank.text + change.value, mark });
		} else {
			side.push({ text: change.value, mark: change[mark] ? mark : 'same' });
		}
	}
	return side;
}

/** The base, marked where every comparison has removed something. */
function markLost(base: string, compared: readonly Changes[]): MarkedSide {
	const [first = [], ...rest] = compared.map((changes) => stretches(sideOf(changes, 'removed')));
	const lost = rest.reduce(overlap, first);
	const side: MarkedSide = [];
	let at = 0;
	for (const [from, to] of lost) {
		side.push({ text: base.slice(at, from), mark: 'same' }, { text: base.slice(from, to), mark: 'removed' });
		at = to;
	}
	side.push({ text: base.slice(at), mark: 'same' });
	return side.filter(({ text }) => text !== '');
}

type Stretch = [from: number, to: number];

/** The marked stretches of a side, as offsets. */
export function stretches(side: MarkedSide): Stretch[] {
	const marked: Stretch[] = [];
	let at = 0;
	for (const { text, mark } of side) {
		if (mark !== 'same') {
			marked.push([at, at + text.length]);
		}
		at += text.length;
	}
	return marked;
}

/** The stretches that are in both lists. Each list is sorted and without overlaps. */
function overlap(left: readonly Stretch[], right: readonly Stretch[]): Stretch[] {
	const both: Stretch[] = [];
	let index = 0;
	for (const [from, to] of left) {
		while ((right[index]?.[1] ?? Infinity) <= from) {
			index++;
		}
		for (let next = index; (right[next]?.[0] ?? Infinity) < to; next++) {
			const [start, end] = right[next] ?? [to, to];
			both.push([Math.max(from, start), Math.min(to, end)]);
		}
	}
	return both;
}
