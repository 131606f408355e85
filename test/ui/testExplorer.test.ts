import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../support/eventually.ts';
import { startUiSession, type UiSession } from '../support/vscode/uiSession.ts';
import { wireSettings } from '../support/vscode/wireSettings.ts';
import type { Workbench } from '../support/vscode/workbench.ts';
import { WireServer } from '../support/wire/wireServer.ts';

const suite = `prompt: file:brief.md
models: batch/gpt-5.5
cases:
  - { name: greets, query: Hi, assert: [{ type: contains, value: Hello }] }
  - { name: says goodbye, query: Bye, assert: [{ type: contains, value: Goodbye }] }
`;

/** Suites in VS Code's own Test Explorer, with its buttons, menus and questions. */
describe('the Test Explorer', () => {
	let wire: WireServer;
	let session: UiSession;
	let workbench: Workbench;

	before(async () => {
		wire = await WireServer.start();
		wire.always('responses', wire.script.responses({ text: 'Hello.' }));
		const { 'promptWorkshop.providers': providers, ...settings } = wireSettings(wire);
		const batch = { id: 'batch', kind: 'openai', baseUrl: wire.baseUrl, models: ['gpt-5.5'] };
		session = await startUiSession({
			settings: { ...settings, 'promptWorkshop.providers': [...providers, batch], 'files.autoSave': 'off' },
		});
		const folder = join(session.workspace, 'checks');
		await mkdir(folder);
		await writeFile(join(folder, 'brief.md'), 'Be brief.');
		await writeFile(join(folder, 'greeting.prompttest.yaml'), suite);
		workbench = await session.openWindow();
		await workbench.openContainer('Testing');
	});
	afterEach(function () {
		return session.photographFailure(this.currentTest);
	});
	after(async () => {
		await session.close();
		await wire.stop();
	});

	const item = (label: string) =>
		workbench.page.locator('.test-explorer [role="treeitem"]', { hasText: label }).first();

	const expand = async (label: string) => {
		await item(label).click();
		await workbench.page.keyboard.press('ArrowRight');
	};

	it('runs a suite as a batch, and asks what becomes of it at a stop', async () => {
		await expand('sample-workspace');
		await expand('greeting');
		await item('says goodbye').waitFor();
		await workbench.contextMenu(item('greeting'), 'Run Test');
		await workbench.answerDialog('Run as Batch');
		await until(() => wire.batch.callsTo('create') === 1, 'the batch');
		await workbench.page.getByText('Waiting for the batch').first().waitFor();
		await workbench.screenshot('explorer-batch');
		await workbench.runCommand('Test: Cancel Test Run');
		await workbench.answerDialog('Leave It Running');
		await workbench.page
			.locator('.test-explorer .codicon-testing-skipped-icon, .test-explorer .codicon-testing-unset-icon')
			.first()
			.waitFor();
		await workbench.screenshot('explorer-batch-left');
		assert.equal(wire.batch.callsTo('cancel'), 0);
	});

	it('runs it at once if that is chosen, and shows what passed with its interval', async () => {
		await workbench.contextMenu(item('greeting'), 'Run Test');
		await workbench.answerDialog(/^Run$/);
		await item('1 of 2, 9 to 91 %').waitFor();
		assert.equal(wire.requestsTo('responses').length, 2);
		await workbench.screenshot('explorer-ran');
	});
});
