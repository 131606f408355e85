import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../support/eventually.ts';
import { startDrivenSession, type DrivenSession } from '../support/vscode/drivenSession.ts';
import { projectRoot } from '../support/vscode/projectRoot.ts';
import type { Workbench } from '../support/vscode/workbench.ts';

const setting = 'github.copilot.chat.debug.promptOverrideFile';

/** Where the setting of Copilot Chat is known: it is changed with consent only. */
describe('Try in Copilot', () => {
	let driven: DrivenSession;
	let workbench: Workbench;
	let draftId = 0;

	before(async () => {
		driven = await startDrivenSession({
			extensionFolders: [join(projectRoot, 'test', 'support', 'copilotSetting')],
		});
		const file = join(driven.session.workspace, 'letters.md');
		await writeFile(file, 'You answer letters of customers, and you are kind.\n');
		workbench = await driven.session.openWindow();
		await workbench.openContainer('Prompt Workshop');
		const { drafts } = (await driven.driver.api('importFile', file, {})) as { drafts: number[] };
		[draftId = 0] = drafts;
	});
	afterEach(function () {
		return driven.session.photographFailure(this.currentTest);
	});
	after(() => driven.close());

	const settings = async () =>
		JSON.parse(
			await readFile(join(driven.session.server.dataDir, 'data', 'User', 'settings.json'), 'utf8'),
		) as Record<string, unknown>;
	const dialog = () => workbench.page.locator('.monaco-dialog-box', { hasText: 'Let Copilot use this draft' });

	it('does not change the setting if the user refuses, and names it before', async () => {
		const trying = driven.run('tryInCopilot', draftId);
		await dialog().getByText(setting).waitFor();
		await workbench.screenshot('try-in-copilot-modal');
		await workbench.answerDialog('Cancel');
		const { file, isUsed } = (await trying) as { file: string; isUsed: boolean };
		assert.equal(isUsed, false);
		assert.match(await readFile(new URL(file), 'utf8'), /^systemPrompt: .*You answer letters/);
		assert.ok(!(setting in (await settings())));
	});

	it('sets it to the file once the user agrees, until the same command takes it back', async () => {
		const trying = driven.run('tryInCopilot', draftId);
		await dialog().waitFor();
		assert.ok(!(setting in (await settings())));
		await workbench.answerDialog('Change Setting');
		const { file, isUsed } = (await trying) as { file: string; isUsed: boolean };
		assert.equal(isUsed, true);
		const path = decodeURIComponent(new URL(file).pathname);
		await until(async () => (await settings())[setting] === path, 'the setting');
		const again = driven.run('tryInCopilot', draftId);
		const known = workbench.notification('Copilot already reads this draft');
		await known.getByRole('button', { name: 'Stop Using It' }).click();
		assert.deepEqual(await again, { file, isUsed: false });
		await until(async () => !(setting in (await settings())), 'the setting to be gone');
		assert.equal(await dialog().count(), 0);
	});
});
