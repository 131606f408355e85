import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { Emitter } from '../../src/common/lifecycle.ts';
import type { BlindProtocol } from '../../src/common/blindPage.ts';
import { createRpcServer } from '../../src/common/rpc.ts';
import { blindHandlers } from '../../src/host/suites/blind/blindHandlers.ts';
import { BlindSession } from '../../src/suites/blind/blindSession.ts';
import { eventually } from '../support/eventually.ts';
import { reportedRuns } from '../support/suites/reportedRuns.ts';
import { launchBrowser } from '../support/vscode/browser.ts';
import { axeViolations } from '../support/webview/axe.ts';
import { photograph } from '../support/webview/photograph.ts';
import type { ThemeName } from '../support/webview/themes.ts';
import {
	openWebviewPage,
	postToPage,
	type WebviewPage,
	type WebviewPageOptions,
} from '../support/webview/webviewPage.ts';

const answer = (prompt: string, question: number) =>
	prompt === 'new'
		? `Yes, article ${question} is in stock: 3 are left.\n\nIt ships tomorrow.`
		: `I am sorry, I do not know whether article ${question} is in stock.`;

describe('the page of a blind rating', () => {
	let browser: Browser;
	const pages: WebviewPage[] = [];
	before(async () => {
		browser = await launchBrowser();
	});
	afterEach(async () => {
		const opened = pages.splice(0);
		await Promise.all(opened.map(({ page }) => page.context().close()));
		assert.deepEqual(
			opened.flatMap(({ problems, requests }) => [...problems, ...requests]),
			[],
		);
	});
	after(() => browser.close());

	const open = async (options: Partial<WebviewPageOptions> = {}) => {
		const runs = reportedRuns(answer);
		const { runId } = await runs.run({ prompts: ['old', 'new'], cases: 6 });
		const session = await BlindSession.open(runs.context, { runId, variant: 'old' }, { runId, variant: 'new' });
		const received = new Emitter<unknown>();
		const host: { opened?: WebviewPage } = {};
		createRpcServer<BlindProtocol>(
			{
				post: (message) => {
					if (host.opened) {
						postToPage(host.opened.page, message).catch(() => undefined);
					}
				},
				onMessage: received.event,
			},
			blindHandlers(session, { rating: 'r', name: 'Shop answers', locale: 'en', onSnapshot: () => undefined }),
			(method, error) => assert.fail(`${method}: ${error.message}`),
		);
		const waiting: unknown[] = [];
		const opened = await openWebviewPage(browser, {
			entry: 'src/webview/blind/main.ts',
			width: 1000,
			...options,
			onMessage: (message) => (host.opened ? received.fire(message) : waiting.push(message)),
		});
		host.opened = opened;
		pages.push(opened);
		waiting.forEach((message) => received.fire(message));
		await opened.page.getByText('Which answer is better?').first().waitFor();
		return { page: opened.page, session };
	};

	it('is used with the keyboard alone: J, K, space and U, and never says which side is which', async () => {
		const { page, session } = await open();
		const rated = (count: number) => page.getByText(`${count} of 6 pairs rated`).waitFor();
		const texts = () => page.locator('.side-text').allInnerTexts();
		const first = await texts();
		assert.doesNotMatch(await page.locator('main').innerText(), /\b(old|new)\b/);
		await page.keyboard.press('j');
		await rated(1);
		assert.notDeepEqual(await texts(), first);
		await page.keyboard.press('k');
		await rated(2);
		await page.keyboard.press(' ');
		await rated(3);
		assert.equal((await session.view()).preference?.ties, 1);
		for (const count of [2, 1, 0]) {
			await page.keyboard.press('u');
			await rated(count);
		}
		assert.deepEqual(await texts(), first);
		// A button that was pressed does not keep the space bar.
		await page.getByRole('button', { name: 'Left is better' }).click();
		await rated(1);
		await page.keyboard.press(' ');
		await rated(2);
		assert.equal((await session.view()).preference?.ties, 1);
	});

	it('shows the running interval, and the sides at the end', async () => {
		const { page } = await open();
		for (let count = 1; count <= 6; count++) {
			const [left = ''] = await page.locator('.side-text').allInnerTexts();
			await page.keyboard.press(left.startsWith('Yes') ? 'j' : 'k');
			await page.getByText(`${count} of 6 pairs rated`).waitFor();
		}
		await page.getByText('All pairs are rated').waitFor();
		assert.match(await page.getByRole('status').innerText(), /^Blind ratings do not tell X and Y apart: /);
		await page.getByRole('button', { name: 'Finish and show the sides' }).click();
		await eventually(async () => assert.deepEqual(await page.locator('dd').allInnerTexts(), ['old', 'new']));
		assert.match(
			await page.getByRole('status').innerText(),
			/\+100\.0 points \(.* to 100\.0\), 6 for B, 0 for A, 0 ties/,
		);
		assert.ok(await page.getByRole('button', { name: 'Undo' }).isDisabled());
		await photograph(page, 'blind finished');
		assert.deepEqual(await axeViolations(page), []);
	});

	for (const theme of ['dark', 'light', 'contrast-dark', 'contrast-light'] satisfies ThemeName[]) {
		it(`has no fault that axe finds, in ${theme}`, async () => {
			const { page } = await open({ theme });
			await page.keyboard.press('j');
			await page.getByText('1 of 6 pairs rated').waitFor();
			await photograph(page, `blind ${theme}`);
			assert.deepEqual(await axeViolations(page), []);
		});
	}

	it('is used at 200 % zoom and in a narrow column', async () => {
		for (const [width, height] of [
			[500, 400],
			[320, 800],
		] as const) {
			const { page } = await open({ width, height });
			await photograph(page, `blind ${width} wide`);
			const shown = await page.evaluate(() => document.documentElement.scrollWidth);
			assert.ok(shown <= width, `${shown} pixels wide`);
			assert.deepEqual(await axeViolations(page), []);
		}
	});
});
