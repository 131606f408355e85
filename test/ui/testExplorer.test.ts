import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { until } from '../support/eventually.ts';
import { TestExplorerView } from '../support/vscode/testExplorerView.ts';
import { startUiSession, type UiSession } from '../support/vscode/uiSession.ts';
import { wireSettings } from '../support/vscode/wireSettings.ts';
import type { Workbench } from '../support/vscode/workbench.ts';
import { WireServer } from '../support/wire/wireServer.ts';

const cases = `cases:
  - { name: greets, query: Hi, assert: [{ type: contains, value: Hello }] }
  - { name: says goodbye, query: Bye, assert: [{ type: contains, value: Goodbye }] }
`;
const suite = `prompt: file:brief.md\nmodels: batch/gpt-5.5\n${cases}`;
/** Of the same name in both folders, each with a prompt of its own. */
const twin = `prompt: file:brief.md\nmodels: wire/chat-wire\n${cases}`;

/** Suites in VS Code's own Test Explorer, with its buttons, menus and questions, in a workspace of two folders. */
describe('the Test Explorer', () => {
	let wire: WireServer;
	let session: UiSession;
	let workbench: Workbench;
	let explorer: TestExplorerView;
	let second: string;
	let workspaceFile: string;

	before(async () => {
		wire = await WireServer.start();
		wire.always('responses', wire.script.responses({ text: 'Hello.' }));
		const { 'promptWorkshop.providers': providers, ...settings } = wireSettings(wire);
		const batch = { id: 'batch', kind: 'openai', baseUrl: wire.baseUrl, models: ['gpt-5.5'] };
		session = await startUiSession({
			settings: { ...settings, 'promptWorkshop.providers': [...providers, batch], 'files.autoSave': 'off' },
		});
		second = join(session.workspace, '..', 'second');
		workspaceFile = join(session.workspace, '..', 'two.code-workspace');
		await writeSuites(session.workspace, 'Be brief.');
		await writeFile(join(session.workspace, 'checks', 'greeting.prompttest.yaml'), suite);
		await writeSuites(second, 'Be polite.');
		await writeFile(workspaceFile, JSON.stringify({ folders: [{ path: session.workspace }, { path: second }] }));
		workbench = await session.openWindow({ workspaceFile });
		explorer = new TestExplorerView(workbench);
		await explorer.open();
	});
	afterEach(function () {
		return session.photographFailure(this.currentTest);
	});
	after(async () => {
		await session.close();
		await wire.stop();
	});

	const twinOf = (folder: string) => [folder, 'checks/twin.prompttest.yaml'];

	/** Chooses Run Test in a row's menu, and agrees to what it costs. */
	async function run(row: Locator, window = workbench): Promise<void> {
		await window.contextMenu(row, 'Run Test');
		await window.answerDialog(/^Run$/);
	}

	it('runs a suite as a batch, and asks what becomes of it at a stop', async () => {
		await explorer.expand('sample-workspace');
		await explorer.expand('sample-workspace', 'checks/greeting.prompttest.yaml');
		const greeting = await explorer.row('sample-workspace', 'checks/greeting.prompttest.yaml');
		await workbench.contextMenu(greeting, 'Run Test');
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
		const greeting = await explorer.row('sample-workspace', 'checks/greeting.prompttest.yaml');
		await run(greeting);
		await greeting.and(workbench.page.locator(':has-text("1 of 2, 9 to 91 %")')).waitFor();
		assert.equal(wire.requestsTo('responses').length, 2);
		await workbench.screenshot('explorer-ran');
		await explorer.collapse('sample-workspace', 'checks/greeting.prompttest.yaml');
	});

	it('shows each case once under its own folder, and a run of one leaves its twin alone', async () => {
		await explorer.expand(...twinOf('sample-workspace'));
		await explorer.expand('second');
		await explorer.expand(...twinOf('second'));
		await explorer.shows([
			'sample-workspace: failed',
			'  checks/greeting.prompttest.yaml: failed',
			'  checks/twin.prompttest.yaml: unset',
			'    greets: unset',
			'    says goodbye: unset',
			'  prompts/triage.prompttest.yaml: unset',
			'second: unset',
			'  checks/twin.prompttest.yaml: unset',
			'    greets: unset',
			'    says goodbye: unset',
		]);
		await run(await explorer.row(...twinOf('second'), 'greets'));
		await explorer.shows([
			'sample-workspace: failed',
			'  checks/greeting.prompttest.yaml: failed',
			'  checks/twin.prompttest.yaml: unset',
			'    greets: unset',
			'    says goodbye: unset',
			'  prompts/triage.prompttest.yaml: unset',
			'second: passed',
			'  checks/twin.prompttest.yaml: passed',
			'    greets: passed',
			'    says goodbye: unset',
		]);
		assert.deepEqual(
			wire.requestsTo('chat').map(({ text }) => text.includes('Be polite.')),
			[true],
		);
		await workbench.screenshot('explorer-folders');
	});

	it('leads from a case to its line, and from the line back to the case', async () => {
		const goodbye = await explorer.row(...twinOf('second'), 'says goodbye');
		await workbench.contextMenu(goodbye, 'Go to Test');
		await workbench.page.locator('.statusbar-item', { hasText: /^Ln 5, Col 1$/ }).waitFor();
		await workbench.page.locator('.breadcrumbs-control', { hasText: /^second/ }).waitFor();
		await explorer.collapse('second');
		const marks = workbench.editor('twin.prompttest.yaml').locator('.testing-run-glyph');
		await workbench.contextMenu(marks.last(), 'Reveal in Test Explorer');
		assert.equal(await explorer.selected(), 'second / checks/twin.prompttest.yaml / says goodbye');
	});

	it('stops when asked, and runs again right after', async () => {
		const body = wire.script.chat({ text: 'Hello.', hold: { after: 'start', name: 'never' } });
		wire.reply('chat', body).reply('chat', body);
		const before = wire.requestsTo('chat').length;
		const row = await explorer.row(...twinOf('second'));
		await run(row);
		await until(() => wire.holding === 2, 'both requests');
		await workbench.runCommand('Test: Cancel Test Run');
		await until(() => wire.holding === 0, 'the end of both requests');
		await run(row);
		await explorer.ends([
			'  checks/twin.prompttest.yaml: failed',
			'    greets: passed',
			'    says goodbye: failed',
		]);
		assert.equal(wire.requestsTo('chat').length, before + 4);
	});

	it('shows in both of two windows what each has run, once, and what is outdated', async () => {
		const window = await session.openWindow({ workspaceFile });
		const other = new TestExplorerView(window);
		await other.open();
		for (const path of [['sample-workspace'], twinOf('sample-workspace'), ['second'], twinOf('second')]) {
			await other.expand(...path);
		}
		const failed = ['  checks/twin.prompttest.yaml: failed', '    greets: passed', '    says goodbye: failed'];
		await other.ends(failed);

		// Both windows run the same suite at the same time, and the other folder's has never run.
		const body = wire.script.chat({ text: 'Hello and Goodbye.', hold: { after: 'start', name: 'both' } });
		wire.reply('chat', body).reply('chat', body).reply('chat', body).reply('chat', body);
		const before = wire.requestsTo('chat').length;
		await run(await explorer.row(...twinOf('second')));
		await run(await other.row(...twinOf('second')), window);
		await until(() => wire.holding === 4, 'the requests of both windows');
		wire.release('both');
		const passed = ['  checks/twin.prompttest.yaml: passed', '    greets: passed', '    says goodbye: passed'];
		await Promise.all([explorer, other].map((one) => one.ends(passed)));
		assert.equal(wire.requestsTo('chat').length, before + 4);
		await run(await other.row(...twinOf('sample-workspace'), 'greets'), window);
		const twins = ['  checks/twin.prompttest.yaml: passed', '    greets: passed', '    says goodbye: unset'];
		await explorer.expand(...twinOf('sample-workspace'));
		await Promise.all([explorer, other].map((one) => one.has(twins)));

		await writeFile(join(second, 'checks', 'brief.md'), 'Be rude.');
		const outdated = passed.map((row, index) => (index === 0 ? row : `${row}, outdated`));
		await Promise.all([explorer, other].map((one) => one.ends(outdated)));
		await Promise.all([explorer, other].map((one) => one.has(twins)));
		await window.screenshot('explorer-other-window');
	});
});

async function writeSuites(folder: string, prompt: string): Promise<void> {
	const checks = join(folder, 'checks');
	await mkdir(checks, { recursive: true });
	await writeFile(join(checks, 'brief.md'), prompt);
	await writeFile(join(checks, 'twin.prompttest.yaml'), twin);
}
