import type { StoreChange } from '../../storage/contract.ts';
import type { TopicChange } from '../../topics/contract.ts';

/** What a text is made from: a change of one of these changes it, and no other change does. */
export type Origin = Partial<Omit<StoreChange, 'all'> & Omit<TopicChange, 'all'>>;

export type DocumentChange = Origin & { all?: boolean };

/** Loads the text that a key names, and says what it was made from. */
export type DocumentLoader = (key: string) => Promise<{ text: string; origin: Origin }>;

interface Known {
	/** Undefined while it is loaded for the first time. */
	origin?: Origin;
	loading: number;
}

/** The texts of read-only documents, loaded by their features, and what each was made from when it was loaded last. */
export class DocumentTexts {
	readonly #loaders = new Map<string, DocumentLoader>();
	readonly #known = new Map<string, Known>();

	/** Adds what a feature shows: a loader for each kind of document. */
	add(loaders: Record<string, DocumentLoader>): void {
		for (const [kind, load] of Object.entries(loaders)) {
			this.#loaders.set(kind, load);
		}
	}

	has(kind: string): boolean {
		return this.#loaders.has(kind);
	}

	/** The text of the document `id`. One that cannot be loaded any more keeps its origin: it may come back. */
	async load(id: string, kind: string, key: string): Promise<string> {
		const loader = this.#loaders.get(kind);
		if (!loader) {
			throw new Error(`No feature shows documents of the kind "${kind}"`);
		}
		const known = this.#known.get(id) ?? { loading: 0 };
		this.#known.set(id, known);
		known.loading++;
		try {
			const { text, origin } = await loader(key);
			known.origin = origin;
			return text;
		} finally {
			known.loading--;
			if (known.loading === 0 && !known.origin) {
				this.#known.delete(id);
			}
		}
	}

	/**
	 * The documents that a change touches, whether they are open yet or not. One that is still being loaded for the first
	 * time, or is open and was loaded by an extension host before this one, may be made from anything.
	 */
	touchedBy(change: DocumentChange, open: readonly string[]): string[] {
		const touched = [...this.#known].filter(([, { origin }]) => !origin || touches(change, origin));
		return [...touched.map(([id]) => id), ...open.filter((id) => !this.#known.has(id))];
	}

	/** Forgets a document that was closed. */
	forget(id: string): void {
		this.#known.delete(id);
	}
}

function touches(change: DocumentChange, origin: Origin): boolean {
	return (
		change.all === true ||
		meet(change.drafts, origin.drafts) ||
		meet(change.chats, origin.chats) ||
		meet(change.prompts, origin.prompts) ||
		meet(change.results, origin.results) ||
		meet(change.topics, origin.topics)
	);
}

function meet<T>(changed: readonly T[] | undefined, used: readonly T[] | undefined): boolean {
	return used?.some((id) => changed?.includes(id)) ?? false;
}
