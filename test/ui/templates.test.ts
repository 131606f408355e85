import assert from 'node:assert/strict';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startUiSession, type UiSession } from '../support/vscode/uiSession.ts';
import type { Workbench } from '../support/vscode/workbench.ts';
import { wireSettings } from '../support/vscode/wireSettings.ts';
import { WireServer } from '../support/wire/wireServer.ts';

const command = 'Prompt Workshop: New from Template';

/** What a person sees of templates: the list, a preview, a file that is none, and their own. */
describe('templates', () => {
	let wire: WireServer;
	let session: UiSession;
	let workbench: Workbench;
	let folder: string;

	before(async () => {
		wire = await WireServer.start();
		session = await startUiSession({ settings: wireSettings(wire) });
		folder = join(session.workspace, '.promptworkshop', 'templates');
		await mkdir(folder, { recursive: true });
		await writeFile(
			join(folder, 'greeter.md'),
			'---\ntitle: Greeter\nkind: assistant\ndescription: Greets guests.\n---\n\nYou greet the guest in one sentence.\n',
		);
		await writeFile(join(folder, 'broken.md'), '---\ntitle: Broken\n\nkind: oracle\n---\n\nYou help.\n');
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

	const row = (label: string) => workbench.quickPickRows(label).first();
	const press = async (label: string, button: string) => {
		await row(label).hover();
		await row(label).getByRole('button', { name: button }).click();
	};

	it('start a draft from the empty view, after a preview that leaves the list open', async () => {
		await workbench.view('Drafts').locator('.monaco-button', { hasText: 'New from Template' }).click();
		await row('Code reviewer').waitFor();
		await workbench.screenshot('templates');
		await press('Code reviewer', 'Preview');
		await workbench.editor('code-reviewer.md').locator('.view-line', { hasText: 'title: Code reviewer' }).waitFor();
		await row('Code reviewer').click();
		await workbench.quickStep('New from "Code reviewer"');
		assert.equal(await workbench.quickInput.inputValue(), 'Code reviewer');
		await workbench.quickInputType('Our reviewer');
		await workbench.treeItem('Drafts', 'Our reviewer').waitFor();
		await (await workbench.webviewFrame('Workshop: Our reviewer')).getByText('Hello.').waitFor();
		await workbench.editor('our-reviewer.md').locator('.view-line', { hasText: 'senior' }).first().waitFor();
	});

	it('of the workspace are listed, and one that is none opens at its problem', async () => {
		await workbench.runCommand(command);
		await workbench.quickInput.fill('Greets guests');
		await row('Greeter').waitFor();
		await workbench.quickInput.fill('broken');
		await row('broken').getByText('Line 4: There is no kind "oracle"').waitFor();
		await workbench.screenshot('templates-broken');
		await row('broken').click();
		await workbench.editor('broken.md').waitFor();
		await workbench.page.getByText('Ln 4, Col 7').waitFor();
	});

	it('are saved from a draft, without a silent loss, and deleted with Undo', async () => {
		const saveAs = async (title: string, place: string) => {
			await workbench.contextMenu(workbench.treeItem('Drafts', 'Our reviewer'), 'Save as Template');
			await workbench.answerStep('Save as Template (1/3)', title);
			await workbench.answerStep('Save as Template (2/3)', 'Before a merge');
			await workbench.quickStep('Save as Template (3/3)');
			await row(place).click();
		};
		await saveAs('House review', 'This workspace');
		await workbench.editor('house-review.md').locator('.view-line', { hasText: 'when: Before a merge' }).waitFor();
		await saveAs('House review', 'This workspace');
		await workbench.answerDialog('Keep Both');
		await workbench.editor('house-review-2.md').waitFor();
		assert.deepEqual((await readdir(folder)).sort(), [
			'broken.md',
			'greeter.md',
			'house-review-2.md',
			'house-review.md',
		]);
		await saveAs('For every project', 'Mine');
		await workbench.editor('for-every-project.md').waitFor();
		await workbench.runCommand(command);
		await workbench.quickInput.fill('For every project');
		await press('For every project', 'Delete Template');
		await workbench.notification('for-every-project.md was deleted').waitFor();
		await row('For every project').waitFor({ state: 'detached' });
		await workbench.notification('for-every-project.md was deleted').getByRole('button', { name: 'Undo' }).click();
		await workbench.runCommand(command);
		await workbench.quickInput.fill('For every project');
		await row('For every project').waitFor();
		await workbench.page.keyboard.press('Escape');
	});
});
