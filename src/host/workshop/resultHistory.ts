import type { PromptVersion, TestResult } from '../../common/model.ts';
import type { HistoryPage, WorkshopProtocol } from '../../common/workshopProtocol.ts';
import type { Store } from '../../storage/contract.ts';
import { filterResults, filterValues, type VersionNumbers } from './historyFilter.ts';
import { resultRow } from './workshopViews.ts';

/** The data for pages, read from the store at one moment. */
interface Listing {
	revision: number;
	/** Newest first. */
	results: readonly TestResult[];
	versions: readonly PromptVersion[];
	numbers: VersionNumbers;
	values: HistoryPage['values'];
}

/**
 * The results of a draft, for a page that shows a range of them. They are read from the store once, and again after
 * they have changed.
 */
export class ResultHistory {
	readonly #store: Store;
	readonly #draftId: number;
	readonly #liveTests: () => string[];
	#listing: Listing | undefined;
	#revision = 1;

	/** `liveTests` returns the ids of the tests that are running in this window. */
	constructor(store: Store, draftId: number, liveTests: () => string[]) {
		this.#store = store;
		this.#draftId = draftId;
		this.#liveTests = liveTests;
	}

	/** Call when the results or their versions have changed. */
	forget(): void {
		this.#listing = undefined;
		this.#revision++;
	}

	async page({ offset, count, filter }: WorkshopProtocol['requests']['history']['params']): Promise<HistoryPage> {
		const { results, versions, numbers, values, revision } = this.#listing ?? (await this.#read());
		const matching = filterResults(results, filter, numbers);
		const live = this.#liveTests();
		return {
			offset,
			rows: matching.slice(offset, offset + count).map((result) => resultRow(result, versions, live)),
			matching: matching.length,
			total: results.length,
			revision,
			values,
		};
	}

	async #read(): Promise<Listing> {
		const revision = this.#revision;
		const { results, versions } = await this.#store.read((repositories) => ({
			results: repositories.results.list(this.#draftId),
			versions: repositories.versions.list('draft', this.#draftId),
		}));
		const numbers = new Map(versions.map(({ id }, index) => [id, versions.length - index]));
		const listing = { revision, results, versions, numbers, values: filterValues(results, numbers) };
		if (revision === this.#revision) {
			this.#listing = listing;
		}
		return listing;
	}
}
