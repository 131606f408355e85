import type { TestResult } from '../../../src/common/model.ts';
import type { WorkshopProtocol } from '../../../src/common/workshopProtocol.ts';
import { ResultHistory } from '../../../src/host/workshop/resultHistory.ts';
import type { Repositories, Store } from '../../../src/storage/contract.ts';
import type { WorkshopHost } from './workshopHost.ts';

type History = WorkshopProtocol['requests']['history'];

/** Results of a draft, and the host's answers to a page that lists them. */
export class HistoryFixture {
	/** Newest first. */
	results: readonly TestResult[];
	/** What was asked for, in order. */
	readonly asked: History['params'][] = [];
	readonly #history: ResultHistory;

	/** `versions`: ids of the draft's versions, newest first. */
	constructor(results: readonly TestResult[], versions: readonly number[] = []) {
		this.results = results;
		const repositories = {
			results: { list: () => [...this.results] },
			versions: { list: () => versions.map((id) => ({ id })) },
		} as unknown as Repositories;
		const store = {
			read: async (work: (given: Repositories) => unknown) => work(repositories),
		} as unknown as Store;
		this.#history = new ResultHistory(store, 1, () => []);
	}

	readonly answer = async (params: History['params']): Promise<History['result']> => {
		this.asked.push(params);
		return this.#history.page(params);
	};

	/** Changes the results and tells the page, as the panel does. */
	change(host: WorkshopHost, results: readonly TestResult[]): void {
		const before = new Map(this.results.map((result) => [result.testId, result]));
		const after = new Set(results.map(({ testId }) => testId));
		this.results = results;
		this.#history.forget();
		host.server.send('results', {
			changed: results.filter((result) => before.get(result.testId) !== result).map(({ testId }) => testId),
			removed: [...before.keys()].filter((testId) => !after.has(testId)),
			total: results.length,
			recentQueries: [],
		});
	}
}
