import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { DraftDetails } from '../../src/common/api.ts';
import { startDrivenSession, type DrivenSession } from '../support/vscode/drivenSession.ts';
import { untilOnDisk } from '../support/vscode/onDisk.ts';
import type { Workbench } from '../support/vscode/workbench.ts';

const plain = 'You answer questions about tides in short sentences and cite the article of every claim. '.repeat(2);
const typed = 'Grüße kurz und klar. 潮位 “exactly”. こんにちは €';
const tab = 'tide-adviser.md';
const encodings = ['Simplified Chinese (GBK)', 'Japanese (Shift JIS)', 'Western (Windows 1252)', 'UTF-16 LE'];

/** What a person does who changes the encoding of a draft, or whose VS Code has another one than UTF-8. */
describe('a draft in another encoding', () => {
	let driven: DrivenSession;
	let workbench: Workbench;
	let draftId: number;

	before(async () => {
		driven = await startDrivenSession({
			settings: {
				'files.autoSave': 'off',
				'files.encoding': 'gbk',
				'promptWorkshop.autoSaveDelay': 0,
				'promptWorkshop.chatModel': 'offline/guide',
			},
		});
		workbench = await driven.session.openWindow();
		const options = { draftName: 'Tide adviser', startingPrompt: plain };
		const started = (await driven.driver.api('startWorkshop', options)) as { draftId: number };
		draftId = started.draftId;
		await driven.run('openDraft', draftId);
		await workbench.editor(tab).waitFor();
	});
	afterEach(function () {
		return driven.session.photographFailure(this.currentTest);
	});
	after(() => driven.close());

	const dirty = () => workbench.tab(tab).and(workbench.page.locator('.dirty'));
	const clean = () => workbench.tab(tab).and(workbench.page.locator(':not(.dirty)'));
	const line = (text: string) => workbench.editor(tab).locator('.view-line', { hasText: text }).first();
	const inUtf8 = () => workbench.page.locator('.statusbar-item', { hasText: 'UTF-8 with BOM' }).waitFor();

	async function stored(): Promise<string> {
		return ((await driven.driver.api('getDraft', draftId)) as DraftDetails).draftContent;
	}

	async function write(text: string): Promise<void> {
		await workbench.typeInEditor(tab, text);
		await dirty().waitFor();
	}

	async function save(): Promise<void> {
		await workbench.page.keyboard.press('ControlOrMeta+s');
		await clean().waitFor();
	}

	async function changeEncoding(way: 'Save with Encoding' | 'Reopen with Encoding', encoding: string): Promise<void> {
		await workbench.runCommandAndChoose('Change File Encoding', way);
		await workbench.quickInput.fill(encoding);
		await workbench.quickPickChoose(encoding);
	}

	/** Waits until VS Code has a backup of what was typed and not saved. */
	function backup(text: string): Promise<void> {
		return untilOnDisk(join(driven.session.server.dataDir, 'data'), '**/Backups/**/*', text);
	}

	for (const encoding of encodings) {
		it(`saved with the encoding ${encoding} is stored as typed`, async () => {
			await write(`${typed} Saved with ${encoding}.`);
			await changeEncoding('Save with Encoding', encoding);
			await clean().waitFor();
			assert.equal(await stored(), `${typed} Saved with ${encoding}.`);
			await inUtf8();
			await line('潮位').waitFor();
		});

		it(`reopened with the encoding ${encoding} is in UTF-8 again, and stored as typed`, async () => {
			await changeEncoding('Reopen with Encoding', encoding);
			await inUtf8();
			await line('潮位').waitFor();
			await write(`${typed} Reopened with ${encoding}.`);
			await save();
			assert.equal(await stored(), `${typed} Reopened with ${encoding}.`);
		});
	}

	it('is restored with what was typed and not saved, and stored as typed', async () => {
		await write(`${typed} Restored.`);
		await driven.driver.forget();
		await backup('Restored.');
		await workbench.page.reload();
		await line('Restored.').waitFor();
		await dirty().waitFor();
		await line('Restored.').click();
		await save();
		assert.equal(await stored(), `${typed} Restored.`);
	});
});
