import assert from 'node:assert/strict';
import { foldParts } from '../../src/common/foldParts.ts';
import { emptyTurn } from '../../src/common/turn.ts';
import { shownLimit, shownTurn } from '../../src/common/shownTurn.ts';
import { scrollSettled } from '../support/webview/scrollSettled.ts';
import {
	assistantMessage,
	detailsOf,
	resultFixture,
	runFixture,
	userMessage,
} from '../support/webview/workshopFixtures.ts';
import type { WorkshopHost } from '../support/webview/workshopHost.ts';
import { workshopPages } from '../support/webview/workshopPages.ts';

const question = userMessage(1, 'I want a prompt.');
const streaming = assistantMessage(2, emptyTurn, { status: 'streaming' });

/** As a reader who drags the bar. */
async function scrollToTop(host: WorkshopHost): Promise<void> {
	await host.page.locator('.scroll').evaluate((node) => {
		node.dispatchEvent(new WheelEvent('wheel'));
		node.scrollTop = 0;
	});
}

describe('reading the chat of the Workshop panel', () => {
	const open = workshopPages();
	let host: WorkshopHost;

	const answer = () => host.page.locator('.message[data-id="2"]');

	it('follows the end while the reader is there, and stays put elsewhere', async () => {
		const messages = Array.from({ length: 40 }, (_, index) =>
			userMessage(index + 10, `Message ${index}\n`.repeat(4)),
		);
		host = await open({
			messages: [...messages, { ...streaming, id: 90 }],
			runs: [runFixture({ elapsed: 3000, key: '90' })],
		});
		const distance = () =>
			host.page.locator('.scroll').evaluate((node) => node.scrollHeight - node.clientHeight - node.scrollTop);
		const lines = (count: number) => ({
			type: 'text' as const,
			id: 'a',
			text: 'A line of words.\n\n'.repeat(count),
		});
		host.stream('90', lines(40));
		await host.page.locator('.answer p').nth(39).waitFor();
		await scrollSettled(host.page);
		assert.ok((await distance()) < 2, `at the end: ${await distance()}`);
		await host.page.locator('.scroll').hover();
		await host.page.mouse.wheel(0, -600);
		await scrollSettled(host.page);
		const top = await host.page.locator('.scroll').evaluate((node) => node.scrollTop);
		host.stream('90', lines(40));
		await host.page.locator('.answer p').nth(79).waitFor({ state: 'attached' });
		await scrollSettled(host.page);
		assert.ok(Math.abs((await host.page.locator('.scroll').evaluate((node) => node.scrollTop)) - top) < 2);
		await host.page.getByRole('button', { name: 'Jump to latest' }).click();
		await scrollSettled(host.page);
		assert.ok((await distance()) < 2);
	});

	it('fetches earlier messages without moving what is read', async () => {
		let release: () => void = () => undefined;
		const released = new Promise<void>((resolve) => (release = resolve));
		const page = (from: number) =>
			Array.from({ length: 50 }, (_, index) =>
				userMessage(from + index, `Message ${from + index}\nin two lines`),
			);
		host = await open(
			{ messages: page(101), earlier: 100 },
			{
				earlier: async ({ before }) => {
					await released;
					return { messages: page(before - 50), earlier: before - 51 };
				},
			},
		);
		await host.page.locator('.message[data-id="150"]').waitFor();
		await scrollToTop(host);
		const read = host.page.locator('.message[data-id="101"]');
		await read.waitFor();
		await scrollSettled(host.page);
		const before = await read.boundingBox();
		release();
		await host.page.locator('.message[data-id="100"]').waitFor({ state: 'attached' });
		await scrollSettled(host.page);
		const after = await read.boundingBox();
		assert.ok(before && after && Math.abs(before.y - after.y) < 2, `${before?.y} -> ${after?.y}`);
	});

	it('comes back to the message that was read, also among those that were fetched', async () => {
		const turn = foldParts([{ type: 'text', id: 'a', text: 'A line of words.\n\n'.repeat(12) }]);
		const messages = Array.from({ length: 120 }, (_, index) =>
			index % 2 ? assistantMessage(index + 1, turn) : userMessage(index + 1, `Message ${index + 1}`),
		);
		host = await open(
			{ messages: messages.slice(-30), earlier: 90 },
			{
				earlier: async ({ before }) => ({
					messages: messages.slice(Math.max(0, before - 31), before - 1),
					earlier: Math.max(0, before - 31),
				}),
			},
		);
		const of = (id: number) => host.page.locator(`.message[data-id="${id}"]`);
		await of(120).waitFor();
		await scrollToTop(host);
		await of(86).waitFor();
		await scrollSettled(host.page);
		await of(86).evaluate((node) => node.scrollIntoView({ block: 'start' }));
		await host.page.mouse.move(300, 300);
		await host.page.mouse.wheel(0, 70);
		await scrollSettled(host.page);
		const before = await of(86).boundingBox();
		await host.page.reload();
		await of(86).waitFor();
		await scrollSettled(host.page);
		const after = await of(86).boundingBox();
		assert.ok(before && after && Math.abs(before.y - after.y) < 2, `${before?.y} -> ${after?.y}`);
	});

	it('has the elements of what is near only, and brings the others back as they were', async () => {
		const text = 'Some words.\n\n- one\n- two\n\n```md\n# Role\n```\n';
		const turn = foldParts([
			{ type: 'thinking', id: 't', text: 'Hm.' },
			{ type: 'text', id: 'a', text },
			{ type: 'done', stopReason: 'stop' },
		]);
		const messages = Array.from({ length: 400 }, (_, index) =>
			index % 2 ? assistantMessage(index + 1, turn) : userMessage(index + 1, `Message ${index + 1}`),
		);
		host = await open({ messages });
		const of = (id: number) => host.page.locator(`.message[data-id="${id}"]`);
		await of(400).locator('.code-block').waitFor();
		assert.ok((await host.page.locator('.message').count()) < 60);
		await of(398)
			.getByRole('button', { name: /^Thinking/ })
			.click();
		await of(398).getByText('Hm.').waitFor();
		await scrollSettled(host.page);
		const before = await of(398).boundingBox();
		await of(399).getByRole('button', { name: 'Edit message' }).focus();
		await scrollToTop(host);
		await of(2).locator('.code-block').waitFor();
		await of(390).waitFor({ state: 'detached' });
		assert.ok((await host.page.locator('.message').count()) < 60);
		assert.equal(await of(399).locator(':focus').count(), 1, 'what has the focus stays');
		await host.page.getByRole('button', { name: 'Jump to latest' }).click();
		await of(398).getByText('Hm.').waitFor();
		await scrollSettled(host.page);
		const after = await of(398).boundingBox();
		assert.ok(before && after && Math.abs(before.y - after.y) < 2, `${before?.y} -> ${after?.y}`);
		await host.page.getByRole('tab', { name: 'Test' }).focus();
		await scrollToTop(host);
		await of(399).waitFor({ state: 'detached' });
	});

	it('shows the beginning of an answer that is too long, with a way to the rest [fault 13]', async () => {
		const text = 'word '.repeat(150_000);
		host = await open({
			messages: [assistantMessage(2, shownTurn(foldParts([{ type: 'text', id: 'a', text }])))],
		});
		await answer().getByText('Only the first 524,288 of 750,000 characters are shown here.').waitFor();
		await answer().getByRole('button', { name: 'Open in editor' }).click();
		assert.deepEqual(await host.waitForCall('openText'), { key: '2', index: 0 });
	});

	it('counts what follows the shown part of an answer that goes on streaming', async () => {
		host = await open({ messages: [question, streaming], runs: [runFixture({ elapsed: 3000 })] });
		const text = 'word '.repeat(shownLimit / 5);
		host.stream('2', { type: 'text', id: 'a', text: text.padEnd(shownLimit, '.'), omitted: 12 });
		await answer().getByText('Only the first 524,288 of 524,300 characters are shown here.').waitFor();
		host.stream('2', { type: 'text', id: 'a', text: '', omitted: 700 }, { type: 'done', stopReason: 'stop' });
		await answer().getByText('Only the first 524,288 of 525,000 characters are shown here.').waitFor();
		await host.page.getByText('The answer is complete: 525,000 characters').waitFor({ state: 'attached' });
	});

	it('offers no way to the end of a result that is in sight as a whole', async () => {
		const text = 'A short paragraph.\n\n'.repeat(10);
		const turn = foldParts([
			{ type: 'text', id: 'a', text },
			{ type: 'done', stopReason: 'stop' },
		]);
		host = await open({ show: 'test' }, { result: async () => detailsOf(resultFixture({}), turn) });
		await host.page.setViewportSize({ width: 500, height: 1000 });
		const run = runFixture({ kind: 'test', key: 'test-1', query: 'Is it short?', topic: 'General' });
		host.state.runs.push(run);
		host.server.send('runStarted', run);
		host.stream('test-1', { type: 'text', id: 'a', text });
		await host.page.getByText('A short paragraph.').nth(9).waitFor();
		host.stream('test-1', { type: 'done', stopReason: 'stop' });
		host.server.send('results', { changed: ['test-1'], removed: [], total: 1, recentQueries: [] });
		await host.page.locator('.rating-row').waitFor();
		await scrollSettled(host.page);
		const jump = host.page.getByRole('button', { name: 'Jump to latest' });
		assert.equal(await jump.isVisible(), false);
		await host.page.setViewportSize({ width: 500, height: 560 });
		await jump.waitFor();
		await host.page.setViewportSize({ width: 500, height: 1000 });
		await jump.waitFor({ state: 'hidden' });
	});
});
