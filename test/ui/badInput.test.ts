import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { startUiSession, type UiSession } from '../support/vscode/uiSession.ts';
import type { Workbench } from '../support/vscode/workbench.ts';
import { WireServer } from '../support/wire/wireServer.ts';

const draft = 'Storage analyst';
const tab = 'storage-analyst.md';
const prompt =
	'You answer questions about energy storage and cite the article of every claim that you make. Say in two sentences what is known.';

/** What somebody sees who gives the product what it cannot use. No folder is open: everything is in global storage. */
describe('bad input, with no folder open', () => {
	let wire: WireServer;
	let session: UiSession;
	let workbench: Workbench;
	let panel: FrameLocator;
	let topics: string;

	before(async () => {
		wire = await WireServer.start();
		session = await startUiSession({
			settings: {
				'promptWorkshop.providers': [
					{ id: 'openai', kind: 'openai' },
					{ id: 'anthropic', kind: 'anthropic', baseUrl: wire.origin, models: ['claude-wire'] },
				],
				'promptWorkshop.chatModel': 'openai/gpt-wire',
				'promptWorkshop.testModel': 'offline/guide',
			},
		});
		topics = join(session.workspace, '..', 'topics');
		await mkdir(join(topics, 'empty'), { recursive: true });
		await mkdir(join(topics, 'broken'));
		await writeFile(join(topics, 'broken', 'broken.md'), '---\ntitle: [never closed\n---\nThe text.');
		await writeFile(join(topics, 'broken', 'good.md'), '---\ntitle: A battery\n---\nA battery stores energy.');
		workbench = await session.openWindow({});
		await workbench.openContainer('Prompt Workshop');
	});
	afterEach(function () {
		return session.photographFailure(this.currentTest);
	});
	after(async () => {
		await session.close();
		await wire.stop();
	});

	/** The button is an element of its own, whose state playwright does not know. */
	const runDisabled = () => panel.locator('button.run[disabled]').waitFor();

	it('where there is nothing yet, the message offers to make it', async () => {
		await workbench.runCommand('Prompt Workshop: Run Test');
		await workbench.notification('There are no drafts yet').getByRole('button', { name: 'New Draft' }).click();
		await workbench.quickStep('New Draft (1/3)');
		await workbench.page.keyboard.press('Escape');
		await workbench.runCommand('Prompt Workshop: Search Topic');
		await workbench.notification('There are no topics yet').getByRole('button', { name: 'Import Topic' }).click();
		await workbench.quickPickRows('Folder').waitFor();
		await workbench.page.keyboard.press('Escape');
	});

	it('without a key the chat says so, and what to do', async () => {
		await workbench.runCommand('Prompt Workshop: New Draft');
		await workbench.answerStep('New Draft (1/3)', 'Research');
		await workbench.answerStep('New Draft (2/3)', draft);
		await workbench.answerStep('New Draft (3/3)', '');
		panel = await workbench.webviewFrame(`Workshop: ${draft}`);
		await panel.getByRole('alert').waitFor();
		await workbench.screenshot('bad-no-key');
		assert.match((await panel.getByRole('alert').textContent()) ?? '', /key.*Set API Key/s);
	});

	it('with a wrong key it says who refused it and what to do', async () => {
		wire.always('models', {
			status: 401,
			body: '{"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"}}',
		});
		wire.always('anthropic', {
			status: 401,
			body: '{"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"}}',
		});
		await workbench.runCommandAndChoose('Prompt Workshop: Set API Key', 'anthropic');
		await workbench.answerStep('API key for anthropic', 'sk-wrong-key');
		await workbench.notification('refused the key').waitFor();
		await workbench.screenshot('bad-wrong-key');
		await workbench.notification('refused the key').getByRole('button', { name: 'Store Anyway' }).click();
		await workbench.notification('was stored').waitFor();
		await workbench.runCommandAndChoose('Prompt Workshop: Choose Model', 'Design chat');
		await workbench.quickPickChoose('claude-wire');
		await panel.getByText('anthropic/claude-wire').first().waitFor();
		await panel.getByRole('button', { name: 'Retry' }).click();
		await panel.getByRole('alert').getByText('refused the key').waitFor();
		await workbench.screenshot('bad-wrong-key-chat');
		wire.always('anthropic', wire.script.anthropic({ text: 'Now it works.' }));
		await panel.getByRole('button', { name: 'Retry' }).click();
		await panel.getByText('Now it works.').waitFor();
		assert.equal(await panel.getByRole('alert').count(), 0);
	});

	it('a prompt too short is neither tested nor committed', async () => {
		await workbench.typeInEditor(tab, 'Too short');
		await workbench.page.keyboard.press('ControlOrMeta+s');
		await panel.getByText('at least 100 characters to be committed to the library, and has 9').waitFor();
		await workbench.editor(tab).locator('.view-lines').click();
		await workbench.runCommand('Prompt Workshop: Commit as Prompt');
		await workbench.notification('at least 100 characters').waitFor();
		await workbench.screenshot('bad-short-prompt');
		await panel.getByRole('tab', { name: 'Test' }).click();
		await panel.getByRole('textbox', { name: 'Test question' }).fill('What slows the build-out?');
		await panel.getByText('at least 50 characters').waitFor();
		await runDisabled();
		await workbench.screenshot('bad-short-prompt-test');
	});

	it('a question too short or too long disables Run and says why', async () => {
		await workbench.typeInEditor(tab, prompt);
		await workbench.page.keyboard.press('ControlOrMeta+s');
		const question = panel.getByRole('textbox', { name: 'Test question' });
		await question.fill('x'.repeat(1001));
		await panel.getByText('10 to 1,000 characters; this has 1,001').waitFor();
		await workbench.screenshot('bad-long-question');
		await runDisabled();
		await question.fill('Why?');
		await panel.getByText('10 to 1,000 characters; this has 4').waitFor();
		await runDisabled();
		await question.fill('');
		await runDisabled();
		await workbench.screenshot('bad-empty-question');
	});

	it('a name with capitals, or one that is taken, is refused while it is typed', async () => {
		await workbench.editor(tab).locator('.view-lines').click();
		await workbench.runCommand('Prompt Workshop: Commit as Prompt');
		await workbench.answerStep('Commit as Prompt (1/3)', 'Storage_Analyst');
		await workbench.quickInputMessage.filter({ hasText: 'Try "storage_analyst"' }).waitFor();
		await workbench.screenshot('bad-name');
		await workbench.answerStep('Commit as Prompt (1/3)', 'auspex_default');
		await workbench.quickInputMessage.filter({ hasText: 'already has a prompt named "auspex_default"' }).waitFor();
		await workbench.screenshot('bad-name-taken');
		await workbench.answerStep('Commit as Prompt (1/3)', 'storage_analyst');
		await workbench.answerStep('Commit as Prompt (2/3)', 'Storage analyst');
		await workbench.answerStep('Commit as Prompt (3/3)', '');
		await workbench.treeItem('Library', 'Storage analyst').waitFor();
	});

	it('a folder that is empty or cannot be read makes no topic; front matter that does not parse is named', async () => {
		await importFolder('empty');
		await workbench.answerStep('Import Topic', 'empty');
		await workbench.notification('No articles were found').waitFor();
		await workbench.screenshot('bad-empty-folder');
		await importFolder('broken');
		await workbench.answerStep('Import Topic', 'broken');
		const report = workbench
			.notification('broken: 2 articles')
			.filter({ hasText: '1 article was only partly read' });
		await report.waitFor();
		await workbench.screenshot('bad-front-matter');
		await report.getByRole('button', { name: 'Show Report' }).click();
		await workbench.page.locator('.view-line', { hasText: 'broken.md' }).first().waitFor();
		await workbench.screenshot('bad-front-matter-reason');
		await workbench.treeItem('Topics', 'broken').waitFor();
		assert.equal(await workbench.treeItem('Topics', 'empty').count(), 0);
	});

	it('and the draft is there after a reload, without a folder', async () => {
		await workbench.page.reload();
		await workbench.openContainer('Prompt Workshop');
		await workbench.treeItem('Drafts', draft).waitFor();
		await workbench.treeItem('Library', 'Storage analyst').waitFor();
		await workbench.treeItem('Topics', 'broken').waitFor();
	});

	async function importFolder(name: string): Promise<void> {
		await workbench.runCommandAndChoose('Prompt Workshop: Import Topic', 'Folder');
		await workbench.quickPickRows('..').waitFor();
		await workbench.quickInput.fill(`${join(topics, name)}/`);
		await workbench.quickPickRows('..').waitFor();
		await workbench.page.locator('.quick-input-widget:visible').getByRole('button', { name: 'Import' }).click();
	}
});
