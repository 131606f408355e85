import assert from 'node:assert/strict';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { eventually, until } from '../eventually.ts';
import { photograph, takesPictures } from '../webview/photograph.ts';

export interface OpenOptions {
	/** Absolute path of the folder to open; absent: no folder. */
	folder?: string;
	/** Absolute path of a workspace file to open instead. */
	workspaceFile?: string;
	/** What to answer when VS Code asks whether the folder's authors are trusted (`workspaceTrust` servers only). */
	trust?: boolean;
	/** The display language; default English. VS Code's own texts stay English, extensions get theirs. */
	language?: string;
}

export type Theme = 'light' | 'dark' | 'hc-light' | 'hc-dark';

const themes: Record<Theme, string> = {
	light: 'Light Modern',
	dark: 'Dark Modern',
	'hc-light': 'Light High Contrast',
	'hc-dark': 'Dark High Contrast',
};

/** Opens VS Code's workbench of a running server in a page and waits until it is drawn. */
export async function openWorkbench(
	page: Page,
	serverUrl: string,
	{ folder, workspaceFile, trust, language }: OpenOptions,
): Promise<Workbench> {
	const opened = folder === undefined ? { workspace: workspaceFile } : { folder };
	const [[kind, place] = []] = Object.entries(opened);
	if (language !== undefined) {
		// What the script with VS Code's own translations would set.
		await page.addInitScript((name) => Object.assign(globalThis, { _VSCODE_NLS_LANGUAGE: name }), language);
	}
	await page.goto(`${serverUrl}/?${place === undefined ? 'ew=true' : `${kind}=${encodeURIComponent(place)}`}`);
	await page.locator('.monaco-workbench .part.statusbar .statusbar-item').first().waitFor({ timeout: 60_000 });
	const workbench = new Workbench(page);
	if (trust !== undefined) {
		await workbench.answerDialog(trust ? /^Yes, I trust/ : /^No, I don't/);
	}
	return workbench;
}

/** What a person sees and does in one browser window. Locators wait for what they name, up to playwright's timeout. */
export class Workbench {
	readonly page: Page;

	constructor(page: Page) {
		this.page = page;
	}

	/** Runs a command by its title in the palette (F1), for instance `Prompt Workshop: New Draft`. */
	async runCommand(title: string): Promise<void> {
		if (await this.quickInput.isVisible()) {
			await this.page.keyboard.press('Escape');
		}
		await this.#pickBy('F1', `>${title}`, title);
	}

	/**
	 * Runs a command and picks a row of the list that it shows. A list that closes at once, because something else took the
	 * focus, is asked for again.
	 */
	async runCommandAndChoose(title: string, label: string): Promise<void> {
		await attempt(3, async () => {
			await this.runCommand(title);
			await this.quickPickRows(label).first().click({ timeout: 15_000 });
		});
	}

	/** Opens a file of the workspace by its name (Go to File). */
	async openFile(name: string): Promise<void> {
		await this.#pickBy('ControlOrMeta+p', name, name);
		await this.editor(name).waitFor();
	}

	/**
	 * Opens a quick input by a key, types into it and picks a row. While the focus moves, the key is lost or the quick input
	 * closes again, and a person begins anew.
	 */
	async #pickBy(key: string, text: string, label: string): Promise<void> {
		await attempt(6, async () => {
			await this.page.keyboard.press(key);
			await this.quickInput.fill(text, { timeout: 5000 });
			await this.quickPickRows(label).first().click({ timeout: 10_000 });
		});
	}

	/** The text box of the quick input that is open. */
	get quickInput(): Locator {
		return this.page.locator('.quick-input-widget:visible .quick-input-box input');
	}

	/** What the open quick input says: its prompt, or the validation error. */
	get quickInputMessage(): Locator {
		return this.page.locator('.quick-input-widget:visible .quick-input-message');
	}

	/** Waits for the step of a command that has this title. */
	async quickStep(title: string): Promise<void> {
		await this.page.locator('.quick-input-widget:visible .quick-input-title', { hasText: title }).waitFor();
	}

	/** Answers the step of a command that has this title. */
	async answerStep(title: string, text: string): Promise<void> {
		await this.quickStep(title);
		await this.quickInputType(text);
	}

	/**
	 * Fills the open quick input and accepts it. Resolves when the next step is there, when the quick input is gone, or
	 * when it shows an error and stays; so calls in a row answer the steps of a command one by one.
	 */
	async quickInputType(text: string): Promise<void> {
		await this.quickInput.fill(text);
		const filled = await this.quickInputState();
		await this.page.keyboard.press('Enter');
		// The text goes to the extension and back before an old error disappears or a new one comes.
		const entered = performance.now();
		await until(async () => {
			const { step, hasError } = await this.quickInputState();
			return step !== filled.step || (hasError && performance.now() - entered > 2000);
		}, `the quick input to take "${text}"`);
	}

	/** What tells one step of a quick input from the next. */
	private quickInputState(): Promise<{ step: string; hasError: boolean }> {
		return this.page.evaluate(() => {
			const widget = document.querySelector<HTMLElement>('.quick-input-widget');
			const input = widget?.querySelector<HTMLInputElement>('.quick-input-box input');
			const title = widget?.querySelector('.quick-input-title')?.textContent;
			const shown = widget !== null && widget.style.display !== 'none';
			return {
				step: shown ? JSON.stringify([title, input?.placeholder, input?.value]) : 'closed',
				hasError: widget?.querySelector('.quick-input-box .monaco-inputbox.error') !== null,
			};
		});
	}

	/** The rows of the open quick pick whose label is `label`, or begins with it followed by anything else they show. */
	quickPickRows(label: string): Locator {
		const rows = this.page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row');
		return rows.filter({ has: this.page.locator('.label-name', { hasText: exactly(label) }) });
	}

	/** Clicks the row of the open quick pick with this label. */
	async quickPickChoose(label: string): Promise<void> {
		await this.quickPickRows(label).first().click();
	}

	/** Opens a view container of the activity bar by its title, unless it is open. */
	async openContainer(title: string): Promise<void> {
		const label = this.page.locator(`.action-label[aria-label^="${title}"]`);
		const tab = this.page.locator('.part.activitybar [role="tab"]', { has: label });
		await tab.waitFor();
		const shown = this.page.locator('.part.sidebar .title-label', { hasText: title });
		await attempt(5, async () => {
			// After a reload VS Code may open it at the same moment, and the click closes it again.
			if (!(await shown.isVisible())) {
				await tab.click();
			}
			await shown.waitFor({ timeout: 5000 });
		});
	}

	/** Folds views of the open container, so that the others get their height. */
	async collapseViews(...names: string[]): Promise<void> {
		for (const name of names) {
			const header = this.view(name).locator('.pane-header');
			if ((await header.getAttribute('aria-expanded')) === 'true') {
				// Its buttons come under the mouse, and reach over the middle of the header.
				await header.locator('.title').click();
				await header.and(this.page.locator('[aria-expanded="false"]')).waitFor();
			}
		}
	}

	/**
	 * Reloads the window once VS Code has stored that a tab is open. In a browser it writes the state of its window every few
	 * seconds only, and a tab that is younger is gone after a reload.
	 */
	async reloadWithTab(title: string): Promise<void> {
		// Not by waitForFunction: it takes the promise of an asynchronous function for its result.
		await until(() => this.page.evaluate(storedStateHas, title), `the tab "${title}" to be stored`, 120_000);
		await this.page.reload();
	}

	/** Reloads the window and opens a draft's panel, whether or not VS Code has brought it back. */
	async reloadWorkshop(draft: string): Promise<FrameLocator> {
		await this.page.reload();
		await this.openContainer('Prompt Workshop');
		await this.treeItem('Drafts', draft).click();
		await this.runCommand('Prompt Workshop: Open Workshop');
		return this.webviewFrame(`Workshop: ${draft}`);
	}

	/** A view of the open container, by its name: header, tree and welcome text. */
	view(name: string): Locator {
		return this.page.locator('.part.sidebar .pane', {
			has: this.page.locator('.pane-header .title', { hasText: exactly(name) }),
		});
	}

	/** The rows of a view's tree, in the order shown. */
	treeItems(view: string): Locator {
		return this.view(view).locator('[role="treeitem"]');
	}

	/** A row of a view's tree by its label (without its description). */
	treeItem(view: string, label: string): Locator {
		return this.treeItems(view).filter({ has: this.page.locator('.label-name', { hasText: exactly(label) }) });
	}

	/**
	 * Opens the context menu of something and clicks one of its items. A menu that closes at once, because the focus moved, is
	 * opened again.
	 */
	async contextMenu(target: Locator, item: string): Promise<void> {
		// Beside its label an item may name its key.
		const label = this.page.locator('.monaco-menu [role="menuitem"] .action-label', { hasText: exactly(item) });
		await attempt(3, async () => {
			await target.click({ button: 'right' });
			// A menu takes no button's release in its first 100 ms.
			await label.click({ delay: 150, timeout: 15_000 });
		});
	}

	/** A button in the title of a view, by its tooltip. */
	viewAction(view: string, title: string): Locator {
		return this.view(view).locator(`.pane-header .action-label[aria-label^="${title}"]`);
	}

	/** An editor's tab, by its title. */
	tab(title: string): Locator {
		return this.page.locator('.tabs-container .tab', {
			has: this.page.locator('.tab-label', { hasText: exactly(title) }),
		});
	}

	/** The text editor with this title, when it is the visible one of its group. */
	editor(title: string): Locator {
		return this.group(title).locator('.monaco-editor').first();
	}

	/** The lines of a text editor that are on the screen. */
	async editorText(title: string): Promise<string> {
		const lines = this.editor(title).locator('.view-line');
		// Read in one go: the editor may take away any single line meanwhile.
		const placed = await lines.evaluateAll((elements) =>
			elements.map((element) => ({ y: element.getBoundingClientRect().y, text: element.textContent })),
		);
		// The editor keeps its lines in any order and shows spaces as no-break spaces.
		placed.sort((a, b) => a.y - b.y);
		return placed.map(({ text }) => text.replaceAll('\u00a0', ' ')).join('\n');
	}

	/** Replaces the whole text of an open text editor by typing. */
	async typeInEditor(title: string, text: string): Promise<void> {
		await this.editor(title).locator('.view-lines').click();
		await this.editor(title).and(this.page.locator('.focused')).waitFor();
		await this.page.keyboard.press('ControlOrMeta+a');
		await this.page.keyboard.insertText(text);
	}

	/**
	 * The document inside the webview panel with this title, which must be the visible one of its group. VS Code lays
	 * webviews over the window instead of into their groups, so the one at the group's place is taken.
	 */
	async webviewFrame(title: string): Promise<FrameLocator> {
		const frames = this.page.locator('iframe.webview');
		const area = this.group(title).locator('.editor-container');
		return eventually(async () => {
			// Looked at without waiting for any single one: a webview may go while they are looked at.
			const [areas, places] = [await area.evaluateAll(corners), await frames.evaluateAll(corners)];
			const found = places.find(({ x, y }) =>
				areas.some((corner) => Math.abs(corner.x - x) < 2 && Math.abs(corner.y - y) < 2),
			);
			assert.ok(found, `No webview is shown under the tab ${title}.`);
			// By its name, since others come and go before it.
			return frames
				.and(this.page.locator(`[name="${found.name}"]`))
				.contentFrame()
				.frameLocator('iframe#active-frame');
		}, 60_000);
	}

	/** The editor group whose visible editor has this title. */
	private group(title: string): Locator {
		return this.page.locator('.editor-group-container', { has: this.tab(title).and(this.page.locator('.active')) });
	}

	/** The notifications shown now that contain this text. */
	notification(text: string | RegExp): Locator {
		return this.page.locator('.notifications-toasts .notification-list-item', { hasText: text });
	}

	/** Clicks a button of a modal dialog. */
	async answerDialog(button: string | RegExp): Promise<void> {
		await this.page.locator('.monaco-dialog-box .monaco-button', { hasText: button }).click();
	}

	/** Saves a picture of the window in each theme, `<name>-<theme>`, and ends in the dark one; where pictures are wanted. */
	async photograph(name: string, themes: readonly Theme[]): Promise<void> {
		if (!takesPictures) {
			return;
		}
		for (const theme of themes) {
			await this.#setTheme(theme);
			await this.screenshot(`${name}-${theme}`);
		}
		await this.#setTheme('dark');
	}

	/** Switches the colour theme and waits until it is applied. */
	async #setTheme(theme: Theme): Promise<void> {
		await attempt(3, async () => {
			await this.runCommand('Preferences: Color Theme');
			// The list is longer than what is drawn of it.
			await this.quickInput.fill(themes[theme], { timeout: 5000 });
			await this.quickPickRows(themes[theme]).first().click({ timeout: 15_000 });
		});
		const kind = { light: 'vs', dark: 'vs-dark', 'hc-light': 'hc-light', 'hc-dark': 'hc-black' }[theme];
		await this.page.locator(`.monaco-workbench.${kind}`).waitFor();
		// The list of themes fades out over the picture.
		await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
	}

	/** Saves a picture of the window as out/screenshots/<name>.png where pictures are wanted. */
	async screenshot(name: string): Promise<void> {
		await photograph(this.page, name);
	}
}

/** Whether the layout of the editors that VS Code has in the browser's storage names a text; runs in the page. */
async function storedStateHas(text: string): Promise<boolean> {
	const done = <T>(request: IDBRequest<T>) =>
		new Promise<T>((resolve, reject) => {
			request.onsuccess = () => resolve(request.result);
			request.onerror = () => reject(request.error ?? new Error('The state cannot be read.'));
		});
	for (const { name } of await indexedDB.databases()) {
		if (name?.startsWith('vscode-web-state-db-')) {
			const database = await done(indexedDB.open(name));
			const items = database.transaction('ItemTable').objectStore('ItemTable');
			const layout: unknown = await done(items.get('memento/workbench.parts.editor'));
			database.close();
			if (JSON.stringify(layout ?? '').includes(text)) {
				return true;
			}
		}
	}
	return false;
}

/** Does something until it succeeds, up to so many times. */
async function attempt(times: number, work: () => Promise<void>): Promise<void> {
	for (let count = 1; ; count++) {
		try {
			return await work();
		} catch (error) {
			if (count === times) {
				throw error;
			}
		}
	}
}

function exactly(text: string): RegExp {
	return new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
}

/** The upper left corners of elements, in pixels of the window, and their names; runs in the page. */
function corners(elements: Element[]): { x: number; y: number; name: string | null }[] {
	return elements.map((element) => {
		const { x, y } = element.getBoundingClientRect();
		return { x, y, name: element.getAttribute('name') };
	});
}
