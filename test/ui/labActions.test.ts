import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '../support/eventually.ts';
import { startDrivenSession, type DrivenSession } from '../support/vscode/drivenSession.ts';
import { untilOnDisk } from '../support/vscode/onDisk.ts';
import type { Workbench } from '../support/vscode/workbench.ts';

const tutor = 'Statistics tutor';
const tab = `Lab: ${tutor}`;
const draft = 'Tutor draft';
const oldText = 'You are a tutor of statistics. You ask before you explain, and you never solve graded exercises.';

/** What the Lab does with dialogs, drafts and files of VS Code, and after its extension host was killed. */
describe('the Prompt Lab among the editors of VS Code', () => {
	let driven: DrivenSession;
	let wire: DrivenSession['wire'];
	let session: DrivenSession['session'];
	let workbench: Workbench;

	before(async () => {
		driven = await startDrivenSession({
			settings: { 'promptWorkshop.chatModel': 'offline/guide', 'promptWorkshop.testModel': 'local/m' },
		});
		({ wire, session } = driven);
		const { driver } = driven;
		wire.always('chat', wire.script.chat({ thinking: 'A thought.', text: 'A new answer.' }));
		workbench = await session.openWindow();
		await workbench.openContainer('Prompt Workshop');
		const started = (await driver.api('startWorkshop', { draftName: draft })) as { draftId: number };
		await driver.api('updateDraft', started.draftId, { draftContent: oldText });
		await driven.run('openLab', tutor);
	});
	afterEach(function () {
		return session.photographFailure(this.currentTest);
	});
	after(() => driven.close());

	it('offers drafts and library prompts to a matrix, and saves its results where the dialog says', async () => {
		const panel = await workbench.webviewFrame(tab);
		// The page takes the focus when it is there; a key that is pressed before would be lost.
		await panel.getByRole('button', { name: 'Regenerate all 6' }).waitFor();
		await workbench.runCommand('Prompt Workshop: Lab: Run Matrix');
		await panel.getByRole('checkbox', { name: draft }).first().check();
		await panel.getByText('18 calls, about').waitFor();
		await workbench.screenshot('lab-matrix-choice');
		await panel.getByRole('button', { name: 'Run 18 calls' }).click();
		await panel.getByText('18 of 18 complete').waitFor();
		await workbench.screenshot('lab-matrix-panel');
		await panel.getByRole('button', { name: 'Save results as a file' }).click();
		const file = join(driven.folder, 'results.json');
		await workbench.quickInput.waitFor();
		// The dialog fills its own box first: what is typed before is lost.
		await workbench.quickPickRows('articles').waitFor();
		await workbench.quickInput.fill(file);
		await workbench.quickPickRows('articles').waitFor({ state: 'detached' });
		await workbench.page.locator('.quick-input-widget:visible').getByRole('button', { name: 'OK' }).click();
		await workbench.quickInput.waitFor({ state: 'hidden' });
		const text = await eventually(() => readFile(file, 'utf8'));
		const { cells } = JSON.parse(text) as { cells: { status: string; prompt: string }[] };
		assert.equal(cells.filter(({ status }) => status === 'complete').length, 18);
		assert.equal(cells.filter(({ prompt }) => prompt.startsWith(draft)).length, 6);
		await panel.getByRole('tab', { name: 'Conversations' }).click();
	});

	it('turns to what a command names, also where its tab was hidden', async () => {
		await workbench.openFile('README.md');
		await driven.run('lab.compare', '0/1');
		const panel = await workbench.webviewFrame(tab);
		await panel.getByRole('heading', { name: 'Wants the solution of a graded exercise' }).waitFor();
		await driven.run('lab.runMatrix');
		await panel.getByText('18 of 18 complete').waitFor();
		await panel.getByRole('tab', { name: 'Conversations' }).click();
	});

	it('sends its prompt to a draft after the difference was looked at', async () => {
		const panel = await workbench.webviewFrame(tab);
		await panel.getByRole('textbox', { name: 'Base prompt' }).fill('A prompt that was made in the Lab.');
		await panel.getByRole('button', { name: 'Send to Draft' }).first().click();
		await workbench.quickPickChoose(draft);
		const question = workbench.notification('Replace the text of Tutor draft');
		await question.waitFor();
		const diff = workbench.page.locator('.monaco-diff-editor');
		for (const text of ['You ask before you explain', 'A prompt that was made in the Lab.']) {
			await diff.getByText(text).first().waitFor();
		}
		await workbench.screenshot('lab-send-to-draft');
		await question.getByRole('button', { name: 'Replace' }).click();
		const editor = workbench.editor('tutor-draft.md');
		await editor.locator('.view-line', { hasText: 'A prompt that was made in the Lab.' }).first().waitFor();
	});

	it('captures the conversation in the open editor as a fixture, which VS Code completes and checks', async () => {
		await workbench.runCommand('File: New Untitled Text File');
		await workbench.page.locator('.editor-group-container.active .monaco-editor .view-lines').last().click();
		await workbench.page.keyboard.insertText('User: Hi\nThinking: greet\nAssistant: Hello.\nUser: Bye');
		await workbench.runCommandAndChoose('Prompt Workshop: Capture as Fixture', 'Conversation in the open editor');
		await workbench.quickInputType('Small talk');
		const editor = workbench.editor('small-talk.fixture.json');
		await editor.locator('.view-line', { hasText: 'greet' }).waitFor();
		await workbench.treeItem('Prompt Lab', 'captured').waitFor();
		await workbench.typeInEditor('small-talk.fixture.json', '{"name": 7, "conversations": [], }');
		await editor.locator('.squiggly-warning').first().waitFor();
		await workbench.page.keyboard.press('ArrowLeft');
		await workbench.page.keyboard.press('ControlOrMeta+Space');
		const suggestions = workbench.page.locator('.suggest-widget.visible');
		await suggestions.getByText('baseSystemPrompt').first().waitFor();
		await workbench.screenshot('lab-completion');
		await workbench.page.keyboard.press('Escape');
		await workbench.page.keyboard.press('ControlOrMeta+s');
	});

	it('comes back with what it held after its extension host was killed, and goes on', async () => {
		await driven.run('openLab', tutor);
		const panel = await workbench.webviewFrame(tab);
		wire.always('chat', wire.script.chat({ text: 'Half of an answer', hold: { after: 'text' } }));
		await panel.getByRole('button', { name: 'Regenerate', exact: true }).first().click();
		await panel.getByText('Half of an answer').waitFor();
		await untilOnDisk(session.server.dataDir, '**/lab-runs/*.json', 'Half of an answer');
		const deadPage = await workbench.page.locator('iframe.webview').getAttribute('name');
		const killed = session.server.hostPids();
		killed.forEach((pid) => process.kill(pid, 'SIGKILL'));
		await workbench.page.locator(`iframe.webview[name="${deadPage}"]`).waitFor({ state: 'detached' });
		const again = await workbench.webviewFrame(tab);
		await again.getByText('Half of an answer').waitFor();
		await again.getByText('Interrupted:').waitFor();
		const base = again.getByRole('textbox', { name: 'Base prompt' });
		assert.equal(await base.inputValue(), 'A prompt that was made in the Lab.');
		assert.equal(await workbench.tab(tab).count(), 1);
		wire.always('chat', wire.script.chat({ text: 'An answer of the new host.' }));
		await again.getByRole('button', { name: 'Retry' }).click();
		await again.getByText('An answer of the new host.').waitFor();
		await workbench.screenshot('lab-killed');
	});
});
