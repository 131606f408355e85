import assert from 'node:assert/strict';
import type { TestResult } from '../../../../src/common/model.ts';
import { ResultHistory } from '../../../../src/host/workshop/resultHistory.ts';
import type { Repositories, Store } from '../../../../src/storage/contract.ts';
import { noFilter } from '../../../../src/common/workshopIntent.ts';
import { resultFixture } from '../../../support/webview/workshopFixtures.ts';

const numbered = (count: number) =>
	Array.from({ length: count }, (_, index) =>
		resultFixture({
			testId: `r${index}`,
			userRating: (index % 5) + 1,
			timestamp: new Date(Date.UTC(2026, 10, 20) - index * 60_000).toISOString(),
		}),
	);
const first = { offset: 0, count: 50, filter: noFilter };

describe('the history of a draft', () => {
	let results: TestResult[];
	let reads: number;
	/** Runs while the store is being read. */
	let duringRead: () => void;
	let history: ResultHistory;

	beforeEach(() => {
		results = numbered(500);
		reads = 0;
		duringRead = () => undefined;
		const repositories = { results: { list: () => [...results] }, versions: { list: () => [] } };
		const store = {
			read: async (work: (given: Repositories) => unknown) => {
				reads++;
				const answer = work(repositories as unknown as Repositories);
				duringRead();
				return answer;
			},
		};
		history = new ResultHistory(store as unknown as Store, 1, () => ['r0']);
	});

	it('answers with a stretch of the rows that fit, and counts over all of them', async () => {
		const page = await history.page({ offset: 90, count: 50, filter: { ...noFilter, rating: 5 } });
		assert.equal(page.matching, 100);
		assert.equal(page.total, 500);
		assert.deepEqual(
			page.rows.map(({ testId }) => testId),
			Array.from({ length: 10 }, (_, index) => `r${(90 + index) * 5 + 4}`),
		);
		assert.deepEqual(page.values.topics, ['nodejs blog']);
	});

	it('reads the store once until something has changed', async () => {
		await history.page(first);
		const before = await history.page({ ...first, offset: 50 });
		assert.equal(reads, 1);
		results = results.slice(1);
		history.forget();
		const after = await history.page(first);
		assert.equal(reads, 2);
		assert.equal(after.total, 499);
		assert.notEqual(after.revision, before.revision);
	});

	it('does not keep what was read while it changed', async () => {
		duringRead = () => history.forget();
		const before = await history.page(first);
		duringRead = () => undefined;
		const after = await history.page(first);
		assert.equal(reads, 2);
		assert.notEqual(after.revision, before.revision);
	});

	it('keeps the order of the store, whatever the clock said [fault 6]', async () => {
		const [a, b, c] = results;
		assert.ok(a && b && c);
		results = [b, a, c];
		assert.deepEqual(
			(await history.page(first)).rows.map(({ testId }) => testId),
			['r1', 'r0', 'r2'],
		);
	});

	it('tells a test that runs in another window from one of this', async () => {
		results = results.map((result) => ({ ...result, status: 'interrupted', stopReason: null }));
		const { rows } = await history.page(first);
		assert.equal(rows[0]?.elsewhere, false);
		assert.equal(rows[1]?.elsewhere, true);
	});
});
