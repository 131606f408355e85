import assert from 'node:assert/strict';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../support/eventually.ts';
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

	it('takes files that are dropped on the drafts', async () => {
		await workbench.openContainer('Prompt Workshop');
		await workbench.runCommandAndChoose('View: Move View', 'Drafts');
		await workbench.quickPickChoose('New Panel Entry');
		await workbench.runCommand('View: Show Explorer');
		await explorerRow('mail.yaml').dragTo(workbench.page.getByRole('treeitem', { name: /writer/ }).last());
		const page = await workbench.webviewFrame('Import: mail.yaml');
		await page.getByRole('button', { name: 'Cancel' }).click();
	});
});
