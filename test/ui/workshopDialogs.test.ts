import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { startUiSession, type UiSession } from '../support/vscode/uiSession.ts';
import type { Workbench } from '../support/vscode/workbench.ts';
import { savedByHand, wireSettings } from '../support/vscode/wireSettings.ts';
import { WireServer } from '../support/wire/wireServer.ts';

const draft = 'Release analyst';
const tab = 'release-analyst.md';
const prompt =
	'You answer questions about releases from the articles that your tools return. Cite the article of every claim, and say what is not known.';
const block = 'You tell managers in five sentences what a release breaks, and cite the article of every claim.';
const question = 'What would an upgrade break for us?';

/** The dialogs of the Workshop panel: what is asked before something is written, opened or lost, and how to go back. */
describe('dialogs of the Workshop', () => {
	let wire: WireServer;
	let session: UiSession;
	let workbench: Workbench;
	let panel: FrameLocator;

	before(async () => {
		wire = await WireServer.start();
		session = await startUiSession({
			settings: { ...savedByHand, ...wireSettings(wire) },
		});
		workbench = await session.openWindow();
		await workbench.openContainer('Prompt Workshop');
	});
	afterEach(function () {
		return session.photographFailure(this.currentTest);
	});
	after(async () => {
		await session.close();
		await wire.stop();
	});

	const quickInput = () => workbench.page.locator('.quick-input-widget:visible');
	const dialog = () => workbench.page.locator('.monaco-dialog-box');
	const goBack = () => quickInput().getByRole('button', { name: 'Back' }).click();

	async function ask(text: string, reply: string): Promise<void> {
		wire.reply('chat', wire.script.chat({ text: reply }));
		await panel.getByRole('tab', { name: 'Chat' }).click();
		await panel.getByRole('textbox', { name: 'Message' }).fill(text);
		await panel.getByRole('button', { name: 'Send', exact: true }).click();
	}
	async function writeDraft(title: string, text: string): Promise<void> {
		await workbench.typeInEditor(title, text);
		await workbench.page.keyboard.press('ControlOrMeta+s');
		await panel.getByText(`${text.length} characters`).waitFor();
	}

	it('the page’s policy lets nothing in but its own bundle', async () => {
		await workbench.runCommand('Prompt Workshop: New Draft');
		await workbench.answerStep('New Draft (1/3)', 'Research');
		await workbench.answerStep('New Draft (2/3)', draft);
		await workbench.quickStep('New Draft (3/3)');
		await goBack();
		await workbench.quickStep('New Draft (2/3)');
		assert.equal(await workbench.quickInput.inputValue(), draft, 'what was typed stays');
		await workbench.answerStep('New Draft (2/3)', draft);
		await workbench.answerStep('New Draft (3/3)', '');
		panel = await workbench.webviewFrame(`Workshop: ${draft}`);
		await panel.getByText('Hello.').waitFor();
		const policy = await panel.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
		const parts = Object.fromEntries(
			(policy ?? '')
				.split('; ')
				.map((part) => [part.slice(0, part.indexOf(' ')), part.slice(part.indexOf(' ') + 1)]),
		);
		const bundle = parts['style-src'];
		assert.match(bundle ?? '', /^'self' https:\/\/\*\.vscode-cdn\.net$/);
		assert.match(parts['script-src'] ?? '', /^'nonce-[\w+/=]{20,}'$/);
		assert.deepEqual(parts, {
			'default-src': "'none'",
			'script-src': parts['script-src'],
			'style-src': bundle,
			'font-src': bundle,
			'img-src': bundle,
			'base-uri': "'none'",
			'form-action': "'none'",
		});
	});

	it('shows what the lint found before a commit, which does not keep from committing', async () => {
		const flawed = `${prompt} You answer [TODO: in how many words]. Use at least 300 words and at most 100 words.`;
		await writeDraft(tab, flawed);
		const commit = panel.getByRole('button', { name: /^Commit/ });
		await commit.click();
		await dialog()
			.getByText(/The prompt has \d+ findings?/)
			.waitFor();
		await dialog().getByText(/•/).first().waitFor();
		await workbench.screenshot('commit-findings');
		await dialog().getByRole('button', { name: 'Cancel' }).click();
		await dialog().waitFor({ state: 'detached' });
		assert.equal(await quickInput().count(), 0, 'nothing is asked after Cancel');
		await commit.click();
		await dialog().getByRole('button', { name: 'Commit Anyway' }).click();
		await workbench.quickStep('Commit as Prompt (1/3)');
		await workbench.page.keyboard.press('Escape');
		await quickInput().waitFor({ state: 'hidden' });
	});

	it('commits in steps that check what is typed, lead back, and keep what was typed', async () => {
		await writeDraft(tab, prompt);
		await panel.getByRole('button', { name: /^Commit/ }).click();
		await workbench.quickStep('Commit as Prompt (1/3)');
		assert.equal(await workbench.quickInput.inputValue(), 'release_analyst');
		assert.equal(await quickInput().getByRole('button', { name: 'Back' }).count(), 0);
		await workbench.quickInput.fill('Release Analyst');
		await workbench.quickInputMessage.filter({ hasText: 'Try "release_analyst"' }).waitFor();
		await workbench.quickInput.fill('auspex_default');
		await workbench.quickInputMessage.filter({ hasText: 'already has a prompt named "auspex_default"' }).waitFor();
		await workbench.screenshot('commit-name-taken');
		await workbench.page.keyboard.press('Enter');
		await workbench.quickStep('Commit as Prompt (1/3)');
		await workbench.answerStep('Commit as Prompt (1/3)', 'release_notes');
		await workbench.quickStep('Commit as Prompt (2/3)');
		await workbench.quickInput.fill('abc');
		await workbench.quickInputMessage.filter({ hasText: '5 to 100' }).waitFor();
		await workbench.screenshot('commit-title');
		await goBack();
		await workbench.quickStep('Commit as Prompt (1/3)');
		assert.equal(await workbench.quickInput.inputValue(), 'release_notes');
		await workbench.page.keyboard.press('Enter');
		await workbench.quickStep('Commit as Prompt (2/3)');
		assert.equal(await workbench.quickInput.inputValue(), 'abc');
		await workbench.answerStep('Commit as Prompt (2/3)', 'Release notes');
		await workbench.answerStep('Commit as Prompt (3/3)', 'What a release changes');
		// First of all, as it goes away by itself.
		await workbench
			.notification('was added to the library as release_notes')
			.getByRole('button', { name: 'Open Prompt' })
			.click();
		await workbench.editor('release-notes.md').waitFor();
		// Lines are wrapped where the column is narrow.
		assert.equal((await workbench.editorText('release-notes.md')).replaceAll('\n', ''), prompt);
		await workbench.runCommand('View: Close Editor');
		const row = workbench.treeItem('Library', 'Release notes');
		await row.waitFor();
		await workbench.page.locator('[role="treeitem"][aria-selected="true"]', { hasText: 'Release notes' }).waitFor();
		await panel.getByText('In the library as release_notes').waitFor();
		await panel
			.getByRole('combobox', { name: 'Status' })
			.locator('option:checked', { hasText: 'committed' })
			.waitFor({ state: 'attached' });
		await workbench.photograph('commit-done', ['dark', 'light', 'hc-dark']);
	});

	it('updates the prompt that a draft was cloned from only where that is chosen', async () => {
		await workbench.contextMenu(workbench.treeItem('Library', 'Release notes'), 'Clone to Draft');
		await workbench.editor('modified-release-notes.md').waitFor();
		panel = await workbench.webviewFrame('Workshop: Modified Release notes');
		await panel.getByText('Hello.').waitFor();
		await writeDraft('modified-release-notes.md', `${prompt} Be short.`);
		await panel.getByRole('button', { name: /^Commit/ }).click();
		await workbench.quickStep('Commit as Prompt (1/4)');
		await workbench.screenshot('commit-update');
		await workbench.quickPickChoose('Commit as a new prompt');
		await workbench.quickStep('Commit as Prompt (2/4)');
		assert.equal(await workbench.quickInput.inputValue(), 'modified_release_notes');
		await goBack();
		await workbench.quickStep('Commit as Prompt (1/4)');
		await workbench.quickPickChoose('Update "Release notes"');
		await workbench.quickStep('Commit as Prompt (2/3)');
		assert.equal(await workbench.quickInput.inputValue(), 'Release notes');
		await workbench.page.keyboard.press('Enter');
		await workbench.quickStep('Commit as Prompt (3/3)');
		assert.equal(await workbench.quickInput.inputValue(), 'What a release changes');
		await workbench.page.keyboard.press('Enter');
		await panel.getByText('In the library as release_notes').waitFor();
		// Its old text is a version.
		await workbench.treeItem('Library', 'Release notes').locator('.monaco-tl-twistie').click();
		await workbench.treeItem('Library', 'v2').waitFor();
		await workbench.contextMenu(workbench.treeItem('Library', 'v1'), 'Compare Version with Current Text');
		const diff = workbench.page.locator('.monaco-diff-editor');
		await diff.getByText('Be short.').first().waitFor();
		await workbench.screenshot('library-version-diff');
		await workbench.runCommand('View: Close Editor');
	});

	it('resets to the saved text, the version before or the parent’s text, and an undo brings the text back', async () => {
		const title = 'modified-release-notes.md';
		const line = (text: string) =>
			workbench.editor(title).locator('.view-line', { hasText: text }).first().waitFor();
		const reset = async (choice: string) => {
			await panel.getByRole('button', { name: 'Reset…' }).click();
			await workbench.quickPickRows(choice).waitFor();
			await workbench.screenshot('reset');
			await workbench.quickPickChoose(choice);
		};
		await writeDraft(title, `${prompt} Be long.`);
		await reset('The text of "Release notes"');
		await line('Be short.');
		await workbench.editor(title).locator('.view-lines').click();
		await workbench.page.keyboard.press('ControlOrMeta+z');
		await line('Be long.');
		await workbench.page.keyboard.press('ControlOrMeta+s');
		await panel.getByText(`${`${prompt} Be long.`.length} characters`).waitFor();
		await reset('The previous version');
		await line('Be short.');
		await workbench.typeInEditor(title, `${prompt} Never saved.`);
		await reset('The last saved text');
		await line('Be short.');
	});

	it('asks before a block replaces the text, shows what differs, and Undo brings the text back', async () => {
		const title = 'modified-release-notes.md';
		await ask('Shorter, please', `Here it is:\n\n\`\`\`\n${block}\n\`\`\`\n`);
		await panel.getByRole('button', { name: 'Use as draft' }).click();
		await dialog().getByText('Replace the text of the draft with this block?').waitFor();
		await dialog().getByText(`the block ${block.length}`).waitFor();
		await workbench.screenshot('use-block');
		await workbench.answerDialog('Cancel');
		await panel.getByRole('button', { name: 'Compare with draft' }).click();
		const diff = workbench.page.locator('.monaco-diff-editor');
		await diff.getByText('five sentences').first().waitFor();
		await workbench.screenshot('compare-block');
		await workbench.runCommand('View: Close Editor');
		await panel.getByRole('button', { name: 'Use as draft' }).click();
		await workbench.answerDialog('Replace');
		await panel.getByText(`${block.length} characters`).waitFor();
		await workbench.editor(title).locator('.view-line', { hasText: 'five sentences' }).first().waitFor();
		await workbench.editor(title).locator('.view-lines').click();
		await workbench.page.keyboard.press('ControlOrMeta+z');
		await workbench.editor(title).locator('.view-line', { hasText: 'Be short.' }).first().waitFor();
	});

	it('shows where a link leads before it opens, and opens no link but https and mailto [attack 7]', async () => {
		await ask(
			'Where is that said?',
			'See [the site](https://example.org@xn--exmple-cua.test/release?d=1), [a mail](mailto:team@example.org), [plain](http://example.org/), [a command](command:workbench.action.quit), [a file](file:///etc/passwd).',
		);
		const last = panel.locator('.message-assistant').last();
		await last.getByText('the site').waitFor();
		const opened: string[] = [];
		workbench.page.context().on('page', (page) => opened.push(page.url()));
		await last.getByText('the site').click();
		await dialog().getByText('Open xn--exmple-cua.test outside the editor?').waitFor();
		await workbench.screenshot('open-link');
		await workbench.answerDialog('Cancel');
		await last.getByText('a mail').click();
		await dialog().getByText('Open team@example.org outside the editor?').waitFor();
		await workbench.answerDialog('Cancel');
		// It might be an article's address; no article has it.
		await last.getByText('plain').click();
		await panel.getByText('only https and mailto links can be opened').waitFor();
		await workbench.screenshot('open-link-refused');
		for (const name of ['a command', 'a file']) {
			assert.equal(await last.getByRole('link', { name }).count(), 0, name);
		}
		assert.equal(await dialog().count(), 0);
		assert.deepEqual(opened, []);
	});

	it('deletes a result with Undo, and Restore Deleted finds it later', async () => {
		wire.reply('chat', wire.script.chat({ text: 'Nothing breaks.' }));
		await panel.getByRole('tab', { name: 'Test' }).click();
		await panel.getByRole('textbox', { name: 'Test question' }).fill(question);
		await panel.locator('button.run:not([disabled])').click();
		await panel.getByText('Nothing breaks.').waitFor();
		await panel.getByRole('radio', { name: '4 of 5 stars' }).click();
		await panel.getByRole('tab', { name: /^History/ }).click();
		const row = panel.locator('.history-row', { hasText: question });
		await row.getByRole('button', { name: /^Delete/ }).click();
		await row.waitFor({ state: 'detached' });
		await workbench.screenshot('result-deleted');
		await workbench.notification('The test result was deleted').getByRole('button', { name: 'Undo' }).click();
		await row.getByRole('img', { name: '4 of 5 stars' }).waitFor();
		await row.getByRole('button', { name: /^Delete/ }).click();
		await row.waitFor({ state: 'detached' });
		await workbench.runCommand('Prompt Workshop: Restore Deleted');
		await workbench.quickPickRows(question).waitFor();
		await workbench.screenshot('restore-deleted');
		await workbench.quickPickChoose(question);
		await row.waitFor();
	});

	it('exports the results to the file that is named', async () => {
		const file = join(session.workspace, 'results.json');
		await panel.getByRole('button', { name: 'Export…' }).click();
		await workbench.quickPickRows('..').waitFor();
		assert.match(await workbench.quickInput.inputValue(), /modified-release-notes-results\.json$/);
		await workbench.quickInput.fill(file);
		await quickInput().getByRole('button', { name: 'OK' }).click();
		await workbench.notification('1 test result exported').waitFor();
		const exported = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
		assert.equal(exported['draft_name'], 'Modified Release notes');
		const [result] = exported['test_results'] as Record<string, unknown>[];
		assert.deepEqual([result?.['query'], result?.['user_rating'], result?.['status']], [question, 4, 'complete']);
	});

	it('asks once before a draft is deleted, and Undo brings it back with chat and results', async () => {
		await panel.getByRole('button', { name: 'Delete draft…' }).click();
		await dialog().getByText('Delete this draft with its chat and test results?').waitFor();
		await workbench.screenshot('delete-draft');
		await workbench.answerDialog('Delete');
		await workbench.treeItem('Drafts', 'Modified Release notes').waitFor({ state: 'detached' });
		await workbench.tab('Workshop: Modified Release notes').waitFor({ state: 'detached' });
		await workbench.notification('deleted').getByRole('button', { name: 'Undo' }).first().click();
		await workbench.treeItem('Drafts', 'Modified Release notes').click();
		panel = await workbench.webviewFrame('Workshop: Modified Release notes');
		await panel.getByRole('tab', { name: 'Chat' }).click();
		await panel.getByText('Shorter, please').waitFor();
		await panel.getByRole('tab', { name: /^History/ }).click();
		await panel.getByText(question).first().waitFor();
	});
});
