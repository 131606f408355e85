import type { RecordOwner } from '../common/api.ts';
import { readFiling } from '../prompts/promptMetadata.ts';
import { queryWords, rankRecords, type Findable } from '../prompts/rankRecords.ts';
import type { Store } from '../storage/contract.ts';

/** A draft or prompt that has every word of the query. */
export interface FoundRecord extends Findable {
	owner: RecordOwner;
	id: number;
	/** Null for a draft without a name. */
	shownName: string | null;
	/** The place of a word that only the text has. */
	excerpt?: string;
}

/** Shorter words are in nearly every text. */
const shortestTextWord = 2;
/** With more, the texts of all records are read as fast. */
const mostToNarrow = 2000;

interface Ids {
	drafts: readonly number[];
	prompts: readonly number[];
}

/**
 * Finds drafts and prompts while a query is typed. Names, tags and the like are read once, so it is for one question;
 * texts stay in the store, and a word that grows is looked for only where it was.
 */
export class RecordFinder {
	readonly #store: Store;
	readonly #records: readonly FoundRecord[];
	readonly #inTexts = new Map<string, Ids>();

	private constructor(store: Store, records: readonly FoundRecord[]) {
		this.#store = store;
		this.#records = records;
	}

	static async open(store: Store): Promise<RecordFinder> {
		const records = await store.read(({ drafts, prompts }) => [
			...drafts.list().map(({ id, draftName, draftDescription, metadata, updatedAt }): FoundRecord => ({
				owner: { draftId: id },
				id,
				shownName: draftName,
				name: draftName ?? '',
				title: '',
				description: draftDescription,
				filing: readFiling(metadata),
				updatedAt,
			})),
			...prompts.list().map(({ id, name, title, description, metadata, updatedAt }): FoundRecord => ({
				owner: { promptName: name },
				id,
				shownName: title,
				name,
				title,
				description,
				filing: readFiling(metadata),
				updatedAt,
			})),
		]);
		return new RecordFinder(store, records);
	}

	/** The best matches, best first; without a query, favourites and what changed last. */
	async find(query: string, limit: number): Promise<FoundRecord[]> {
		return this.#store.read(({ texts }) => {
			const sets = new Map<string, { drafts: Set<number>; prompts: Set<number> }>();
			for (const word of queryWords(query).filter(({ length }) => length >= shortestTextWord)) {
				const { drafts, prompts } = this.#idsOf(word, (among) => texts.find(word, among));
				sets.set(word, { drafts: new Set(drafts), prompts: new Set(prompts) });
			}
			const matches = rankRecords(
				this.#records,
				query,
				({ owner, id }, word) => sets.get(word)?.['draftId' in owner ? 'drafts' : 'prompts'].has(id) ?? false,
			).slice(0, limit);
			return withExcerpts(matches, (ids, word) => texts.excerpts(ids, word));
		});
	}

	#idsOf(word: string, find: (among: Ids | undefined) => Ids): Ids {
		const known = this.#inTexts.get(word);
		if (known) {
			return known;
		}
		const shorter = [...this.#inTexts].filter(
			([other, { drafts, prompts }]) => word.includes(other) && drafts.length + prompts.length <= mostToNarrow,
		);
		const ids = find(shorter.at(-1)?.[1]);
		this.#inTexts.set(word, ids);
		return ids;
	}
}

type Excerpts = { drafts: ReadonlyMap<number, string>; prompts: ReadonlyMap<number, string> };

function withExcerpts(
	matches: readonly { record: FoundRecord; textWord: string | undefined }[],
	read: (ids: Ids, word: string) => Excerpts,
): FoundRecord[] {
	const words = new Set(matches.flatMap(({ textWord }) => textWord ?? []));
	const excerpts = new Map<string, Excerpts>();
	for (const word of words) {
		const ids = (key: 'draftId' | 'promptName') =>
			matches.flatMap(({ record, textWord }) => (textWord === word && key in record.owner ? [record.id] : []));
		excerpts.set(word, read({ drafts: ids('draftId'), prompts: ids('promptName') }, word));
	}
	return matches.map(({ record, textWord }) => {
		const of = textWord === undefined ? undefined : excerpts.get(textWord);
		const excerpt = of?.['draftId' in record.owner ? 'drafts' : 'prompts'].get(record.id);
		return excerpt === undefined ? record : { ...record, excerpt };
	});
}
