import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { AppError } from '../../src/common/errors.ts';
import { foldParts } from '../../src/common/foldParts.ts';
import type { TestResult } from '../../src/common/model.ts';
import { scrollSettled } from '../support/webview/scrollSettled.ts';
import { detailsOf, resultFixture } from '../support/webview/workshopFixtures.ts';
import { HistoryFixture } from '../support/webview/workshopHistory.ts';
import type { WorkshopHost } from '../support/webview/workshopHost.ts';
import { workshopPages } from '../support/webview/workshopPages.ts';

const answer = foldParts([
	{ type: 'text', id: 'a', text: 'See the notes.' },
	{ type: 'done', stopReason: 'stop' },
]);

const numbered = (index: number, patch: Partial<TestResult> = {}) =>
	resultFixture({
		testId: `r${index}`,
		query: `Question ${index}`,
		timestamp: new Date(Date.UTC(2026, 10, 20) - index * 60_000).toISOString(),
		...patch,
	});
const many = (count: number, patch: (index: number) => Partial<TestResult> = () => ({})) =>
	Array.from({ length: count }, (_, index) => numbered(index, patch(index)));

interface RowPlace {
	query: string;
	/** Pixels of it above the top edge. */
	above: number;
}

/** The row of the history at the top edge. */
function topRow(page: Page): Promise<RowPlace> {
	return page.locator('.scroll').evaluate((node) => {
		const { top } = node.getBoundingClientRect();
		const row = [...node.querySelectorAll('.history-row')].find(
			(row) => row.getBoundingClientRect().bottom > top + 1,
		);
		return {
			query: row?.querySelector('.history-query')?.textContent ?? '',
			above: top - (row?.getBoundingClientRect().top ?? 0),
		};
	});
}

function assertSamePlace(now: RowPlace, before: RowPlace): void {
	const same = now.query === before.query && Math.abs(now.above - before.above) < 2;
	assert.ok(same, `${JSON.stringify(before)} -> ${JSON.stringify(now)}`);
}

describe('the history in the Workshop panel', () => {
	const open = workshopPages();
	let host: WorkshopHost;
	let history: HistoryFixture;

	const tab = (name: string) => host.page.getByRole('tab', { name }).click();
	const row = (index: number) => host.page.locator(`.history-row[data-key="r${index}"] .history-main`);
	/** Waits until the focus is on a row, which is then in view. */
	const focused = async (index: number) => {
		await host.page.locator(`.history-row[data-key="r${index}"] .history-main:focus`).waitFor();
		const box = await row(index).boundingBox();
		const view = await host.page.locator('.scroll').boundingBox();
		assert.ok(box && view && box.y >= view.y - 1 && box.y + box.height <= view.y + view.height + 1, `row ${index}`);
	};
	const openHistory = async (results: readonly TestResult[], size = {}, versions: number[] = []) => {
		history = new HistoryFixture(results, versions);
		host = await open(
			{ show: 'history', resultCount: results.length },
			{
				history: history.answer,
				result: async ({ testId }) => {
					const found = history.results.find((result) => result.testId === testId);
					assert.ok(found);
					return detailsOf(found, answer);
				},
			},
			size,
		);
		await host.page.locator('.history-main').first().waitFor();
	};

	it('fetches of 5,000 results those in view, and filters over all of them [fault 14]', async () => {
		await openHistory(
			many(5000, (index) => ({ userRating: (index % 5) + 1, topic: index % 2 ? 'grid' : 'nodejs blog' })),
		);
		await host.page.getByText('5,000 of 5,000 results').waitFor();
		await row(0).waitFor();
		assert.deepEqual(
			history.asked.map(({ offset, count }) => [offset, count]),
			[[0, 50]],
		);
		assert.ok((await host.page.locator('.history-row').count()) < 50);
		await host.page.locator('.scroll').evaluate((node) => (node.scrollTop = node.scrollHeight));
		await row(4999).waitFor();
		assert.ok(history.asked.reduce((sum, { count }) => sum + count, 0) <= 150, JSON.stringify(history.asked));
		const last = host.page.getByRole('list', { name: 'History' }).getByRole('listitem').last();
		assert.equal(await last.getAttribute('aria-posinset'), '5000');
		assert.equal(await last.getAttribute('aria-setsize'), '5000');

		await host.page.getByRole('combobox', { name: 'Filter by topic' }).selectOption('nodejs blog');
		await host.page.getByText('2,500 of 5,000 results').waitFor();
		await row(0).waitFor();
		await scrollSettled(host.page);
		assert.equal(await host.page.locator('.scroll').evaluate((node) => node.scrollTop), 0);
		await host.page.getByRole('searchbox', { name: 'Filter by text' }).fill('question 123');
		await host.page.getByText('5 of 5,000 results').waitFor();
		await host.page.getByRole('combobox', { name: 'Filter by topic' }).selectOption('');
		await host.page.getByText('15 of 5,000 results').waitFor();
		await host.page.getByRole('combobox', { name: 'Filter by rating' }).selectOption('5');
		await host.page.getByText('2 of 5,000 results').waitFor();
		await host.page.getByRole('button', { name: 'Clear the filter' }).click();
		await host.page.getByText('5,000 of 5,000 results').waitFor();
		await host.page.locator('[type="search"]:focus').waitFor();
		assert.equal(await host.page.getByRole('combobox', { name: 'Filter by topic' }).inputValue(), '');
	});

	it('shows the tests of one version where a command asks for them, and nothing else is filtered', async () => {
		await openHistory(
			many(40, (index) => ({ versionId: (index % 4) + 1 })),
			{},
			[4, 3, 2, 1],
		);
		await host.page.getByRole('searchbox').fill('question 39');
		await host.page.getByText('1 of 40 results').waitFor();
		await tab('Chat');
		host.server.send('show', { version: 2 });
		await host.page.getByText('10 of 40 results').waitFor();
		assert.equal(await host.page.getByRole('searchbox').inputValue(), '');
		assert.equal(await host.page.getByRole('combobox', { name: 'Filter by prompt version' }).inputValue(), '2');
	});

	it('opens a result as it was, and keeps the filter', async () => {
		await openHistory(many(2000));
		await host.page.getByRole('searchbox').fill('question 1239');
		await host.page.getByText('1 of 2,000 results').waitFor();
		await row(1239).click();
		await host.page.getByRole('tab', { name: 'Test', selected: true }).waitFor();
		await host.page.locator('.form-line', { hasText: 'Question 1239' }).waitFor();
		await host.page.locator('.answer').getByText('See the notes.').waitFor();
		await tab('History');
		assert.equal(await host.page.getByRole('searchbox').inputValue(), 'question 1239');
		await host.page.locator('.history-row[aria-current="true"]', { hasText: 'Question 1239' }).waitFor();
	});

	it('goes from row to row by keyboard, over rows that were not there yet', async () => {
		await openHistory(many(3000));
		await host.page.getByRole('button', { name: 'Export…' }).focus();
		await host.page.keyboard.press('Tab');
		await focused(0);
		await host.page.keyboard.press('ArrowUp');
		await focused(0);
		await host.page.keyboard.press('ArrowDown');
		await focused(1);
		await host.page.keyboard.press('ArrowDown');
		await focused(2);
		await host.page.keyboard.press('ArrowUp');
		await focused(1);
		await host.page.keyboard.press('End');
		await focused(2999);
		assert.equal(await host.page.locator('.history-row:focus-within').getAttribute('aria-posinset'), '3000');
		await host.page.keyboard.press('ArrowDown');
		await focused(2999);
		await host.page.keyboard.press('PageUp');
		const [up] = await host.page
			.locator('.history-row:focus-within')
			.evaluateAll((rows) => rows.map((node) => Number(node.getAttribute('data-index'))));
		assert.ok(up !== undefined && up < 2998 && up > 2980, String(up));
		await focused(up);
		await host.page.keyboard.press('PageDown');
		await focused(2999);
		await host.page.keyboard.press('Home');
		await focused(0);
		for (let index = 1; index <= 60; index++) {
			await host.page.keyboard.press('ArrowDown');
		}
		await focused(60);
		// The row's own button is the next stop of the Tab key, and then the list is left.
		await host.page.keyboard.press('Tab');
		await host.page
			.getByRole('button', { name: 'Delete: Question 60', exact: true })
			.and(host.page.locator(':focus'))
			.waitFor();
		await host.page.keyboard.press('Tab');
		assert.equal(await host.page.locator('.history :focus').count(), 0);
		await host.page.keyboard.press('Shift+Tab');
		await host.page.keyboard.press('Shift+Tab');
		await focused(60);
		await host.page.keyboard.press('Enter');
		await host.page.locator('.form-line', { hasText: 'Question 60' }).waitFor();
		await host.page.locator('#tab-test:focus').waitFor();
		await host.page.keyboard.press('ArrowRight');
		await host.page.locator('#tab-suite:focus').waitFor();
		await host.page.keyboard.press('ArrowRight');
		await host.page.getByRole('button', { name: 'Export…' }).focus();
		await host.page.keyboard.press('Tab');
		await focused(60);
	});

	it('comes back to the row that was read, and keeps one that has the focus', async () => {
		await openHistory(many(3000, (index) => ({ notes: index % 3 ? 'A note' : null })));
		const scroller = host.page.locator('.scroll');
		await row(0).focus();
		await scroller.evaluate((node) => (node.scrollTop = 50_000));
		await host.page
			.getByText(/Question \d{3}/)
			.first()
			.waitFor();
		await scrollSettled(host.page);
		assert.ok(await row(0).evaluate((node) => node === document.activeElement));
		for (const [where, last] of [
			[100_000, false],
			[1_000_000, true],
		] as const) {
			await scroller.evaluate((node, top) => (node.scrollTop = top), where);
			const text = last ? 'Question 2999' : /Question [1-9]\d{3}/;
			await host.page.getByText(text).first().waitFor();
			await scrollSettled(host.page);
			const read = await topRow(host.page);
			await tab('Test');
			await host.page.getByRole('textbox', { name: 'Test question' }).waitFor();
			await tab('History');
			await host.page.getByText(text).first().waitFor();
			await scrollSettled(host.page);
			assertSamePlace(await topRow(host.page), read);
			const asked = history.asked.length;
			await host.page.reload();
			await host.page.getByText(text).first().waitFor();
			await scrollSettled(host.page);
			assertSamePlace(await topRow(host.page), read);
			assert.ok(
				history.asked.slice(asked).every(({ offset }) => offset > 1000),
				'rows before the place are not fetched',
			);
		}
	});

	it('keeps what is read in its place when a new result comes, and shows it at the very top', async () => {
		await openHistory(many(1000));
		await host.page.locator('.scroll').evaluate((node) => (node.scrollTop = 5000));
		await host.page.getByText('Question 70', { exact: true }).waitFor();
		await scrollSettled(host.page);
		const read = await topRow(host.page);
		history.change(host, [numbered(-1), ...history.results]);
		await host.page.getByText('1,001 of 1,001 results').waitFor();
		await scrollSettled(host.page);
		assertSamePlace(await topRow(host.page), read);
		await host.page.locator('.scroll').evaluate((node) => (node.scrollTop = 0));
		await row(-1).waitFor();
		history.change(host, [numbered(-2), ...history.results]);
		await row(-2).waitFor();
		assert.equal((await topRow(host.page)).query, 'Question -2');
	});

	it('deletes by mouse and by key: the focus goes to the next row, and stays there when that is undone', async () => {
		await openHistory(many(200));
		const all = history.results;
		const without = (...gone: number[]) => all.filter(({ testId }) => !gone.includes(Number(testId.slice(1))));
		await host.page.getByRole('button', { name: 'Delete: Question 3', exact: true }).click();
		assert.deepEqual(await host.waitForCall('removeResult'), { testId: 'r3' });
		history.change(host, without(3));
		await host.page.getByText('199 of 199 results').waitFor();
		await focused(4);
		await host.page.keyboard.press('Delete');
		await host.expectCall('removeResult', { testId: 'r4' });
		history.change(host, without(3, 4));
		await focused(5);
		assert.equal(await host.page.locator('.history-row:focus-within').getAttribute('aria-posinset'), '4');
		history.change(host, all);
		await host.page.getByText('200 of 200 results').waitFor();
		await row(3).waitFor();
		await focused(5);
		assert.equal(await host.page.locator('.history-row:focus-within').getAttribute('aria-posinset'), '6');
		await host.page.keyboard.press('End');
		await focused(199);
		history.change(host, without(199));
		await focused(198);
	});

	it('tells that the last result of a list is gone, and that the list cannot be had, with Retry', async () => {
		await openHistory(many(1));
		await row(0).focus();
		history.change(host, []);
		await host.page.getByText('Each test that you run is kept here').waitFor();
		await host.page.context().close();
		let refuse = true;
		history = new HistoryFixture(many(3));
		host = await open(
			{ show: 'history', resultCount: 3 },
			{
				history: async (params) => {
					if (refuse) {
						throw new AppError('storage', 'The store cannot be read. Retry.');
					}
					return history.answer(params);
				},
			},
		);
		await host.page.getByRole('alert').getByText('The store cannot be read').waitFor();
		refuse = false;
		await host.page.getByRole('button', { name: 'Retry' }).click();
		await row(2).waitFor();
	});
});
