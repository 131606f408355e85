import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startUiSession, type UiSession } from '../support/vscode/uiSession.ts';
import type { Workbench } from '../support/vscode/workbench.ts';
import { wireSettings } from '../support/vscode/wireSettings.ts';
import { WireServer } from '../support/wire/wireServer.ts';

const text = (what: string) =>
	`You answer questions about ${what} from the articles that your tools return, and cite the article of every claim.`;
const standard = 'Auspex research assistant';

/** The trees of the library and of the drafts: what a person does with prompts that are there. */
describe('library and drafts', () => {
	let wire: WireServer;
	let session: UiSession;
	let workbench: Workbench;

	before(async () => {
		wire = await WireServer.start();
		session = await startUiSession({
			settings: wireSettings(wire),
		});
		for (const name of ['releases', 'grids']) {
			await writeFile(join(session.workspace, `${name}.txt`), text(name));
		}
		await writeFile(join(session.workspace, 'notes.txt'), `Notes.\n\n${text('selections')}`);
		workbench = await session.openWindow();
		await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
		await workbench.openContainer('Prompt Workshop');
		await workbench.treeItem('Library', standard).waitFor();
	});
	afterEach(function () {
		return session.photographFailure(this.currentTest);
	});
	after(async () => {
		await session.close();
		await wire.stop();
	});

	const prompt = (title: string) => workbench.treeItem('Library', title);
	const draft = (name: string) => workbench.treeItem('Drafts', name);
	const quickInput = () => workbench.page.locator('.quick-input-widget:visible');
	const closeEditors = () => workbench.runCommand('View: Close All Editors');
	const menuItems = async (target: ReturnType<typeof prompt>) => {
		await target.click({ button: 'right' });
		const items = workbench.page.locator('.monaco-menu [role="menuitem"]');
		await items.first().waitFor();
		const labels = (await items.allInnerTexts()).map((label) => label.trim()).filter(Boolean);
		await workbench.page.keyboard.press('Escape');
		return labels;
	};

	async function addPrompt(file: string, title: string): Promise<void> {
		await workbench.openFile(file);
		await workbench.runCommand('Prompt Workshop: Add Prompt to Library');
		await workbench.quickStep('Add Prompt to Library (1/2)');
		await workbench.quickInputType(title);
		await workbench.quickStep('Add Prompt to Library (2/2)');
		await workbench.page.keyboard.press('Enter');
		await prompt(title).waitFor();
	}
	async function newDraft(name: string): Promise<void> {
		await workbench.runCommand('Prompt Workshop: New Draft');
		await workbench.answerStep('New Draft (1/3)', 'Research');
		await workbench.quickStep('New Draft (2/3)');
		await workbench.quickInputType(name);
		await workbench.quickStep('New Draft (3/3)');
		await workbench.quickInputType('');
		await draft(name).waitFor();
		await (await workbench.webviewFrame(`Workshop: ${name}`)).getByText('Hello.').waitFor();
	}

	it('takes a prompt from a file, under a proposed name that is not taken yet', async () => {
		await addPrompt('releases.txt', 'Release notes');
		await workbench.openFile('grids.txt');
		await workbench.runCommand('Prompt Workshop: Add Prompt to Library');
		await workbench.quickStep('Add Prompt to Library (1/2)');
		await workbench.quickInputType('Release notes');
		await workbench.quickStep('Add Prompt to Library (2/2)');
		assert.equal(await workbench.quickInput.inputValue(), 'release_notes_2');
		await workbench.quickInput.fill('release_notes');
		await workbench.quickInputMessage.filter({ hasText: 'already has a prompt named "release_notes"' }).waitFor();
		await workbench.page.keyboard.press('Escape');
		await quickInput().waitFor({ state: 'hidden' });
		await addPrompt('grids.txt', 'Grid planner');
		await closeEditors();
	});

	it('opens a prompt read-only and copies its text', async () => {
		await prompt('Release notes').click();
		const editor = workbench.editor('release-notes.md');
		await editor.waitFor();
		await editor.locator('.view-lines').click();
		await workbench.page.keyboard.type('Not allowed');
		await workbench.page.getByText('This document is read-only.').first().waitFor();
		assert.equal((await workbench.editorText('release-notes.md')).replaceAll('\n', ''), text('releases'));
		await workbench.screenshot('library-read-only');
		await workbench.contextMenu(prompt('Grid planner'), 'Copy Prompt Text');
		await workbench.page.getByText('grid_planner copied').waitFor();
		assert.equal(await workbench.page.evaluate(() => navigator.clipboard.readText()), text('grids'));
	});

	it('takes what is selected, from the menu of its editor', async () => {
		const { keyboard } = workbench.page;
		await workbench.openFile('notes.txt');
		await workbench.editor('notes.txt').locator('.view-lines').click();
		await keyboard.press('ControlOrMeta+Home');
		await keyboard.press('ArrowDown');
		await keyboard.press('ArrowDown');
		await keyboard.press('ControlOrMeta+Shift+End');
		await workbench.contextMenu(
			workbench.editor('notes.txt').locator('.view-line', { hasText: 'selections' }),
			'Add Prompt to Library',
		);
		await workbench.quickStep('Add Prompt to Library (1/2)');
		await workbench.quickInputType('Selected');
		await workbench.quickStep('Add Prompt to Library (2/2)');
		await keyboard.press('Enter');
		await workbench.contextMenu(prompt('Selected'), 'Copy Prompt Text');
		await workbench.page.getByText('selected copied').waitFor();
		assert.equal(await workbench.page.evaluate(() => navigator.clipboard.readText()), text('selections'));
		await closeEditors();
	});

	it('clones a prompt from its row, its menu and its document, and counts the drafts', async () => {
		await prompt('Release notes').click();
		await workbench.editor('release-notes.md').waitFor();
		await workbench.page
			.locator('.editor-actions:visible .action-label[aria-label^="Clone to Draft"]')
			.first()
			.click();
		await draft('Modified Release notes').waitFor();
		await (await workbench.webviewFrame('Workshop: Modified Release notes')).getByText('Hello.').waitFor();
		await prompt('Release notes').getByText('used by 1 draft').waitFor();
		await prompt('Release notes').hover();
		await prompt('Release notes').locator('.action-label[aria-label^="Clone to Draft"]').click();
		await prompt('Release notes').getByText('used by 2 drafts').waitFor();
		// The panel takes the focus when its page is there, and a menu would close.
		await workbench.tab('Workshop: Modified Release notes').nth(1).waitFor();
		await (await workbench.webviewFrame('Workshop: Modified Release notes')).getByText('Hello.').waitFor();
		await workbench.contextMenu(prompt('Grid planner'), 'New from Template');
		await workbench.quickStep('New from "Grid planner"');
		await workbench.quickInputType('Free of its parent');
		await draft('Free of its parent').waitFor();
		await (await workbench.webviewFrame('Workshop: Free of its parent')).getByText('Hello.').waitFor();
		await workbench.editor('free-of-its-parent.md').locator('.view-line', { hasText: 'grids' }).first().waitFor();
		assert.equal(await prompt('Grid planner').getByText('used by').count(), 0);
	});

	it('renames a title, never a name', async () => {
		await workbench.contextMenu(prompt('Grid planner'), 'Edit Prompt Title');
		await workbench.quickStep('Title of grid_planner');
		await workbench.quickInput.fill('Grid');
		await workbench.quickInputMessage.filter({ hasText: '5 to 100' }).waitFor();
		await workbench.quickInputType('Planner of grids');
		await prompt('Planner of grids').getByText('grid_planner').waitFor();
	});

	it('has one default, which is not deleted; others are, with Undo', async () => {
		await workbench.contextMenu(prompt('Planner of grids'), 'Set as Default Prompt');
		await prompt('Planner of grids').getByText('default').waitFor();
		assert.equal(
			await workbench.view('Library').locator('.label-description', { hasText: 'default ·' }).count(),
			0,
		);
		const ofDefault = await menuItems(prompt('Planner of grids'));
		assert.ok(ofDefault.includes('Clone to Draft'), ofDefault.join());
		for (const refused of ['Delete Prompt', 'Set as Default Prompt']) {
			assert.ok(!ofDefault.includes(refused), refused);
		}
		await workbench.runCommand('Prompt Workshop: Delete Prompt');
		await workbench.quickPickRows('Release notes').waitFor();
		await workbench.screenshot('library-delete-choices');
		for (const kept of ['Planner of grids', standard]) {
			assert.equal(await workbench.quickPickRows(kept).count(), 0, kept);
		}
		await workbench.page.keyboard.press('Escape');
		await quickInput().waitFor({ state: 'hidden' });
		await workbench.contextMenu(prompt('Release notes'), 'Delete Prompt');
		await prompt('Release notes').waitFor({ state: 'detached' });
		await workbench.notification('Prompt release_notes deleted').getByRole('button', { name: 'Undo' }).click();
		await prompt('Release notes').getByText('used by 2 drafts').waitFor();
		await workbench.contextMenu(prompt(standard), 'Set as Default Prompt');
		await prompt(standard).getByText('default').waitFor();
	});

	it('shows a request beside its panel, every time', async () => {
		await closeEditors();
		await newDraft('Requested');
		const beside = workbench.tab('Workshop: Requested').and(workbench.page.locator('.active'));
		for (const time of ['first', 'second', 'third']) {
			const page = await workbench.webviewFrame('Workshop: Requested');
			await page.getByRole('button', { name: 'Show request' }).click();
			// Comes when the request is shown.
			await workbench.notification('The request as sent').waitFor();
			assert.equal(await workbench.tab('request.http').count(), 1, time);
			assert.equal(await beside.count(), 1, `${time} time over the panel`);
			await workbench.runCommand('Notifications: Clear All Notifications');
		}
		await closeEditors();
	});

	it('groups drafts by status or parent prompt, and filters them as one types', async () => {
		await closeEditors();
		await newDraft('Alone');
		const group = async (by: string) => {
			await workbench.runCommandAndChoose('Prompt Workshop: Group Drafts By', by);
		};
		await group('By parent prompt');
		await workbench.treeItem('Drafts', 'release_notes').waitFor();
		await workbench.treeItem('Drafts', 'No parent prompt').waitFor();
		await workbench.photograph('library-trees', ['dark', 'light', 'hc-dark']);
		await group('By status');
		await workbench.treeItem('Drafts', 'draft').waitFor();
		assert.equal(await workbench.treeItem('Drafts', 'release_notes').count(), 0);
		await group('No grouping');
		await workbench.treeItem('Drafts', 'draft').waitFor({ state: 'detached' });
		const all = await workbench.treeItems('Drafts').count();
		await workbench.view('Drafts').hover();
		await workbench.viewAction('Drafts', 'Filter Drafts').click();
		await workbench.quickStep('Filter Drafts');
		await workbench.quickInput.fill('modified notes');
		await draft('Alone').waitFor({ state: 'detached' });
		await workbench.screenshot('drafts-filter');
		assert.equal(await workbench.treeItems('Drafts').count(), 2);
		await workbench.page.keyboard.press('Enter');
		await workbench.view('Drafts').getByText('Only drafts with "modified notes"').waitFor();
		await quickInput().waitFor({ state: 'hidden' });
		await workbench.runCommand('Prompt Workshop: Filter Drafts');
		await workbench.quickStep('Filter Drafts');
		await workbench.quickInput.fill('nothing like this');
		await draft('Modified Release notes').first().waitFor({ state: 'detached' });
		await workbench.view('Drafts').getByText('No drafts match the filter').waitFor();
		await workbench.screenshot('drafts-filter-none');
		await workbench.page.keyboard.press('Escape');
		await draft('Modified Release notes').first().waitFor();
		await quickInput().waitFor({ state: 'hidden' });
		await workbench.runCommand('Prompt Workshop: Filter Drafts');
		await workbench.quickStep('Filter Drafts');
		await workbench.quickInputType('');
		await draft('Alone').waitFor();
		assert.equal(await workbench.treeItems('Drafts').count(), all);
	});

	it('compares a draft that is dragged on a prompt with it', async () => {
		await closeEditors();
		await draft('Free of its parent').dragTo(prompt('Release notes'));
		const diff = workbench.page.locator('.monaco-diff-editor');
		await diff.getByText('releases').first().waitFor();
		await diff.getByText('grids').first().waitFor();
		await workbench.screenshot('draft-dragged');
		await closeEditors();
	});

	it('deletes several drafts at once after one question, and Undo brings all of them back', async () => {
		const all = await workbench.treeItems('Drafts').count();
		// The workshop that a click opens takes the focus, and a menu with it.
		await draft('Alone').click();
		await (await workbench.webviewFrame('Workshop: Alone')).getByText('Hello.').waitFor();
		await draft('Free of its parent').click({ modifiers: ['ControlOrMeta'] });
		await workbench.contextMenu(draft('Alone'), 'Delete Draft');
		await workbench.page.locator('.monaco-dialog-box', { hasText: 'Delete 2 drafts' }).waitFor();
		await workbench.screenshot('drafts-delete-several');
		await workbench.answerDialog('Delete');
		await draft('Alone').waitFor({ state: 'detached' });
		await draft('Free of its parent').waitFor({ state: 'detached' });
		assert.equal(await workbench.treeItems('Drafts').count(), all - 2);
		await workbench.notification('2 drafts deleted').getByRole('button', { name: 'Undo' }).click();
		await draft('Alone').waitFor();
		await draft('Free of its parent').waitFor();
	});
});
