import assert from 'node:assert/strict';
import { startUiSession, type UiSession } from '../support/vscode/uiSession.ts';
import type { Workbench } from '../support/vscode/workbench.ts';
import { savedByHand, wireSettings } from '../support/vscode/wireSettings.ts';
import { WireServer } from '../support/wire/wireServer.ts';

const draft = 'Release clerk';
const tab = 'release-clerk.md';
const prompt =
	'You answer questions about releases in two sentences, and say what the notes leave open. Be insightful and brief.\n';

/** What the lint found in a draft, and what a person does about it. */
describe('lint of a draft', () => {
	let wire: WireServer;
	let session: UiSession;
	let workbench: Workbench;

	before(async () => {
		wire = await WireServer.start();
		session = await startUiSession({ settings: { ...savedByHand, ...wireSettings(wire) } });
		workbench = await session.openWindow();
		await workbench.openContainer('Prompt Workshop');
		await workbench.runCommand('Prompt Workshop: New Draft');
		await workbench.quickPickChoose('Assistant');
		await workbench.answerStep('New Draft (2/3)', draft);
		await workbench.answerStep('New Draft (3/3)', '');
		// The panel takes the focus when it opens, also from an editor that somebody types in.
		await (await workbench.webviewFrame(`Workshop: ${draft}`)).getByRole('tab', { name: 'Chat' }).waitFor();
	});
	afterEach(function () {
		return session.photographFailure(this.currentTest);
	});
	after(async () => {
		await session.close();
		await wire.stop();
	});

	const row = (text: string) => workbench.page.locator('.markers-panel .monaco-list-row', { hasText: text });

	it('lists problems with links that open the page of their rule', async () => {
		await workbench.typeInEditor(tab, `${prompt}TODO: name the product\n`);
		await workbench.runCommand('Problems: Focus on Problems View');
		await row('"TODO" looks like a placeholder').waitFor();
		await row('"Be insightful" can mean anything').waitFor();
		await workbench.screenshot('lint-problems');
		await row('"TODO" looks like a placeholder').locator('.marker-code').click();
		await workbench.tab('placeholder.md').waitFor();
		await workbench.editor('placeholder.md').getByText('The model reads a placeholder as text').waitFor();
		await workbench.screenshot('lint-page');
		assert.match(await workbench.editorText('placeholder.md'), /^# placeholder\n/);
	});

	it('turns a rule off for a line from the lightbulb', async () => {
		await workbench.tab(tab).click();
		await workbench.editor(tab).getByText('TODO').click();
		await workbench.page.keyboard.press('ControlOrMeta+.');
		const action = workbench.page.locator('.action-widget .monaco-list-row', {
			hasText: 'Disable placeholder for this line',
		});
		await action.click();
		await workbench.editor(tab).getByText('lint-disable-next-line').waitFor();
		await row('"TODO" looks like a placeholder').waitFor({ state: 'detached' });
		await row('"Be insightful" can mean anything').waitFor();
	});

	it('leaves information out of the question before a commit', async () => {
		await workbench.page.keyboard.press('ControlOrMeta+s');
		await workbench.runCommand('Prompt Workshop: Commit as Prompt');
		await workbench.quickStep('Commit as Prompt (1/3)');
		await workbench.page.keyboard.press('Escape');
	});
});
