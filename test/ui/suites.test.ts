import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import { startUiSession, type UiSession } from '../support/vscode/uiSession.ts';
import type { Workbench } from '../support/vscode/workbench.ts';

const draft = 'Sample: code reviewer';

/** A suite in the editor, without a key: its tab, its document, its file, and the tree of runs. */
describe('suites', () => {
	let session: UiSession;
	let workbench: Workbench;
	let panel: FrameLocator;

	before(async () => {
		session = await startUiSession();
		workbench = await session.openWindow();
		await workbench.openContainer('Prompt Workshop');
		await workbench.runCommand('Prompt Workshop: Start Sample Workshop');
		await workbench.treeItem('Drafts', draft).click();
		await workbench.runCommand('Prompt Workshop: Open Workshop');
		panel = await workbench.webviewFrame(`Workshop: ${draft}`);
	});
	afterEach(function () {
		return session.photographFailure(this.currentTest);
	});
	after(() => session.close());

	const press = (name: string) => panel.getByRole('button', { name, exact: true }).click();

	it('run in their tab with the model that it names, and show why a case failed', async () => {
		await panel.getByRole('tab', { name: 'Suite' }).click();
		await panel.getByText('not run').first().waitFor();
		await press('Run');
		await panel.getByText('The built-in guide is no model').waitFor();
		await panel.getByRole('button', { name: 'Run Failed' }).waitFor();
		// The sample was still opening its own draft when another one was chosen.
		assert.equal(await workbench.page.locator('.notification-toast', { hasText: 'open editor' }).count(), 0);
		await workbench.photograph('suite', ['dark', 'light', 'hc-dark', 'hc-light']);
		await panel.getByText('off by one').click();
		await panel.getByRole('heading', { name: 'off by one' }).waitFor();
		await panel.getByText('request changes').first().waitFor();
		await workbench.photograph('suite-case', ['dark', 'light', 'hc-dark', 'hc-light']);
		await panel.getByRole('button', { name: 'All cases' }).click();
	});

	it('of a draft open as a document from their tab', async () => {
		await press('Open Suite');
		await workbench.editor(`${draft}.prompttest.yaml`).locator('.view-line', { hasText: 'off by one' }).waitFor();
		await workbench.photograph('suite-document', ['dark']);
	});

	it('of the workspace run from the view, without a question if they hold their answers', async () => {
		await workbench.collapseViews('Drafts', 'Library', 'Topics', 'Prompt Lab');
		await workbench.view('Suites').locator('.pane-header .title').click();
		await workbench.contextMenu(workbench.treeItem('Suites', 'triage'), 'Run Suite');
		await workbench.notification('first version: 10 of 16').getByRole('button', { name: 'Show' }).click();
		await workbench.page.locator('.tab .tab-label', { hasText: /^Report: / }).waitFor();
		assert.equal(await workbench.quickInput.isVisible(), false);
		await workbench.photograph('suites-view', ['dark', 'light']);
	});

	it('complete, explain and check what is typed', async () => {
		await workbench.treeItem('Suites', 'triage').click();
		const editor = workbench.editor('triage.prompttest.yaml');
		await editor.locator('.view-line', { hasText: 'description' }).first().waitFor();
		const { keyboard } = workbench.page;
		await editor.locator('.view-lines').click();
		await keyboard.press('ControlOrMeta+End');
		await keyboard.insertText('  - nam: typo\n');
		await editor.locator('.squiggly-error').first().waitFor();
		// The editor indents each new line like the one before.
		await keyboard.insertText('  assert:\n');
		await keyboard.insertText('  - type: ico');
		await keyboard.press('Control+Space');
		await workbench.page
			.locator('.suggest-widget .monaco-list-row', { hasText: 'icontains-all' })
			.first()
			.waitFor();
		await workbench.screenshot('suite-completion');
		await keyboard.press('Escape');
	});
});
