import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { normaliseFixture } from '../../src/lab/normaliseFixture.ts';
import { axeViolations } from '../support/webview/axe.ts';
import { column, labPages } from '../support/webview/labPages.ts';
import type { LabHost } from '../support/webview/labHost.ts';
import { scrollSettled } from '../support/webview/scrollSettled.ts';
import { answer, assistant, conversationFixture, scriptedModels, transcript, user } from '../unit/lab/support.ts';

/** Messages of very different heights. */
function conversation(count: number, lines = (index: number) => (index * 7) % 23) {
	return Array.from({ length: count }, (_, index) => {
		const text = `message ${index}${'\n\nA line.'.repeat(lines(index))}`;
		return index % 2 === 0 ? user(text) : assistant(text, 'Hm.');
	});
}

function assessment(count: number) {
	const items = Array.from({ length: count }, (_, index) => ({
		question: `question ${index}`,
		answer: 'A long answer. '.repeat((index * 7) % 40),
		expected: 1,
	}));
	return normaliseFixture({ type: 'assessment', instructions: 'Rubric.', items }, 'long');
}

/** The messages that were requested, without repetition. */
function fetched(host: LabHost): number[] {
	return [...new Set(host.fetched.flatMap(({ indices }) => indices))].sort((a, b) => a - b);
}

function entry(page: Page, index: number) {
	return page.locator(`.column-body [data-id="${index}"], .assessment [data-id="${index}"]`);
}

/** As a reader who drags the bar. */
async function scrollTo(page: Page, scroller: string, share: number): Promise<void> {
	await page.locator(scroller).evaluate((node, to) => {
		node.dispatchEvent(new WheelEvent('wheel'));
		node.scrollTop = to * node.scrollHeight;
	}, share);
	await scrollSettled(page, scroller);
}

/** Reloads the page and checks that an entry is where it was. */
async function reloadAt(page: Page, scroller: string, index: number): Promise<void> {
	const place = async () => {
		const [box, view] = await Promise.all([entry(page, index).boundingBox(), page.locator(scroller).boundingBox()]);
		return (box?.y ?? 0) - (view?.y ?? 0);
	};
	const before = await place();
	await page.waitForFunction(
		(wanted) => (sessionStorage.getItem('state') ?? '').includes(`"places":{"${wanted}`),
		await page.locator(scroller).getAttribute('data-column'),
	);
	await page.reload();
	await entry(page, index).waitFor();
	await scrollSettled(page, scroller);
	const after = await place();
	assert.ok(Math.abs(before - after) < 2, `${index}: ${before} -> ${after}`);
}

/** The entry at the top edge of what is in view. */
function topEntry(page: Page, scroller: string): Promise<number> {
	return page.locator(scroller).evaluate((node) => {
		const { top } = node.getBoundingClientRect();
		const entries = [...node.querySelectorAll<HTMLElement>('[data-id]')];
		return Number(entries.find((one) => one.getBoundingClientRect().bottom > top)?.dataset['id']);
	});
}

describe('long conversations and assessments on the page of the Prompt Lab', () => {
	const open = labPages();
	const body = '.column-body';
	const table = '.table-scroller';

	it('have the elements of the messages near the view only, and fetch no others', async () => {
		const models = scriptedModels(() => answer('A new answer.'));
		const host = await open({ fixture: conversationFixture(conversation(20_000)), models });
		const { page } = host;
		const messages = page.locator('.message');
		await entry(page, 19_999).waitFor();
		await scrollSettled(page, body);
		assert.ok((await messages.count()) <= 100, `${await messages.count()} messages`);
		assert.ok(fetched(host).length <= 101 && (fetched(host)[0] ?? 0) > 19_800, fetched(host).join());
		await scrollTo(page, body, 0);
		await entry(page, 0).waitFor();
		await entry(page, 19_999).waitFor({ state: 'detached' });
		assert.ok((await messages.count()) <= 100, `${await messages.count()} messages`);
		assert.ok(fetched(host).length <= 202, fetched(host).join());
		// What is in view stays when another turn is chosen.
		const before = await entry(page, 2).boundingBox();
		// Without the scrolling that goes before a click.
		await page.getByRole('button', { name: 'Replace this turn, turn 4', exact: true }).dispatchEvent('click');
		await page.locator('.message.chosen').getByText('message 3').waitFor();
		assert.deepEqual(await entry(page, 2).boundingBox(), before);
		await column(page, 0).getByRole('button', { name: 'Regenerate' }).click();
		await page.getByText('A new answer.').waitFor();
		assert.equal(transcript(models.requests[0]).length, 3);
		assert.ok(fetched(host).length <= 202, fetched(host).join());
		await page.reload();
		await page.getByText('A new answer.').waitFor();
	});

	it('go to the first and the last message by Home and End', async () => {
		const host = await open({
			fixture: conversationFixture(conversation(1_000)),
			models: scriptedModels(() => answer('x')),
		});
		const { page } = host;
		await entry(page, 999).waitFor();
		await page.locator(body).focus();
		await page.keyboard.press('Home');
		await entry(page, 0).getByText('message 0').waitFor();
		await scrollSettled(page, body);
		assert.equal(await page.locator(body).evaluate((node) => node.scrollTop), 0);
		await page.keyboard.press('End');
		await entry(page, 999).waitFor();
		await scrollSettled(page, body);
		const bottom = await entry(page, 999).evaluate((node) => node.getBoundingClientRect().bottom);
		const view = await page.locator(body).evaluate((node) => node.getBoundingClientRect().bottom);
		assert.ok(bottom <= view, `${bottom} of ${view}`);
		assert.ok(!fetched(host).some((index) => index > 100 && index < 900), fetched(host).join());
	});

	it('open at the question of the chosen turn; short conversations open at their beginning', async () => {
		const { page } = await open({
			fixture: conversationFixture(conversation(400), conversation(10)),
			chosen: { '0/0': 201 },
			models: scriptedModels(() => answer('x')),
		});
		await entry(page, 201).waitFor();
		await entry(page, 7).waitFor();
		const [long, short] = [0, 1].map((index) => column(page, index).locator(body));
		await scrollSettled(page, `${body} >> nth=0`);
		await scrollSettled(page, `${body} >> nth=1`);
		const [question, top] = await Promise.all([entry(page, 200).boundingBox(), long?.boundingBox()]);
		assert.ok(question && top && Math.abs(question.y - top.y) < 2, `${question?.y} below ${top?.y}`);
		assert.equal(await short?.evaluate((node) => node.scrollTop), 0);
	});

	it('keep the message that is read over a reload, without the messages before it', async () => {
		const host = await open({
			fixture: conversationFixture(conversation(1_000)),
			models: scriptedModels(() => answer('x')),
		});
		const { page } = host;
		await entry(page, 999).waitFor();
		await scrollTo(page, body, 0.4);
		await page.locator(body).hover();
		await page.mouse.wheel(0, 170);
		await scrollSettled(page, body);
		const read = await topEntry(page, body);
		assert.ok(read > 300 && read < 500, `message ${read}`);
		host.fetched.splice(0);
		await reloadAt(page, body, read);
		const [first = 0] = fetched(host);
		assert.ok(first > read - 60 && fetched(host).length < 100, fetched(host).join());
		await scrollTo(page, body, 1);
		await entry(page, 999).waitFor();
		await reloadAt(page, body, 999);
	});

	it('keep what is read in its place while messages above it arrive', async () => {
		const host = await open({
			fixture: conversationFixture(conversation(1_000)),
			models: scriptedModels(() => answer('x')),
		});
		const { page } = host;
		await entry(page, 999).waitFor();
		await scrollSettled(page, body);
		await page.locator(body).hover();
		for (let step = 0; step < 8; step++) {
			const read = entry(page, await topEntry(page, body));
			const before = await read.boundingBox();
			await page.mouse.wheel(0, -400);
			await scrollSettled(page, body);
			const after = await read.boundingBox();
			assert.ok(before && after && Math.abs(after.y - before.y - 400) < 2, `${before?.y} -> ${after?.y}`);
		}
		assert.ok((fetched(host)[0] ?? 0) < 980 && fetched(host).length < 100, fetched(host).join());
	});

	it('keep the end of a regeneration in view when the panel changes its width', async () => {
		const { page } = await open({
			fixture: conversationFixture(
				Array.from({ length: 10 }, (_, index) =>
					index % 2 === 0 ? user('Why? '.repeat(60)) : assistant('A line. '.repeat(60)),
				),
			),
			models: scriptedModels(() => answer('A new line. '.repeat(40))),
		});
		await column(page, 0).getByRole('button', { name: 'Regenerate' }).click();
		await page.getByText('new 1 of 1').waitFor();
		for (const width of [1100, 360, 800]) {
			await page.setViewportSize({ width, height: 850 });
			await scrollSettled(page, body);
			const below = await page
				.locator(body)
				.evaluate((node) => node.scrollHeight - node.clientHeight - node.scrollTop);
			assert.ok(below < 2, `${below} pixels are below at a width of ${width}`);
		}
	});

	it('keep what has the focus when it is scrolled away', async () => {
		const { page } = await open({
			fixture: conversationFixture(conversation(1_000)),
			models: scriptedModels(() => answer('x')),
		});
		await entry(page, 999).getByRole('button', { name: 'Replace this turn, turn 1000' }).focus();
		await scrollTo(page, body, 0);
		await entry(page, 0).waitFor();
		await entry(page, 960).waitFor({ state: 'detached' });
		assert.equal(await entry(page, 999).locator(':focus').count(), 1);
		await page.getByRole('textbox', { name: 'Base prompt' }).focus();
		await entry(page, 999).waitFor({ state: 'detached' });
	});

	it('have the rows of the items near the view only, in a table with all of them', async () => {
		const { page, problems } = await open({
			fixture: assessment(30_000),
			models: scriptedModels(() => answer('{"rationale":"because","score":"1"}')),
		});
		const rows = page.getByRole('table').locator('[role=row][data-id]');
		await entry(page, 0).getByText('question 0').waitFor();
		assert.equal(await page.getByRole('table').getAttribute('aria-rowcount'), '30001');
		assert.ok((await rows.count()) <= 100, `${await rows.count()} rows`);
		await page.getByRole('region', { name: 'long' }).focus();
		await page.keyboard.press('End');
		await entry(page, 29_999).getByText('question 29999').waitFor();
		await scrollSettled(page, table);
		await entry(page, 0).waitFor({ state: 'detached' });
		assert.ok((await rows.count()) <= 100, `${await rows.count()} rows`);
		assert.equal(await entry(page, 29_999).getAttribute('aria-rowindex'), '30001');
		await page.getByRole('columnheader', { name: 'Expected' }).click({ trial: true });
		await entry(page, 29_999).getByRole('button', { name: 'Score' }).click();
		await entry(page, 29_999).getByText('because').waitFor();
		await page.getByText('1 of 1 as expected').waitFor();
		await scrollTo(page, table, 0.5);
		const read = await topEntry(page, table);
		assert.ok(read > 10_000 && read < 20_000, `row ${read}`);
		await reloadAt(page, table, read);
		assert.deepEqual(problems, []);
		assert.deepEqual(await axeViolations(page), []);
		// axe puts a style of its own into the page, which the policy refuses.
		problems.splice(0);
	});
});
