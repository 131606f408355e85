import type { Filing } from '../common/api.ts';
import { tagKey } from './filing.ts';

/** What a draft or prompt is found by, without its text. */
export interface Findable {
	/** The name of a prompt; drafts have one only. */
	name: string;
	title: string;
	description: string | null;
	filing: Filing;
	/** ISO-8601 UTC. */
	updatedAt: string;
}

export interface Match<T> {
	record: T;
	/** A word that only the text has: the excerpt shows it. */
	textWord: string | undefined;
}

/** Where a word is found, best first. */
const places = { namePrefix: 0, name: 1, tag: 2, title: 3, text: 4 } as const;

/** The words of a query, as they are looked for. */
export function queryWords(query: string): string[] {
	return [...new Set(query.slice(0, 200).toLowerCase().split(/\s+/).filter(Boolean))];
}

/**
 * The records that have every word, best first: in the beginning of the name, in the name, in a tag or the folder, in the
 * title or description, in the text. Of equally good ones favourites come first, then what changed last.
 * @param inText whether the text of a record has a word; asked only if nothing else of it has
 */
export function rankRecords<T extends Findable>(
	records: readonly T[],
	query: string,
	inText: (record: T, word: string) => boolean,
): Match<T>[] {
	const words = queryWords(query);
	const found: { match: Match<T>; rank: number }[] = [];
	for (const record of records) {
		let rank = 0;
		let textWord: string | undefined;
		const has = words.every((word) => {
			const place = placeOf(record, word) ?? (inText(record, word) ? places.text : undefined);
			rank += place ?? 0;
			textWord ??= place === places.text ? word : undefined;
			return place !== undefined;
		});
		if (has) {
			found.push({ match: { record, textWord }, rank });
		}
	}
	return found
		.sort((a, b) => a.rank - b.rank || byFavourite(a.match.record, b.match.record))
		.map(({ match }) => match);
}

function placeOf({ name, title, description, filing }: Findable, word: string): number | undefined {
	const at = name.toLowerCase().indexOf(word);
	if (at >= 0) {
		return at === 0 ? places.namePrefix : places.name;
	}
	const label = word.startsWith('#') ? word.slice(1) : word;
	if (filing.tags.some((tag) => tagKey(tag).includes(label)) || filing.folder.toLowerCase().includes(word)) {
		return places.tag;
	}
	return `${title}\n${description ?? ''}`.toLowerCase().includes(word) ? places.title : undefined;
}

function byFavourite(a: Findable, b: Findable): number {
	return (
		Number(b.filing.favourite) - Number(a.filing.favourite) ||
		(a.updatedAt === b.updatedAt ? 0 : a.updatedAt < b.updatedAt ? 1 : -1)
	);
}
