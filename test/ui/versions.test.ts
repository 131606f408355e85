import assert from 'node:assert/strict';
import { startUiSession, type UiSession } from '../support/vscode/uiSession.ts';
import type { Workbench } from '../support/vscode/workbench.ts';
import { savedByHand, wireSettings } from '../support/vscode/wireSettings.ts';
import { WireServer } from '../support/wire/wireServer.ts';

/** What a person sees of versions: their view, labels, comparisons, a restore, and the tests of one. */
describe('the Versions view', () => {
	let wire: WireServer;
	let session: UiSession;
	let workbench: Workbench;

	before(async () => {
		wire = await WireServer.start();
		session = await startUiSession({ settings: { ...wireSettings(wire), ...savedByHand } });
		workbench = await session.openWindow();
		await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
		await workbench.openContainer('Prompt Workshop');
	});
	afterEach(function () {
		return session.photographFailure(this.currentTest);
	});
	after(async () => {
		await session.close();
		await wire.stop();
	});

	const row = (label: string) => workbench.treeItem('Versions', label);
	const facts = (label: string) => row(label).locator('.label-description').innerText();
	const title = () => workbench.view('Versions').locator('.pane-header .description');
	const draftRow = (name: string) => workbench.treeItem('Drafts', name);

	async function fromTemplate(template: string, name: string): Promise<void> {
		await workbench.runCommandAndChoose('Prompt Workshop: New from Template', template);
		await workbench.quickStep(`New from "${template}"`);
		await workbench.quickInputType(name);
		await draftRow(name).waitFor();
		await (await workbench.webviewFrame(`Workshop: ${name}`)).getByText('Hello.').waitFor();
	}
	async function typeAtTheEnd(tab: string, text: string): Promise<void> {
		await workbench.editor(tab).click();
		await workbench.page.keyboard.press('ControlOrMeta+End');
		await workbench.page.keyboard.insertText(text);
		await workbench.page.keyboard.press('ControlOrMeta+s');
	}

	it('follows the active draft, and says who made each version, why, when and how much it changed', async () => {
		await workbench.view('Versions').locator('.pane-header .title').click();
		await workbench.view('Versions').getByText('Open a draft or prompt').waitFor();
		await workbench.collapseViews('Topics', 'Prompt Lab');
		await fromTemplate('Tutor', 'My tutor');
		await row('v1').waitFor();
		assert.equal(await title().innerText(), 'My tutor');
		assert.match(await facts('v1'), /^current · you · created · now$/);
		await typeAtTheEnd(
			'my-tutor.md',
			'\nAlways ask which lesson the question belongs to, and wait for the answer.',
		);
		await row('v2').getByText('current').waitFor();
		assert.match(await facts('v2'), /^current · you · save · now · \+19 tokens$/);
		assert.match(await facts('v1'), /^you · created · (now|1 min\. ago)$/);
	});

	it('labels a version, and refuses a label that another one has, naming it', async () => {
		await workbench.contextMenu(row('v1'), 'Label Version…');
		await workbench.quickStep('Label Version 1');
		await workbench.quickInputType('As it came');
		await row('As it came').getByText('v1').waitFor();
		await workbench.contextMenu(row('v2'), 'Label Version…');
		await workbench.quickStep('Label Version 2');
		await workbench.quickInput.fill('as it CAME');
		await workbench.quickInputMessage
			.filter({ hasText: 'Version 1 is already labelled "As it came". Choose another label' })
			.waitFor();
		await workbench.screenshot('versions-label-taken');
		await workbench.quickInputType('Asks for the lesson');
		await row('Asks for the lesson').waitFor();
	});

	it('compares and restores as a new version', async () => {
		await workbench.contextMenu(row('As it came'), 'Compare Version with Current Text');
		const diff = workbench.page.locator('.monaco-diff-editor');
		await diff.getByText('Always ask which lesson').first().waitFor();
		await workbench.runCommand('View: Close Editor');
		await workbench.contextMenu(row('Asks for the lesson'), 'Compare Version with Previous');
		await diff.getByText('Always ask which lesson').first().waitFor();
		await workbench.runCommand('View: Close Editor');
		await workbench.contextMenu(row('As it came'), 'Restore Version');
		await row('v3').getByText('current').waitFor();
		assert.match(await facts('v3'), /^current · you · restore · now · −19 tokens$/);
		await workbench.editor('my-tutor.md').click();
		await workbench.page.keyboard.press('ControlOrMeta+z');
		await workbench
			.view('Versions')
			.getByText('The current text is not a version yet')
			.waitFor({ state: 'detached' });
		await workbench.page.keyboard.press('ControlOrMeta+s');
		await row('v4').getByText('current').waitFor();
	});

	it('counts the tests of a version and leads to them', async () => {
		wire.reply('chat', wire.script.chat({ text: 'The answer of the second version.' }));
		const panel = await workbench.webviewFrame('Workshop: My tutor');
		await panel.getByRole('tab', { name: 'Test' }).click();
		await panel.getByRole('textbox', { name: 'Test question' }).fill('Why does ice float on water?');
		await panel.getByRole('button', { name: 'Run', exact: true }).click();
		await row('v4').getByText('1 test').waitFor();
		await workbench.screenshot('versions');
		await workbench.contextMenu(row('v4'), 'Show Tests of Version');
		await panel.getByText('1 of 1 result').waitFor();
		assert.equal(await panel.getByRole('combobox', { name: 'Filter by prompt version' }).inputValue(), '4');
	});

	it('stays at what is pinned, until it is let go', async () => {
		await workbench.view('Versions').hover();
		await workbench.viewAction('Versions', 'Keep Showing These Versions').click();
		await fromTemplate('Code reviewer', 'My reviewer');
		await row('As it came').waitFor();
		assert.equal(await title().innerText(), 'My tutor');
		await workbench.view('Versions').hover();
		await workbench.viewAction('Versions', 'Follow the Active Draft or Prompt').click();
		await workbench.editor('my-reviewer.md').click();
		await workbench.treeItem('Library', 'Auspex research assistant').click();
		await draftRow('My reviewer').click();
		await row('As it came').waitFor({ state: 'detached' });
		// What was clicked before opens its document a moment later.
		await title().filter({ hasText: 'My reviewer' }).waitFor();
	});

	it('shows all versions in the multi-diff editor', async () => {
		await draftRow('My tutor').click();
		await row('As it came').waitFor();
		await workbench.view('Versions').hover();
		await workbench.viewAction('Versions', 'Compare All Versions').click();
		await workbench.page.locator('.multiDiffEditor').first().waitFor();
		await workbench.page.locator('.tab-label', { hasText: 'My tutor: all versions' }).waitFor();
		await workbench.screenshot('versions-all');
	});
});
