import assert from 'node:assert/strict';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startDrivenSession, type DrivenSession } from '../support/vscode/drivenSession.ts';
import { TestDriver } from '../support/vscode/testDriver.ts';
import type { OpenOptions, Workbench } from '../support/vscode/workbench.ts';
import { savedByHand } from '../support/vscode/wireSettings.ts';

const prompt = 'You answer questions about energy storage and cite the article of every claim. '.repeat(2);

interface DrivenWindow {
	workbench: Workbench;
	driver: TestDriver;
}
type Held = Record<string, { text: string; tests: string[] }>;

/** A folder's window and one without a folder have stores of their own, are open at once, and bring from each other. */
describe('a window with a folder and one without, both at work', () => {
	let driven: DrivenSession;
	let loose: DrivenWindow;
	let inFolder: DrivenWindow;

	before(async () => {
		driven = await startDrivenSession({
			settings: {
				...savedByHand,
				'promptWorkshop.chatModel': 'offline/guide',
				'promptWorkshop.testModel': 'local/m',
			},
		});
		loose = await open({}, 'loose');
	});
	afterEach(function () {
		return driven.session.photographFailure(this.currentTest);
	});
	after(() => driven.close());

	/** `label`: the driver of this window is kept under it when another window is opened. */
	async function open(options: OpenOptions, label: string): Promise<DrivenWindow> {
		await driven.driver.forget();
		const workbench = await driven.session.openWindow(options);
		await workbench.openContainer('Prompt Workshop');
		// Answered by this window's host.
		await driven.driver.api('listDrafts', {});
		const file = join(driven.folder, label);
		await copyFile(join(driven.folder, 'driver'), file);
		return { workbench, driver: new TestDriver(file) };
	}

	async function make({ driver }: DrivenWindow, draftName: string): Promise<number> {
		const started = await driver.api('startWorkshop', { draftName, startingPrompt: prompt });
		return (started as { draftId: number }).draftId;
	}

	/** `hold`: the answer ends when it is released. */
	async function test({ driver }: DrivenWindow, draftId: number, text: string, hold?: string): Promise<unknown> {
		const held = hold === undefined ? {} : { hold: { after: 'text' as const, name: hold } };
		driven.wire.reply('chat', driven.wire.script.chat({ text, ...held }));
		return driver.api('testDraft', draftId, { testQuery: `Asked for: ${text}`, topic: 'General' });
	}

	/** What a window's store holds, by the drafts' names. */
	async function held({ driver }: DrivenWindow): Promise<Held> {
		const { drafts } = (await driver.api('listDrafts', {})) as { drafts: { id: number; draftName: string }[] };
		const all: Held = {};
		for (const { id, draftName } of drafts) {
			assert.equal(all[draftName], undefined, `${draftName} is there twice`);
			const { draftContent } = (await driver.api('getDraft', id)) as { draftContent: string };
			const answer = await driver.api('listTestResults', id);
			const { testResults } = answer as { testResults: { status: string; responsePreview: string }[] };
			const tests = testResults.map(({ status, responsePreview }) => `${status}: ${responsePreview}`);
			all[draftName] = { text: draftContent, tests: tests.sort() };
		}
		return all;
	}

	const dirty = ({ workbench }: DrivenWindow, tab: string) =>
		workbench.tab(tab).and(workbench.page.locator('.dirty'));

	async function type(window: DrivenWindow, draftId: number, tab: string, text: string): Promise<void> {
		await window.driver.command('promptWorkshop.openDraft', draftId);
		await window.workbench.typeInEditor(tab, text);
		await dirty(window, tab).waitFor();
	}

	async function save(window: DrivenWindow, tab: string): Promise<void> {
		await window.workbench.editor(tab).locator('.view-lines').click();
		await window.workbench.page.keyboard.press('ControlOrMeta+s');
		await dirty(window, tab).waitFor({ state: 'detached' });
	}

	it('each brings what the other has while that one writes on, and nothing is lost on either side', async () => {
		const looseId = await make(loose, 'Loose');
		await test(loose, looseId, 'The first answer.');
		inFolder = await open({ folder: driven.session.workspace }, 'folder');
		await inFolder.workbench
			.view('Drafts')
			.locator('.pane-header .description', { hasText: '1 draft in windows without a folder' })
			.waitFor();

		// The window without a folder has a test that runs, and a text that is not saved: a test saves it when it starts.
		await loose.driver.command('promptWorkshop.openDraft', looseId);
		const running = test(loose, looseId, 'The second answer.', 'second');
		await loose.workbench.editor('loose.md').getByText('Test running').waitFor();
		await type(loose, looseId, 'loose.md', `${prompt}Typed while it was brought.`);
		await inFolder.workbench.view('Drafts').getByRole('button', { name: 'Bring Them Here' }).click();
		await inFolder.workbench.notification('Brought here. Drafts: 1').waitFor();
		await inFolder.workbench.treeItem('Drafts', 'Loose').waitFor();
		const brought = await held(inFolder);
		assert.deepEqual([Object.keys(brought), brought['Loose']?.text], [['Loose'], prompt]);
		assert.ok(brought['Loose']?.tests.includes('complete: The first answer.'));

		// It writes on as if nothing had been; the folder's window writes too.
		await dirty(loose, 'loose.md').waitFor();
		await save(loose, 'loose.md');
		const folderId = await make(inFolder, 'In a folder');
		driven.wire.release('second');
		await running;
		await test(inFolder, folderId, 'The answer in the folder.');
		await type(inFolder, folderId, 'in-a-folder.md', `${prompt}Typed in the folder.`);
		const mine = {
			text: `${prompt}Typed while it was brought.`,
			tests: ['complete: The first answer.', 'complete: The second answer.'],
		};
		assert.deepEqual(await held(loose), { Loose: mine });
		assert.deepEqual((await held(inFolder))['Loose'], brought['Loose']);
		await loose.workbench.screenshot('both-kinds-brought');

		// Now the other way round.
		const broughtBack = loose.workbench.notification('Brought here. Drafts: ');
		await loose.workbench.runCommand('Prompt Workshop: Bring Drafts from Another Folder');
		const row = loose.workbench.quickPickRows('sample-workspace');
		await row.waitFor();
		if (!(await row.getByRole('checkbox').isChecked())) {
			await row.locator('.quick-input-list-label').click();
		}
		await loose.workbench.quickInput.press('Enter');
		await broughtBack.waitFor();
		await loose.workbench.treeItem('Drafts', 'In a folder').waitFor();
		await dirty(inFolder, 'in-a-folder.md').waitFor();
		await save(inFolder, 'in-a-folder.md');
		assert.equal((await held(inFolder))['In a folder']?.text, `${prompt}Typed in the folder.`);
		const here = await held(loose);
		assert.deepEqual(here['Loose'], mine);
		assert.deepEqual(here['In a folder'], { text: prompt, tests: ['complete: The answer in the folder.'] });
		await inFolder.workbench.screenshot('both-kinds-brought-back');
	});

	it('after both windows were loaded again, everything is on the disk', async () => {
		const windows = [
			{ window: loose, options: {}, label: 'loose again' },
			{ window: inFolder, options: { folder: driven.session.workspace }, label: 'folder again' },
		];
		for (const { window, options, label } of windows) {
			const before = await held(window);
			assert.ok(Object.keys(before).length >= 2);
			await window.workbench.page.context().close();
			assert.deepEqual(await held(await open(options, label)), before);
		}
	});
});
