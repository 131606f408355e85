import assert from 'node:assert/strict';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { startDrivenSession, type DrivenSession } from '../support/vscode/drivenSession.ts';
import { startServer, type RunningServer } from '../support/vscode/server.ts';
import { type OpenOptions, openWorkbench, type Workbench } from '../support/vscode/workbench.ts';

const prompt = 'You answer questions about energy storage and cite the article of every claim. '.repeat(2);

/** VS Code gives a window another storage folder when its folders change: what was made before is offered by name. */
describe('drafts of other folders and windows', () => {
	let driven: DrivenSession;
	let otherPort: RunningServer | undefined;
	let first: Workbench;

	before(async () => {
		driven = await startDrivenSession({ settings: { 'promptWorkshop.chatModel': 'offline/guide' } });
		first = await open({ folder: driven.session.workspace });
		await make('In a folder');
		const articles = join(driven.folder, 'articles');
		await mkdir(articles);
		await writeFile(
			join(articles, 'one.md'),
			'---\ntitle: Spring tides\n---\n\nSpring tides follow the full moon.\n',
		);
		await driven.driver.api('importTopic', 'Tides', articles);
	});
	afterEach(function () {
		return driven.session.photographFailure(this.currentTest);
	});
	after(async () => {
		await otherPort?.stop();
		await driven.close();
	});

	/** The driver works in this window from now on. */
	async function open(options: OpenOptions): Promise<Workbench> {
		await driven.driver.forget();
		const workbench = await driven.session.openWindow(options);
		await workbench.openContainer('Prompt Workshop');
		return workbench;
	}

	const make = (draftName: string) => driven.driver.api('startWorkshop', { draftName, startingPrompt: prompt });
	const says = (workbench: Workbench, text: string): Promise<void> =>
		workbench.view('Drafts').locator('.pane-header .description', { hasText: text }).waitFor();
	const names = async (): Promise<(string | null)[]> => {
		const { drafts } = (await driven.driver.api('listDrafts')) as { drafts: { draftName: string | null }[] };
		return drafts.map(({ draftName }) => draftName).sort();
	};
	const rows = (workbench: Workbench): Locator =>
		workbench.page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row');

	/** Presses the button of the view; of several stores those that surely belong here are chosen already. */
	async function bring(workbench: Workbench, ...more: string[]): Promise<void> {
		await workbench.view('Drafts').getByRole('button', { name: 'Bring Them Here' }).click();
		for (const label of more) {
			await rows(workbench).filter({ hasText: label }).locator('.quick-input-list-label').click();
		}
		await workbench.quickInput.press('Enter');
		await workbench.notification('Brought here').waitFor();
	}

	it('a draft made without a folder is offered in a folder that has none', async () => {
		await open({});
		await make('Loose');
		const folder = join(driven.folder, 'fresh');
		await mkdir(folder);
		const workbench = await open({ folder });
		await says(workbench, '1 draft in windows without a folder');
		await workbench.screenshot('other-stores-offer');
		// A single store that surely belongs here is brought unasked.
		await workbench.notification('No drafts here').getByRole('button', { name: 'Bring Them Here' }).click();
		await workbench.treeItem('Drafts', 'Loose').waitFor();
		assert.deepEqual(await names(), ['Loose']);
	});

	it('a workspace of several folders is offered what its folders hold, and brings drafts and topics', async () => {
		const second = join(driven.folder, 'second');
		await mkdir(second);
		const workspaceFile = join(driven.folder, 'two.code-workspace');
		const folders = [{ path: driven.session.workspace }, { path: second }];
		await writeFile(workspaceFile, JSON.stringify({ folders }));
		const workbench = await open({ workspaceFile });
		await says(workbench, '1 draft, 1 topic in sample-workspace');
		await workbench.screenshot('other-stores-several');
		await bring(workbench);
		await workbench.treeItem('Drafts', 'In a folder').waitFor();
		assert.deepEqual(await names(), ['In a folder', 'Loose']);
		await workbench.treeItem('Topics', 'Tides').waitFor();
		// The window that has the other store open works on.
		await first.treeItem('Drafts', 'In a folder').waitFor();
	});

	it('a folder that was renamed is offered what the old name holds', async () => {
		const [before, after] = [join(driven.folder, 'old-name'), join(driven.folder, 'new-name')];
		await mkdir(before);
		await open({ folder: before });
		await make('Before the renaming');
		await rename(before, after);
		const workbench = await open({ folder: after });
		await says(workbench, '1 draft in old-name, a folder that no longer exists');
		await bring(workbench, 'old-name');
		await workbench.treeItem('Drafts', 'Before the renaming').waitFor();
	});

	it('the same folder on another port, in two windows at once, gets everything once', async () => {
		const { server, workspace, browser } = driven.session;
		const driverFile = join(driven.folder, 'driver');
		otherPort = await startServer({ dataDir: server.dataDir, lean: true, env: { TEST_DRIVER_FILE: driverFile } });
		const url = otherPort.url;
		const openThere = async () => {
			await driven.driver.forget();
			const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
			context.setDefaultTimeout(60_000);
			const workbench = await openWorkbench(await context.newPage(), url, { folder: workspace });
			await workbench.openContainer('Prompt Workshop');
			return workbench;
		};
		const one = await openThere();
		await says(one, '1 draft, 1 topic in sample-workspace');
		const two = await openThere();
		await says(two, '1 draft, 1 topic in sample-workspace');
		await bring(one);
		await two.treeItem('Drafts', 'In a folder').waitFor();
		const before = await names();
		await two.runCommand('Prompt Workshop: Bring Drafts from Another Folder');
		await two.quickPickRows('sample-workspace').first().waitFor();
		await two.quickInput.press('Enter');
		await two.notification('Brought here. Drafts: 0').waitFor();
		assert.deepEqual(await names(), before);
		await two.treeItem('Topics', 'Tides').waitFor();
	});
});
