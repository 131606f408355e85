import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { startUiSession, type UiSession } from '../support/vscode/uiSession.ts';
import type { Workbench } from '../support/vscode/workbench.ts';

const draft = 'Storage analyst';
const tab = 'storage-analyst.md';
const topic = 'storage news';
const question = 'What slows the build-out of batteries on the grid?';

/** From an idea to a committed prompt, as somebody new does it: no key, the built-in guide, the sample workspace. */
describe('a first prompt', () => {
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

	it('starts a draft: nothing is sent before a model is chosen, then the guide asks', async () => {
		await workbench.openContainer('Prompt Workshop');
		await workbench.view('Drafts').getByText('New Draft').waitFor();
		await workbench.runCommand('Prompt Workshop: New Draft');
		await workbench.answerStep('New Draft (1/3)', 'Research');
		await workbench.answerStep('New Draft (2/3)', 'ab');
		await workbench.quickInputMessage.filter({ hasText: '3' }).waitFor();
		await workbench.answerStep('New Draft (2/3)', draft);
		await workbench.answerStep('New Draft (3/3)', 'Tell utility planners what recent articles say about batteries');
		await workbench.quickPickChoose('Built-in guide');
		await workbench.editor(tab).waitFor();
		await workbench.treeItem('Drafts', draft).waitFor();
		panel = await workbench.webviewFrame(`Workshop: ${draft}`);
		await panel.getByText('not a language model').first().waitFor();
		await panel.locator('.message-assistant .thinking').first().waitFor();
	});

	it('writes a prompt in the chat and extracts it into the document', async () => {
		await panel.getByRole('textbox', { name: 'Message' }).fill('Write it now');
		await panel.getByRole('button', { name: 'Send', exact: true }).click();
		await panel.locator('.message-assistant').nth(1).locator('pre').first().waitFor();
		await workbench.photograph('chat', ['dark', 'light']);
		await panel.getByRole('button', { name: /^Extract draft/ }).click();
		await workbench.editor(tab).locator('.view-line', { hasText: 'Role' }).first().waitFor();
		// The store has it: the panel counts the saved text.
		await panel.locator('.footer-figures', { hasText: /[1-9],\d{3} characters/ }).waitFor();
	});

	it('keeps what is typed and saved over a reload of the window', async () => {
		await workbench.editor(tab).locator('.view-lines').click();
		await workbench.page.keyboard.press('ControlOrMeta+Home');
		await workbench.page.keyboard.insertText('Answer in the language of the question.\n\n');
		await workbench
			.editor(tab)
			.locator('.view-line', { hasText: 'Answer in the language of the question.' })
			.first()
			.waitFor();
		const counted = panel.getByText(/[\d,]+ characters/).first();
		const before = await counted.textContent();
		await workbench.page.keyboard.press('ControlOrMeta+s');
		await panel
			.locator('body')
			.filter({ hasNotText: before ?? '' })
			.waitFor();
		await workbench.reloadWithTab(`Workshop: ${draft}`);
		await workbench
			.editor(tab)
			.locator('.view-line', { hasText: 'Answer in the language of the question.' })
			.first()
			.waitFor();
		panel = await workbench.webviewFrame(`Workshop: ${draft}`);
		await panel.getByText('Write it now', { exact: true }).waitFor();
	});

	it('imports the sample articles as a topic', async () => {
		await workbench.runCommandAndChoose('Prompt Workshop: Import Topic', 'Folder');
		// The dialog fills its own box first: what is typed before is lost.
		await workbench.quickPickRows('articles').waitFor();
		await workbench.quickInput.fill(`${join(session.workspace, 'articles')}/`);
		await workbench.quickPickRows('articles').waitFor({ state: 'detached' });
		await workbench.page.locator('.quick-input-widget:visible').getByRole('button', { name: 'Import' }).click();
		await workbench.answerStep('Import Topic', topic);
		await workbench.treeItem('Topics', topic).waitFor();
		assert.match((await workbench.treeItem('Topics', topic).textContent()) ?? '', /62/);
	});

	it('runs a test over the topic, shows true figures and stores a rating', async () => {
		await panel.getByRole('tab', { name: 'Test' }).click();
		await panel.getByRole('combobox', { name: 'Topic' }).selectOption(topic);
		await panel.getByRole('textbox', { name: 'Test question' }).fill(question);
		await panel.getByRole('button', { name: 'Run', exact: true }).click();
		await panel.getByText('enhanced_database_search').first().waitFor();
		await panel.getByRole('radio', { name: '4 of 5 stars' }).click();
		await workbench.screenshot('test-running');
		await workbench.photograph('test', ['dark', 'light']);
		await panel.getByRole('tab', { name: /^History/ }).click();
		await panel.getByText(question).first().waitFor();
		await workbench.photograph('history', ['dark', 'light']);
	});

	it('commits the prompt to the library and clones it back', async () => {
		await panel.getByRole('button', { name: /^Commit/ }).click();
		await workbench.answerStep('Commit as Prompt (1/3)', 'Not Allowed');
		await workbench.quickInputMessage.filter({ hasText: 'Not Allowed' }).waitFor();
		await workbench.answerStep('Commit as Prompt (1/3)', 'storage_analyst');
		await workbench.answerStep('Commit as Prompt (2/3)', 'Storage analyst');
		await workbench.answerStep('Commit as Prompt (3/3)', '');
		await workbench.treeItem('Library', 'Storage analyst').waitFor();
		await workbench.contextMenu(workbench.treeItem('Library', 'Storage analyst'), 'Clone to Draft');
		await workbench.treeItem('Drafts', 'Modified Storage analyst').waitFor();
		await workbench.editor('modified-storage-analyst.md').waitFor();
		await workbench.screenshot('clone-dark');
	});
});
