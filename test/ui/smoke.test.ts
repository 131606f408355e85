import assert from 'node:assert/strict';
import { startUiSession, type UiSession } from '../support/vscode/uiSession.ts';
import type { Workbench } from '../support/vscode/workbench.ts';

describe('the installed extension in the workbench', () => {
	let session: UiSession;
	let workbench: Workbench;

	before(async () => {
		// With all that VS Code brings, as a user has it.
		session = await startUiSession({ lean: false });
		workbench = await session.openWindow();
	});
	afterEach(function () {
		return session.photographFailure(this.currentTest);
	});
	after(() => session.close());

	it('shows its container with the four views', async () => {
		await workbench.openContainer('Prompt Workshop');
		for (const view of ['Drafts', 'Library', 'Topics', 'Prompt Lab']) {
			await workbench.view(view).waitFor();
		}
	});

	it('offers its commands in the palette', async () => {
		await workbench.page.keyboard.press('F1');
		await workbench.quickInput.fill('>Prompt Workshop: New Draft');
		await workbench.quickPickRows('Prompt Workshop: New Draft').first().waitFor();
		await workbench.page.keyboard.press('Escape');
	});

	it('runs in one extension host', () => {
		assert.equal(session.server.hostPids().length, 1);
	});
});
