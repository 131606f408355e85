import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { startUiSession, type UiSession } from '../support/vscode/uiSession.ts';
import type { Workbench } from '../support/vscode/workbench.ts';

/** The report of a run in the editor: from the view of suites, with its actions, and after a reload of the window. */
describe('a report in the editor', () => {
	let session: UiSession;
	let workbench: Workbench;
	let page: FrameLocator;
	let title: string;
	let rating: FrameLocator;
	let place: string;
	const ratingTitle = 'Blind rating: prompts/triage.prompttest.yaml';

	/** The pair that is shown, and how many are rated. No label of a variant is among it. */
	const placeOf = async (frame: FrameLocator) => {
		const text = await frame.locator('main.blind').innerText();
		assert.doesNotMatch(text, /first version|with rules/);
		return text;
	};

	before(async () => {
		session = await startUiSession();
		workbench = await session.openWindow();
		await workbench.openContainer('Prompt Workshop');
		await workbench.collapseViews('Drafts', 'Library', 'Topics', 'Prompt Lab');
		await workbench.view('Suites').locator('.pane-header .title').click();
	});
	afterEach(function () {
		return session.photographFailure(this.currentTest);
	});
	after(() => session.close());

	it('opens from the message at the end of a run', async () => {
		await workbench.contextMenu(workbench.treeItem('Suites', 'triage'), 'Run Suite');
		await workbench.notification('first version: 10 of 16').getByRole('button', { name: 'Show' }).click();
		// With the time of the run.
		title = await workbench.page.locator('.tab .tab-label', { hasText: /^Report: / }).innerText();
		page = await workbench.webviewFrame(title);
		await page.getByText(/(B is (better|worse)|Not told apart): /).waitFor();
		assert.equal(await page.locator('.rates tbody tr').count(), 2);
		await workbench.photograph('report', ['dark', 'light', 'hc-dark', 'hc-light']);
	});

	it('shows the answers of a case side by side', async () => {
		await page.getByRole('button', { name: /^Failed/ }).click();
		await page.getByText('8 of 16 cases').waitFor();
		await page.locator('.case-main').first().click();
		await page.locator('.below-answer').nth(1).waitFor();
		await workbench.photograph('report-case', ['dark', 'light', 'hc-dark', 'hc-light']);
		await page.getByRole('button', { name: 'All cases' }).click();
		await page.locator('.case-main').first().waitFor();
	});

	it('makes its run the baseline', async () => {
		await page.getByRole('button', { name: 'Use as Baseline' }).click();
		await page.getByText('baseline', { exact: true }).waitFor();
	});

	it('is exported in a format that is chosen', async () => {
		await page.getByRole('button', { name: 'Export…' }).click();
		await workbench.quickPickRows('JUnit XML: for CI').waitFor();
		await workbench.page.keyboard.press('Escape');
	});

	it('is reached from the dashboard', async () => {
		await workbench.runCommand('Prompt Workshop: Open Dashboard');
		const dashboard = await workbench.webviewFrame('Prompt Dashboard');
		await dashboard.getByText('first version: 10 of 16').waitFor();
		await workbench.photograph('dashboard', ['dark', 'light']);
		await dashboard.locator('.chart-point').first().click();
		page = await workbench.webviewFrame(title);
		await page.locator('.rates').waitFor();
	});

	it('has answers that are rated blind', async () => {
		await workbench.runCommandAndChoose('Prompt Workshop: Rate Answers Blind', 'prompts/triage.prompttest.yaml');
		rating = await workbench.webviewFrame(ratingTitle);
		await rating.getByText('Which answer is better?').first().waitFor();
		// Pairs of equal answers are ties from the start.
		const first = await placeOf(rating);
		await rating.getByRole('button', { name: 'Left is better' }).click();
		await eventually(async () => assert.notEqual((place = await placeOf(rating)), first));
		await rating.getByText(/[1-9]\d* of 16 pairs rated/).waitFor();
	});

	it('is there again after a reload of the window, and so is the rating: where it was, its sides hidden', async () => {
		await workbench.reloadWithTab(ratingTitle);
		await workbench.tab(ratingTitle).click();
		rating = await workbench.webviewFrame(ratingTitle);
		await eventually(async () => assert.equal(await placeOf(rating), place));
		await workbench.screenshot('blind-restored');
		// VS Code may have stored an older state of the window too, with the dashboard in front.
		await workbench.tab(title).click();
		page = await workbench.webviewFrame(title);
		// VS Code may have stored an older state of the page: the list, or a case.
		await page.locator('.report').getByRole('heading', { name: 'prompts/triage' }).waitFor();
		await page.locator('.rates, .below-answer').first().waitFor();
	});
});
