import { diffLines, diffWordsWithSpace, type ChangeObject } from 'diff';

export type Mark = 'same' | 'removed' | 'added';
/** A text in pieces that are the same on both sides, or are on this side alone. */
export type MarkedSide = { text: string; mark: Mark }[];

/** A text and others that are compared with it. A side is undefined where marks would not help. */
export interface MarkedTexts {
	/** What is removed here is in none of the others. */
	base: MarkedSide | undefined;
	others: (MarkedSide | undefined)[];
}

/** Words or lines that may differ in one go, which then takes about 20 ms: the page does not stand still. */
const maxEditLength = 400;
/** If less than this part of the shorter text's letters is in both, marks would only be in the way. */
const leastCommon = 0.35;

/** Between two goes. */
function pause(): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve));
}

type Changes = ChangeObject<string>[];

/** The last few comparisons: a page that is drawn again asks for the same ones. */
const cache = new Map<string, Promise<Changes | undefined>>();
const cacheSize = 12;

/**
 * Marks what differs between a text and each of the others. Texts too long or too different to be compared by words at
 * once are compared by lines and then, where lines differ, by words.
 */
export async function markTexts(base: string, others: readonly string[]): Promise<MarkedTexts> {
	const compared: (Changes | undefined)[] = [];
	for (const other of others) {
		compared.push(await changesBetween(base, other));
	}
	const known = compared.filter((changes) => changes !== undefined);
	return {
		base: known.length === 0 ? undefined : withoutLost(base, known),
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
			// Words in a row are one mark, with the blanks between them.
			side.splice(-2, 2, { text: before.text + blank.text + change.value, mark });
		} else {
			side.push({ text: change.value, mark: change[mark] ? mark : 'same' });
		}
	}
	return side;
}

/** The base, with what every comparison has removed marked. */
function withoutLost(base: string, compared: readonly Changes[]): MarkedSide {
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

/** Where a side is marked, by offsets. */
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

/** What is in both lists; each is in order and does not overlap itself. */
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
