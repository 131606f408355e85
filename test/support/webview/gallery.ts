// npm run gallery: pictures of every place of both panels in four themes and three widths, in out/gallery, to be looked at.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { answer, scriptedModels } from '../../unit/lab/support.ts';
import { launchBrowser } from '../vscode/browser.ts';
import { projectRoot } from '../vscode/projectRoot.ts';
import { drawn } from './drawn.ts';
import { agentSnapshot, resultDetails, results, tutor, workshopSnapshot } from './galleryContent.ts';
import { openLabPage } from './labHost.ts';
import { bundledFixture } from './labPages.ts';
import { themes, type ThemeName } from './themes.ts';
import { openWorkshop } from './workshopHost.ts';
import { HistoryFixture } from './workshopHistory.ts';

const widths = [360, 800, 1400];
const height = 860;
const folder = join(projectRoot, 'out', 'gallery');

async function photograph(page: Page, theme: ThemeName, name: string): Promise<void> {
	for (const width of widths) {
		await page.setViewportSize({ width, height });
		await drawn(page);
		await page.screenshot({ path: join(folder, `${name}-${theme}-${width}.png`) });
	}
}

async function workshop(browser: Browser, theme: ThemeName): Promise<void> {
	const { page } = await openWorkshop(
		browser,
		workshopSnapshot,
		{ result: async ({ testId }) => resultDetails(testId), history: new HistoryFixture(results).answer },
		{ theme, height },
	);
	await page.locator('.code-block').first().waitFor();
	await photograph(page, theme, 'workshop-chat');
	await page.getByRole('tab', { name: 'Test' }).click();
	await page.locator('.metrics').waitFor();
	await photograph(page, theme, 'workshop-test');
	await page.locator('.form-line').click();
	await photograph(page, theme, 'workshop-test-form');
	await page.getByRole('button', { name: 'Compare with previous' }).click();
	await page.locator('.compared pw-markdown').nth(1).waitFor();
	await photograph(page, theme, 'workshop-compare');
	await page.getByRole('tab', { name: 'History' }).click();
	await page.locator('.history-row').first().waitFor();
	await photograph(page, theme, 'workshop-history');
	await page.context().close();
}

/** The form of an agent's test, with the tools that the model is offered. */
async function agent(browser: Browser, theme: ThemeName): Promise<void> {
	const { page } = await openWorkshop(browser, agentSnapshot, {}, { theme, height });
	await page.getByRole('tab', { name: 'Test' }).click();
	await page.locator('.offered-tools summary').click();
	await photograph(page, theme, 'workshop-test-tools');
	await page.context().close();
}

async function lab(browser: Browser, theme: ThemeName): Promise<void> {
	const fixture = await bundledFixture('statistics-tutor');
	const { page, session, choices } = await openLabPage(browser, {
		fixture,
		models: scriptedModels(tutor),
		theme,
		height,
		width: 1400,
		settings: { model: 'anthropic/claude-sonnet' },
	});
	await page.getByRole('textbox', { name: 'Base prompt' }).waitFor();
	await photograph(page, theme, 'lab-conversations');
	await page.setViewportSize({ width: 1400, height });
	const prompt = page.getByRole('textbox', { name: 'Base prompt' });
	await prompt.fill(`${await prompt.inputValue()}\n- Where numbers are compared, use a small table.`);
	await page.getByRole('button', { name: /^Regenerate all/ }).click();
	await page.getByText(/^5 of 6 complete/).waitFor();
	await page.getByText('new 1 of 1').first().waitFor();
	await photograph(page, theme, 'lab-regenerated');
	await session.regenerate('0/0');
	await page.getByText('new 2 of 2').first().waitFor();
	await page.getByRole('button', { name: 'Stop all' }).waitFor({ state: 'detached' });
	await page.setViewportSize({ width: 1400, height });
	await page.getByRole('button', { name: 'Compare' }).first().click();
	await page.locator('.compared').nth(2).waitFor();
	await photograph(page, theme, 'lab-compare');
	await page.setViewportSize({ width: 1400, height });
	choices.push({ id: 'draft:1', label: 'Socratic tutor', detail: 'draft' });
	await page.getByRole('tab', { name: 'Matrix' }).click();
	await page.getByText(/calls, about/).waitFor();
	await photograph(page, theme, 'lab-matrix-form');
	await page.setViewportSize({ width: 1400, height });
	await page.getByRole('button', { name: /^Run \d+ calls/ }).click();
	await page.locator('table.matrix .cell-complete').first().waitFor();
	await page.getByText(/\d+ of \d+ complete/).waitFor();
	await photograph(page, theme, 'lab-matrix');
	await page.context().close();
	session.dispose();
}

async function assessment(browser: Browser, theme: ThemeName): Promise<void> {
	const { page, session } = await openLabPage(browser, {
		fixture: await bundledFixture('answer-quality'),
		models: scriptedModels(() => answer('{"rationale":"It says what the source says, and no more.","score":"4"}')),
		theme,
		height,
		width: 1400,
	});
	await page.getByRole('button', { name: /^Score all/ }).click();
	await page.getByText(/as expected/).waitFor();
	await photograph(page, theme, 'lab-assessment');
	await page.context().close();
	session.dispose();
}

await mkdir(folder, { recursive: true });
const browser = await launchBrowser();
const wanted = process.argv.slice(2);
for (const theme of Object.keys(themes) as ThemeName[]) {
	if (wanted.length === 0 || wanted.includes(theme)) {
		await workshop(browser, theme);
		await agent(browser, theme);
		await lab(browser, theme);
		await assessment(browser, theme);
	}
}
await browser.close();
console.log(`Pictures are in ${folder}`);
