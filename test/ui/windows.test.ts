import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { until } from '../support/eventually.ts';
import { untilOnDisk } from '../support/vscode/onDisk.ts';
import { launchBrowser } from '../support/vscode/browser.ts';
import { startUiSession, type UiSession } from '../support/vscode/uiSession.ts';
import { openWorkbench, type Workbench } from '../support/vscode/workbench.ts';
import { savedByHand, wireSettings } from '../support/vscode/wireSettings.ts';
import { WireServer } from '../support/wire/wireServer.ts';

const draft = 'Shared draft';
const tab = 'shared-draft.md';
const question = 'What slows the build-out of batteries?';
const prompt = 'You answer questions about energy storage and cite the article of every claim that you make.\n'.repeat(
	2,
);

/** Two browsers on one folder are two extension hosts with one store; hosts and browsers die. */
describe('windows of one folder', () => {
	let wire: WireServer;
	let session: UiSession;
	let first: Workbench;
	let second: Workbench;

	before(async () => {
		wire = await WireServer.start();
		session = await startUiSession({
			settings: { ...savedByHand, ...wireSettings(wire) },
		});
		first = await session.openWindow();
		await first.openContainer('Prompt Workshop');
		second = await session.openWindow();
		await second.openContainer('Prompt Workshop');
	});
	afterEach(function () {
		return session.photographFailure(this.currentTest);
	});
	after(async () => {
		await session.close();
		await wire.stop();
	});

	async function write(window: Workbench, text: string): Promise<void> {
		await window.typeInEditor(tab, text);
		await dirty(window).waitFor();
	}
	async function save(window: Workbench): Promise<void> {
		await window.editor(tab).locator('.view-lines').click();
		await window.page.keyboard.press('ControlOrMeta+s');
	}
	const dirty = (window: Workbench) => window.tab(tab).and(window.page.locator('.dirty'));
	const clean = (window: Workbench) => window.tab(tab).and(window.page.locator(':not(.dirty)'));
	const line = (window: Workbench, text: string) =>
		window.editor(tab).locator('.view-line', { hasText: text }).first();
	const panel = (window: Workbench) => window.webviewFrame(`Workshop: ${draft}`);

	/** Brings the draft's panel up from the tree and waits until its page is there: it takes the focus. */
	async function openPanel(window: Workbench): Promise<void> {
		await window.treeItem('Drafts', draft).click();
		const page = await panel(window);
		// The page may open on the tab that was shown when a panel of this draft was closed.
		await page.getByRole('tab', { name: 'Chat' }).click();
		await page.getByText('Hello.').waitFor();
	}

	it('a draft made in one window shows in the other', async () => {
		await first.runCommand('Prompt Workshop: New Draft');
		await first.answerStep('New Draft (1/3)', 'Research');
		await first.answerStep('New Draft (2/3)', draft);
		await first.answerStep('New Draft (3/3)', '');
		await first.editor(tab).waitFor();
		// The panel takes the focus when its page is there; what is typed before would be lost.
		await (await panel(first)).getByText('Hello.').waitFor();
		await second.treeItem('Drafts', draft).waitFor();
		assert.equal(session.server.hostPids().length, 2);
		const storage = join(session.server.dataDir, 'data', 'User', 'workspaceStorage');
		const folders = readdirSync(storage).filter((name) => !name.includes('ext-dev'));
		assert.ok(
			folders.some((name) => folders.includes(`${name}-1`)),
			'VS Code gave both windows one folder: this test proves nothing then',
		);
	});

	it('both windows write, and see what the other wrote', async () => {
		await write(first, `${prompt}From the first window.`);
		await save(first);
		await clean(first).waitFor();
		await openPanel(second);
		await line(second, 'From the first window.').waitFor();
		await write(second, `${prompt}From the second window.`);
		await save(second);
		await clean(second).waitFor();
		await line(first, 'From the second window.').waitFor();
	});

	it('an edit of the same text in both windows is a conflict that is shown, and loses neither text [fault 5]', async () => {
		await write(first, `${prompt}Mine, not saved yet.`);
		await write(second, `${prompt}Theirs, saved meanwhile.`);
		await save(second);
		await clean(second).waitFor();
		await save(first);
		const conflict = first.notification('newer');
		await conflict.waitFor();
		await first.screenshot('windows-conflict');
		await conflict.getByRole('button', { name: 'Compare' }).click();
		const diff = first.page.locator('.monaco-diff-editor');
		// Its two sides stand beside or under each other, as wide as the window is.
		for (const word of ['Theirs', 'Mine']) {
			await diff.getByText(word).first().waitFor();
		}
		await first.screenshot('windows-compare');
		await first.page.locator('.action-label[aria-label^="Use your changes and overwrite"]').click();
		await line(second, 'Mine, not saved yet.').waitFor();
		// What was overwritten is a version.
		await second.runCommand('Prompt Workshop: Show Versions');
		await second.treeItem('Versions', 'v3').click();
		await second.screenshot('windows-versions');
		await second.page.locator('.view-line', { hasText: 'Theirs, saved meanwhile.' }).first().waitFor();
		await second.runCommand('View: Close Editor');
	});

	it('a draft deleted in one window keeps the text typed in the other, which is saved after an Undo [fault 5]', async () => {
		await write(first, `${prompt}Typed while it was deleted.`);
		await second.contextMenu(second.treeItem('Drafts', draft), 'Delete Draft');
		await second.answerDialog('Delete');
		await first.treeItem('Drafts', draft).waitFor({ state: 'hidden' });
		await save(first);
		await first.notification('The draft was deleted').waitFor();
		await first.screenshot('windows-deleted');
		await dirty(first).waitFor();
		await second.notification('deleted').getByRole('button', { name: 'Undo' }).click();
		await first.treeItem('Drafts', draft).waitFor();
		await save(first);
		await clean(first).waitFor();
		await openPanel(second);
		await line(second, 'Typed while it was deleted.').waitFor();
	});

	it('of two messages into one chat, one is answered and the other is refused in its window [fault 5]', async () => {
		await openPanel(first);
		const pages = [await panel(first), await panel(second)];
		wire.reply('chat', wire.script.chat({ text: 'Answered once', hold: { after: 'text', name: 'both' } }));
		for (const page of pages) {
			await page.getByRole('tab', { name: 'Chat' }).click();
			await page.getByRole('textbox', { name: 'Message' }).fill('Make it clearer');
		}
		await Promise.all(pages.map((page) => page.getByRole('button', { name: 'Send', exact: true }).click()));
		await Promise.any(
			pages.map((page) => page.getByText('The assistant is answering in another window').waitFor()),
		);
		await second.screenshot('windows-answered-elsewhere');
		wire.release('both');
		for (const page of pages) {
			await page.getByText('Answered once').waitFor();
			await page.getByText('Being answered in another window.').waitFor({ state: 'detached' });
			assert.equal(await page.locator('.message-user', { hasText: 'Make it clearer' }).count(), 1);
		}
	});

	it('killed in mid-stream, the extension host loses nothing that was stored, and what streamed is interrupted [fault 7]', async () => {
		await openPanel(first);
		const chat = await panel(first);
		const other = await panel(second);
		wire.reply('chat', wire.script.chat({ text: 'Half a test answer', hold: { after: 'text', name: 'never' } }));
		await chat.getByRole('tab', { name: 'Test' }).click();
		await chat.getByRole('textbox', { name: 'Test question' }).fill(question);
		await chat.getByRole('button', { name: 'Run', exact: true }).click();
		await chat.getByText('Half a test answer').waitFor();
		const badge = first.page
			.locator('.part.activitybar [role="tab"]', {
				has: first.page.locator('.action-label[aria-label^="Prompt Workshop"]'),
			})
			.locator('.badge-content');
		await badge.filter({ hasText: '1' }).waitFor();

		wire.reply('chat', wire.script.chat({ text: 'Half a chat answer', hold: { after: 'text', name: 'never' } }));
		await chat.getByRole('tab', { name: 'Chat' }).click();
		await chat.getByRole('textbox', { name: 'Message' }).fill('Make it shorter');
		await chat.getByRole('button', { name: 'Send', exact: true }).click();
		await chat.getByText('Half a chat answer').waitFor();
		// What the other window shows is stored.
		await other.getByText('Half a chat answer').waitFor();
		await other.getByText('Being answered in another window.').waitFor();
		await other.getByRole('tab', { name: /^History/ }).click();
		await other.getByText('running in another window').waitFor();
		await other.getByText('Half a test answer').waitFor();
		await second.editor(tab).getByText('Test running').waitFor();
		await second.screenshot('windows-test-elsewhere');

		await write(first, `${prompt}Saved before the kill.`);
		await save(first);
		// A tab has no mark while it is being saved: what the other window shows is stored.
		await line(second, 'Saved before the kill.').waitFor();
		await second.page.context().close();
		const deadPage = await first.page.locator('iframe.webview').getAttribute('name');
		const killed = session.server.hostPids();
		killed.forEach((pid) => process.kill(pid, 'SIGKILL'));
		// VS Code starts another one by itself.
		await until(() => session.server.hostPids().some((pid) => !killed.includes(pid)), 'a new host', 120_000);
		// The panel comes back by itself, in its column and once.
		await first.page.locator(`iframe.webview[name="${deadPage}"]`).waitFor({ state: 'detached' });
		const again = await panel(first);
		await again.getByText('Half a chat answer').waitFor();
		await again.getByText('Interrupted: the editor').waitFor();
		assert.equal(await first.tab(`Workshop: ${draft}`).count(), 1);
		await first.screenshot('windows-killed');
		await badge.waitFor({ state: 'hidden' });
		wire.reply('chat', wire.script.chat({ text: 'An answer of the new host' }));
		await again.getByRole('textbox', { name: 'Message' }).fill('Try again');
		await again.getByRole('button', { name: 'Send', exact: true }).click();
		await again.getByText('An answer of the new host').waitFor();
		await again.getByRole('tab', { name: /^History/ }).click();
		await again.getByText(question).click();
		await again.getByText('Half a test answer').waitFor();
		await first.screenshot('windows-killed-test');
		await again.getByText('interrupted').first().waitFor();
		await untilOnDisk(session.server.dataDir, '**/workshop-panels/1.json', '"tab":"test"');
		await first.reloadWithTab(`Workshop: ${draft}`);
		// The workbench, the host and the store all start again.
		await line(first, 'Saved before the kill.').waitFor({ timeout: 120_000 });
		const reloaded = await panel(first);
		// It was left at the result.
		await reloaded.getByText('Half a test answer').waitFor();
		await reloaded.getByRole('tab', { name: 'Chat' }).click();
		await reloaded.getByText('An answer of the new host').waitFor();
		assert.equal(await first.tab(`Workshop: ${draft}`).count(), 1);
	}).timeout(480_000);

	it('after the browser was killed, a new one finds the draft although the old host lives on [fault 5]', async () => {
		const before = session.server.hostPids();
		const { browser, pid } = await browserWithPid();
		const page = await (await browser.newContext({ viewport: { width: 1400, height: 900 } })).newPage();
		const lost = await openWorkbench(page, session.server.url, { folder: session.workspace });
		await lost.openContainer('Prompt Workshop');
		await openPanel(lost);
		await line(lost, 'Saved before the kill.').waitFor();
		await write(lost, `${prompt}Saved in a browser that dies.`);
		await save(lost);
		await line(first, 'Saved in a browser that dies.').waitFor();
		const unsent = 'Typed and not sent in a browser that dies';
		const lostPanel = await panel(lost);
		await lostPanel.getByRole('tab', { name: 'Chat' }).click();
		await lostPanel.getByRole('textbox', { name: 'Message' }).fill(unsent);
		await untilOnDisk(session.server.dataDir, '**/workshop-panels/1.json', unsent);
		process.kill(pid, 'SIGKILL');
		await first.page.context().close();

		const opened = await session.openWindow();
		await opened.openContainer('Prompt Workshop');
		await openPanel(opened);
		await line(opened, 'Saved in a browser that dies.').waitFor();
		assert.ok(session.server.hostPids().length > before.length, 'the host of the killed browser is gone');
		const openedPanel = await panel(opened);
		await openedPanel.getByText('Make it shorter').waitFor();
		// Another host, which VS Code gave another storage folder.
		assert.equal(await openedPanel.getByRole('textbox', { name: 'Message' }).inputValue(), unsent);
		await write(opened, `${prompt}Saved in a new browser.`);
		await save(opened);
		await clean(opened).waitFor();
		await opened.screenshot('windows-new-browser');
	});
});

/** A browser of its own, to be killed: the new child process of this one. Linux only, as the server's `hostPids`. */
async function browserWithPid(): Promise<{ browser: Browser; pid: number }> {
	const before = childProcesses();
	const browser = await launchBrowser();
	const pid = childProcesses().find((child) => !before.includes(child));
	assert.ok(pid !== undefined);
	return { browser, pid };
}

function childProcesses(): number[] {
	const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
	return pids.map(Number).filter((pid) => statusOf(pid).includes(`\nPPid:\t${process.pid}\n`));
}

/** A process may end between listing and reading; it then reads as empty. */
function statusOf(pid: number): string {
	try {
		return readFileSync(`/proc/${pid}/status`, 'utf8');
	} catch {
		return '';
	}
}
