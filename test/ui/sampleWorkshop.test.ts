import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import { startUiSession, type UiSession } from '../support/vscode/uiSession.ts';
import type { Workbench } from '../support/vscode/workbench.ts';

const tab = 'Workshop: Sample: storage briefing';

/** The first minute of somebody new: from nothing to a tested, rated and committed prompt, with one click a step. */
describe('the sample workshop', () => {
	let session: UiSession;
	let workbench: Workbench;
	let panel: FrameLocator;

	before(async () => {
		session = await startUiSession();
		workbench = await session.openWindow();
	});
	afterEach(function () {
		return session.photographFailure(this.currentTest);
	});
	after(() => session.close());

	const press = (name: string) => panel.getByRole('button', { name, exact: true }).click();
	const openWalkthrough = async () => {
		await workbench.runCommandAndChoose('Welcome: Open Walkthrough...', 'Get Started with Prompt Workshop');
		await workbench.page.locator('.getting-started-step').first().waitFor();
	};
	const noQuestion = async () => assert.equal(await workbench.quickInput.isVisible(), false, 'no model is asked for');

	it('begins with a draft of each kind and a topic, and asks no model', async () => {
		await workbench.openContainer('Prompt Workshop');
		await openWalkthrough();
		await workbench.runCommand('Prompt Workshop: Start Sample Workshop');
		panel = await workbench.webviewFrame(tab);
		await panel.getByRole('button', { name: 'Write it now' }).waitFor();
		for (const name of ['storage briefing', 'code reviewer', 'support agent']) {
			await workbench.treeItem('Drafts', `Sample: ${name}`).waitFor();
		}
		await noQuestion();
	});

	it('leads to a prompt, its first test, a rating and the library, with one click each', async () => {
		await press('Write it now');
		await press('Use it in the draft');
		await workbench
			.editor('sample-storage-briefing.md')
			.locator('.view-line', { hasText: 'Role' })
			.first()
			.waitFor();
		await press('Test it');
		await press('Run');
		await panel.getByText('enhanced_database_search').first().waitFor();
		await noQuestion();
		await panel.getByRole('radio', { name: '4 of 5 stars' }).click();
		await panel.getByRole('radio', { name: '4 of 5 stars', checked: true }).waitFor();
		await workbench.photograph('sample-tested', ['dark', 'light']);
		await panel.getByRole('button', { name: /^Commit/ }).click();
		for (const step of [1, 2, 3]) {
			await workbench.quickStep(`Commit as Prompt (${step}/3)`);
			await workbench.page.keyboard.press('Enter');
		}
		await workbench.treeItem('Library', 'Sample: storage briefing').waitFor();
	});

	it('has completed these steps of the walkthrough', async () => {
		await openWalkthrough();
		for (const step of ['Start a draft', 'Write the prompt', 'Test the draft', 'Rate the answer', 'Commit it']) {
			await workbench.page.locator(`.getting-started-step [aria-label$="${step}: Completed"]`).first().waitFor();
		}
	});

	it('shows a form for the values of the code reviewer, and nothing about topics', async () => {
		await workbench.treeItem('Drafts', 'Sample: code reviewer').click();
		await workbench.runCommand('Prompt Workshop: Open Workshop');
		panel = await workbench.webviewFrame('Workshop: Sample: code reviewer');
		await panel.getByRole('tab', { name: 'Test' }).click();
		await panel.getByLabel('language', { exact: true }).waitFor();
		assert.equal(await panel.getByLabel('Topic').count(), 0);
		await panel.getByText('offline/guide').waitFor();
		await workbench.photograph('kinds', ['dark', 'light', 'hc-dark', 'hc-light']);
	});
});
