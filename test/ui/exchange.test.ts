import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../support/eventually.ts';
import { untilOnDisk } from '../support/vscode/onDisk.ts';
import { startUiSession, type UiSession } from '../support/vscode/uiSession.ts';
import type { Workbench } from '../support/vscode/workbench.ts';

const config = `description: Mail
prompts:
  - |
    You sort the mail of {{team}}.
    Answer with one word: bill or offer.
providers:
  - id: openai:gpt-5-mini
    config: { apiKey: sk-canary-4711, apiBaseUrl: "https://other.example", temperature: 0.2 }
defaultTest:
  vars: { team: Kiwi }
tests:
  - description: a bill
    vars: { mail: Please pay 20 dollars }
    assert:
      - { type: contains, value: bill }
      - { type: javascript, value: "file://check.js" }
`;
const conversation = JSON.stringify([
	{
		conversations: [
			{ from: 'system', value: 'You trace parcels.' },
			{ from: 'human', value: 'Where is <img src=x onerror=alert(1)> parcel 7?' },
			{ from: 'gpt', value: 'On its way.' },
		],
	},
]);

/** Importing files of other tools by mouse: the page that asks, Cancel, Import and Undo. */
describe('the import of files of other tools', () => {
	let session: UiSession;
	let workbench: Workbench;

	before(async () => {
		session = await startUiSession({ settings: { 'promptWorkshop.testModel': 'offline/guide' } });
		await writeFile(join(session.workspace, 'mail.yaml'), config);
		await writeFile(join(session.workspace, 'parcels.json'), conversation);
		await writeFile(join(session.workspace, 'writer.md'), 'You write letters.\nKeep them short and friendly.');
		workbench = await session.openWindow();
		// The menus know the extension when its views are there.
		await workbench.openContainer('Prompt Workshop');
		await workbench.treeItem('Library', 'Auspex research assistant').waitFor();
	});
	afterEach(function () {
		return session.photographFailure(this.currentTest);
	});
	after(() => session.close());

	const draft = (name: string) => workbench.treeItem('Drafts', name);
	const explorerRow = (name: string) =>
		workbench.page.locator('.explorer-folders-view [role="treeitem"]', { hasText: name }).first();

	async function openFromExplorer(name: string) {
		await workbench.runCommand('View: Show Explorer');
		await workbench.contextMenu(explorerRow(name), 'Open in Prompt Workshop');
		return workbench.webviewFrame(`Import: ${name}`);
	}

	it('says line by line what becomes of a file before anything is stored, and Cancel stores nothing', async () => {
		const page = await openFromExplorer('mail.yaml');
		await page.getByRole('heading', { name: 'Import from mail.yaml' }).waitFor();
		await page.getByText('Nothing is stored yet').waitFor();
		await page.getByText('variables: team').waitFor();
		await page.getByText('1 case').first().waitFor();
		await page
			.getByRole('row', { name: /apiKey.*dropped/ })
			.first()
			.waitFor();
		assert.equal(await page.getByText('sk-canary-4711').count(), 0);
		await workbench.photograph('import-page', ['light', 'hc-dark']);
		await page.getByRole('button', { name: 'Cancel' }).click();
		await workbench.tab('Import: mail.yaml').waitFor({ state: 'detached' });
		await workbench.openContainer('Prompt Workshop');
		assert.equal(await draft('mail').count(), 0);
	});

	it('shows the line of the file that an entry is about', async () => {
		const page = await openFromExplorer('mail.yaml');
		await page
			.getByRole('button', { name: /^Show line/ })
			.first()
			.click();
		await workbench.tab('mail.yaml').waitFor();
		await workbench.tab('Import: mail.yaml').click();
		await page.getByRole('button', { name: 'Cancel' }).click();
		await workbench.tab('Import: mail.yaml').waitFor({ state: 'detached' });
	});

	it('stores what is chosen, and Undo takes it back', async () => {
		const page = await openFromExplorer('parcels.json');
		await page.getByRole('checkbox', { name: /Fixture/ }).waitFor();
		assert.equal(await page.locator('img').count(), 0);
		await page.getByRole('button', { name: /^Import 1/ }).click();
		const done = workbench.notification(/Imported:/);
		await done.waitFor();
		const folder = join(session.workspace, '.promptworkshop', 'fixtures');
		assert.equal((await readdir(folder)).length, 1);
		await done.getByRole('button', { name: 'Undo' }).click();
		await until(async () => (await readdir(folder)).length === 0, 'the fixture to be gone');
	});

	it('opens the draft of a single prompt, and keeps its report', async () => {
		await workbench.openContainer('Prompt Workshop');
		await workbench.runCommand('Prompt Workshop: Import Prompt File');
		await workbench.quickPickChoose('Files');
		await workbench.quickPickChoose('writer.md');
		const page = await workbench.webviewFrame('Import: writer.md');
		const button = page.getByRole('button', { name: 'Import 1 draft' });
		await button.focus();
		await workbench.page.keyboard.press('Enter');
		await draft('writer').waitFor();
		await workbench.tab('writer.md').waitFor();
		const done = workbench.notification(/Imported: 1 draft/);
		await done.getByRole('button', { name: 'Show Report' }).click();
		await workbench.tab('import-report.md').waitFor();
	});

	it('exports a draft into the folder that is picked, and asks before it replaces a file', async () => {
		const choose = async () => {
			await workbench.contextMenu(draft('writer'), 'Export Prompt');
			await workbench.quickPickChoose('Agent skill (SKILL.md)');
			await workbench.quickPickChoose('Write File');
			await workbench.page.getByRole('button', { name: 'Export Here' }).click();
		};
		const file = join(session.workspace, 'writer', 'SKILL.md');
		await choose();
		await untilOnDisk(session.workspace, '**/SKILL.md', 'You write letters.');
		await writeFile(file, 'mine');
		await choose();
		await workbench.page.locator('.monaco-dialog-box', { hasText: 'Replace writer/SKILL.md' }).waitFor();
		await workbench.answerDialog('Cancel');
		assert.equal(await readFile(file, 'utf8'), 'mine');
	});

	it('tries a draft in Copilot and changes no setting by itself', async () => {
		await workbench.contextMenu(draft('writer'), 'Try in Copilot');
		const asked = workbench.page.locator('.monaco-dialog-box', { hasText: 'Let Copilot use this draft' });
		const told = workbench.notification('The prompt was written to');
		await asked.or(told).first().waitFor();
		await workbench.screenshot('try-in-copilot');
		await untilOnDisk(session.server.dataDir, '**/copilot/*.override.yaml', 'You write letters.');
		const settings = await readFile(join(session.server.dataDir, 'data', 'User', 'settings.json'), 'utf8').catch(
			() => '',
		);
		assert.doesNotMatch(settings, /promptOverrideFile/);
		if (await asked.isVisible()) {
			await workbench.answerDialog('Cancel');
		}
	});

	it('links a draft to its file, offers what is new in the file, and merges what changed on both sides', async () => {
		const first = 'You answer letters of customers, and you are kind.';
		const text = (one: string, two: string) => `# Letters\n\n${first}\n\n${one}\n\nAlways:\n\n${two}\n`;
		const file = join(session.workspace, 'letters.md');
		await writeFile(file, text('Be short.', 'Say thanks.'));
		await workbench.runCommand('View: Close All Editors');
		const page = await openFromExplorer('letters.md');
		assert.ok(await page.getByRole('checkbox', { name: /linked to the file/ }).isChecked());
		await workbench.screenshot('import-linked');
		await page.getByRole('button', { name: 'Import 1 draft' }).click();
		await workbench.tab('letters.md').waitFor();
		await workbench.notification('Imported: 1 draft').waitFor();
		await workbench.runCommand('Notifications: Clear All Notifications');

		await writeFile(file, text('Be brief.', 'Say thanks.'));
		const changed = workbench.notification('letters.md was changed');
		await changed.getByRole('button', { name: 'Take Over' }).click();
		await until(
			async () => (await workbench.editorText('letters.md')).includes('Be brief.'),
			'the text of the file',
		);

		const editor = workbench.editor('letters.md');
		await editor.locator('.view-lines').click();
		await editor.and(workbench.page.locator('.focused')).waitFor();
		await workbench.page.keyboard.press('ControlOrMeta+End');
		await workbench.page.keyboard.type(' And goodbye.');
		await editor.getByText('And goodbye.').waitFor();
		await workbench.page.keyboard.press('ControlOrMeta+s');
		await workbench.tab('letters.md').and(workbench.page.locator(':not(.dirty)')).waitFor();
		await writeFile(file, text('Be very brief.', 'Say thanks.'));
		const both = workbench.notification('were both changed');
		await both.getByRole('button', { name: 'Merge' }).click();
		await workbench.page.locator('.merge-editor').first().waitFor();
		await workbench.page.getByText('Accept File').first().click();
		await workbench.page.getByText('0 Conflicts Remaining').first().waitFor();
		await workbench.screenshot('merge-linked');
		await workbench.runCommand('File: Save');
		const merging = workbench.tab('Merging: letters.md');
		await merging.and(workbench.page.locator(':not(.dirty)')).waitFor();
		await workbench.runCommand('View: Close Editor');
		await merging.waitFor({ state: 'detached' });
		await until(
			async () => /Be very brief\.[^]*And goodbye\./.test(await workbench.editorText('letters.md')),
			'what was merged',
		);
		// Nothing is asked again: what the file has is part of the draft.
		await workbench.runCommand('Prompt Workshop: Merge Linked File');
		await workbench.notification('letters.md has nothing new').waitFor();
		assert.equal(await workbench.notification('were both changed').count(), 0);
		await workbench.runCommand('View: Close All Editors');
		await workbench.runCommand('Notifications: Clear All Notifications');
	});

	for (const [view, row] of [
		['Drafts', /writer/],
		['Library', /Auspex research assistant/],
		['Prompt Lab', /Answer quality/],
	] as const) {
		it(`takes files that are dropped on the view ${view}`, async () => {
			await workbench.openContainer('Prompt Workshop');
			await workbench.runCommandAndChoose('View: Move View', view);
			await workbench.quickPickChoose('New Panel Entry');
			await workbench.runCommand('View: Show Explorer');
			await explorerRow('mail.yaml').dragTo(workbench.page.getByRole('treeitem', { name: row }).last());
			const page = await workbench.webviewFrame('Import: mail.yaml');
			await page.getByRole('button', { name: 'Cancel' }).click();
		});
	}
});
