import assert from 'node:assert/strict';
import { eventually } from '../support/eventually.ts';
import { startUiSession, type UiSession } from '../support/vscode/uiSession.ts';
import type { Workbench } from '../support/vscode/workbench.ts';
import { wireSettings } from '../support/vscode/wireSettings.ts';
import { WireServer } from '../support/wire/wireServer.ts';

/** Tags, folders and favourites, as a person gives them in the trees; and finding what has them. */
describe('folders, tags and favourites', () => {
	let wire: WireServer;
	let session: UiSession;
	let workbench: Workbench;

	before(async () => {
		wire = await WireServer.start();
		session = await startUiSession({ settings: wireSettings(wire) });
		workbench = await session.openWindow();
		await workbench.openContainer('Prompt Workshop');
		await newDraft('Refund agent');
		await newDraft('Tutor');
		await workbench.runCommand('View: Close All Editors');
	});
	afterEach(function () {
		return session.photographFailure(this.currentTest);
	});
	after(async () => {
		await session.close();
		await wire.stop();
	});

	const row = (label: string) => workbench.treeItem('Drafts', label);
	const enter = () => workbench.page.keyboard.press('Enter');

	async function newDraft(name: string): Promise<void> {
		await workbench.runCommand('Prompt Workshop: New Draft');
		await workbench.answerStep('New Draft (1/3)', 'Assistant');
		await workbench.quickStep('New Draft (2/3)');
		await workbench.quickInputType(name);
		await workbench.quickStep('New Draft (3/3)');
		await workbench.quickInputType('');
		await row(name).waitFor();
		await (await workbench.webviewFrame(`Workshop: ${name}`)).getByText('Hello.').waitFor();
	}

	async function addTags(name: string, typed: string): Promise<void> {
		await workbench.contextMenu(row(name), 'Edit Tags and Folder');
		await workbench.quickStep(`Tags of ${name} (1/2)`);
		await workbench.quickInput.fill(typed);
		await workbench.quickStep(`Enter adds "${typed}"`);
		await enter();
		await workbench.quickStep(`Tags of ${name} (1/2)`);
		await enter();
		await workbench.quickStep(`Folder of ${name} (2/2)`);
	}

	it('takes new tags and a new folder as they are typed, and keeps the tags that are ticked', async () => {
		await addTags('Refund agent', 'billing, eu');
		await workbench.quickInput.fill('Support/Billing');
		await workbench.quickPickRows('New folder: Support/Billing').waitFor();
		await enter();
		await row('Refund agent').filter({ hasText: '#billing #eu' }).waitFor();
		await addTags('Refund agent', 'new');
		await enter();
		await row('Refund agent').filter({ hasText: '#billing #eu #new' }).waitFor();
	});

	it('groups by folder, and files what is dragged on one', async () => {
		await workbench.runCommandAndChoose('Prompt Workshop: Group Drafts By', 'By folder');
		await row('Support').waitFor();
		await row('Tutor').dragTo(row('Billing'));
		await eventually(async () => assert.equal(await row('Tutor').getAttribute('aria-level'), '3'));
		await workbench.screenshot('drafts-by-folder');
		await workbench.contextMenu(row('Billing'), 'Rename Folder');
		await workbench.quickInputType('Money');
		await row('Money').waitFor();
		assert.equal(await row('Billing').count(), 0);
		await workbench.notification('2 items filed').getByRole('button', { name: 'Undo' }).click();
		await row('Billing').waitFor();
	});

	it('puts a favourite first', async () => {
		await row('Refund agent').hover();
		await row('Refund agent').locator('.action-label[aria-label^="Add to or Remove from Favourites"]').click();
		await eventually(async () => {
			const labels = await workbench.treeItems('Drafts').locator('.label-name').allInnerTexts();
			assert.deepEqual(labels, ['Support', 'Billing', 'Refund agent', 'Tutor']);
		});
	});

	it('are found with every key, and what is found is opened', async () => {
		await workbench.runCommand('Prompt Workshop: Find Draft or Prompt…');
		await workbench.quickInput.fill('eu bill');
		await workbench.quickPickRows('Refund agent').waitFor();
		const rows = workbench.page.locator('.quick-input-list .monaco-list-row');
		await eventually(async () => assert.equal(await rows.count(), 1));
		await workbench.screenshot('find-prompt');
		await enter();
		await workbench.tab('Workshop: Refund agent').waitFor();
	});
});
