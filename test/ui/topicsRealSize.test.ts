import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { projectRoot } from '../support/vscode/projectRoot.ts';
import { startUiSession, type UiSession } from '../support/vscode/uiSession.ts';
import type { Workbench } from '../support/vscode/workbench.ts';

const blog = resolve(projectRoot, process.env['SHARED_DATA'] ?? '../shared', 'data/nodejs-blog');
const draft = 'Release notes';
const question = 'How does V8 protect hash tables from attacks?';
const prompt =
	'You answer questions about the releases of Node.js from the articles of the topic, and cite each claim with a link.';

/** The whole way with a real blog of 1,050 posts. */
describe('a topic of real size', () => {
	let session: UiSession;
	let workbench: Workbench;

	before(async function () {
		if (!existsSync(blog)) {
			this.skip();
		}
		session = await startUiSession({
			settings: {
				'promptWorkshop.chatModel': 'offline/guide',
				'promptWorkshop.testModel': 'offline/guide',
			},
		});
		workbench = await session.openWindow();
		await workbench.openContainer('Prompt Workshop');
	});
	afterEach(function () {
		return session.photographFailure(this.currentTest);
	});
	after(() => session?.close());

	const row = (label: string) => workbench.treeItem('Topics', label);

	async function startImport(): Promise<void> {
		await workbench.runCommandAndChoose('Prompt Workshop: Import Topic', 'Folder');
		await workbench.quickPickRows('..').waitFor();
		await workbench.quickInput.fill(`${blog}/`);
		await workbench.quickPickRows('announcements').waitFor();
		await workbench.page.locator('.quick-input-widget:visible').getByRole('button', { name: 'Import' }).click();
		await workbench.answerStep('Import Topic', 'Node.js');
	}

	it('is not there when its import is cancelled', async () => {
		await startImport();
		const progress = workbench.notification(/Importing Node\.js: \d/u);
		await progress.waitFor();
		await workbench.screenshot('blog-progress');
		await progress.getByRole('button', { name: 'Cancel' }).click();
		await workbench.notification('Importing Node.js').waitFor({ state: 'detached' });
		await row('Import Topic').waitFor();
		assert.equal(await row('Node.js').count(), 0);
	});

	it('is imported with progress and a report, and shown with its dates', async () => {
		await startImport();
		await workbench.notification('Node.js: 1,050 articles (1,050 added').waitFor({ timeout: 60_000 });
		await workbench.notification('1 skipped').getByRole('button', { name: 'Show Skipped' }).click();
		await workbench
			.editor('skipped-node-js.md')
			.locator('.view-line', { hasText: 'no extension: 1 file is not Markdown' })
			.waitFor();
		await row('Node.js').filter({ hasText: '1,050 · 2011 – 2026' }).waitFor();
		await workbench.collapseViews('Drafts', 'Library', 'Prompt Lab');
		await row('Node.js').click();
		await row('release').click();
		await workbench.page.locator('.part.sidebar [role="treeitem"][aria-level="3"]').first().waitFor();
		await workbench.screenshot('blog-tree');
	});

	it('is searched', async () => {
		await workbench.contextMenu(row('Node.js'), 'Search Topic');
		await workbench.quickInput.fill('quickly reversible integer hash');
		const found = 'Developing a minimally HashDoS resistant, yet quickly reversible integer hash for V8';
		await workbench.quickPickRows(found).waitFor();
		await workbench.screenshot('blog-search');
		await workbench.quickPickChoose(found);
		await workbench.page.locator('.editor-group-container.active .view-line', { hasText: 'Published' }).waitFor();
	});

	it('is what a test answers from, and its figures are those of the tool calls', async () => {
		await workbench.runCommand('Prompt Workshop: New Draft');
		await workbench.answerStep('New Draft (1/3)', 'Research');
		await workbench.answerStep('New Draft (2/3)', draft);
		await workbench.answerStep('New Draft (3/3)', '');
		const panel = await workbench.webviewFrame(`Workshop: ${draft}`);
		await panel.getByRole('tab', { name: 'Chat' }).waitFor();
		await workbench.typeInEditor('release-notes.md', prompt);
		await workbench.page.keyboard.press('ControlOrMeta+s');
		await panel.getByText(`${prompt.length} characters`).waitFor();
		await panel.getByRole('tab', { name: 'Test' }).click();
		await panel.getByRole('combobox', { name: 'Topic' }).selectOption('Node.js');
		await panel.getByRole('textbox', { name: 'Test question' }).fill(question);
		await panel.getByRole('button', { name: 'Run', exact: true }).click();
		await panel.getByRole('radio', { name: '4 of 5 stars' }).click();
		await workbench.screenshot('blog-test');
		await workbench.editor('release-notes.md').locator('.view-lines').click();
		await workbench.runCommandAndChoose('Prompt Workshop: Open Test Result', question);
		const text = await resultText();
		const [, articles, tools] = /- Articles: (\d+) - .*Tools called: (\w+) /u.exec(text) ?? [];
		const [, returned] = /## Tool calls .* · (\d+) articles /u.exec(text) ?? [];
		assert.ok(Number(articles) > 0, text);
		assert.equal(articles, returned);
		assert.equal(tools, 'enhanced_database_search');
		await panel.getByText(`${articles} articles`, { exact: true }).last().waitFor();
	});

	/** The result's document on one line: the editor wraps it anywhere. */
	async function resultText(): Promise<string> {
		const active = workbench.page.locator('.editor-group-container.active');
		await active.locator('.view-line', { hasText: '## Answer' }).waitFor();
		const title = await active.locator('.tab.active .tab-label').textContent();
		return (await workbench.editorText(title ?? '')).replace(/\s+/gu, ' ');
	}
});
