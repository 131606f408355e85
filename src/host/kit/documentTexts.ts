import type { StoreChange } from '../../storage/contract.ts';
import type { TopicChange } from '../../topics/contract.ts';

/** What a text depends on: it changes when one of these changes, and only then. */
export type Origin = Partial<Omit<StoreChange, 'all'> & Omit<TopicChange, 'all'>>;

export type DocumentChange = Origin & { all?: boolean };

/** Loads the text of a key and says what it depends on. */
export type DocumentLoader = (key: string) => Promise<{ text: string; origin: Origin }>;

interface Known {
	/** Undefined during the first load. */
	origin?: Origin;
	loading: number;
}

/** Loads the texts of read-only documents and remembers what each depended on when it was last loaded. */
export class DocumentTexts {
	readonly #loaders = new Map<string, DocumentLoader>();
	readonly #known = new Map<string, Known>();

	/** Adds a feature's loaders, by kind of document. */
	add(loaders: Record<string, DocumentLoader>): void {
		for (const [kind, load] of Object.entries(loaders)) {
			this.#loaders.set(kind, load);
		}
	}

	has(kind: string): boolean {
		return this.#loaders.has(kind);
	}

	/**
	 * The text of the document `id`. A document that can no longer be loaded keeps its origin, because it may come
	 * back.
	 */
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
	 * The documents that a change affects, open or not. A document that is being loaded for the first time, or is open
	 * and was loaded by a previous extension host, may depend on anything.
	 */
	affectedBy(change: DocumentChange, open: readonly string[]): string[] {
		const affected = [...this.#known].filter(([, { origin }]) => !origin || affects(change, origin));
		return [...affected.map(([id]) => id), ...open.filter((id) => !this.#known.has(id))];
	}

	/** Forgets a closed document. */
	forget(id: string): void {
		this.#known.delete(id);
	}
}

function affects(change: DocumentChange, origin: Origin): boolean {
	return (
		change.all === true ||
		overlap(change.drafts, origin.drafts) ||
		overlap(change.chats, origin.chats) ||
		overlap(change.prompts, origin.prompts) ||
		overlap(change.results, origin.results) ||
		overlap(change.runs, origin.runs) ||
		overlap(change.topics, origin.topics)
	);
}

function overlap<T>(changed: readonly T[] | undefined, used: readonly T[] | undefined): boolean {
	return used?.some((id) => changed?.includes(id)) ?? false;
}
