import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, open, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Locator } from 'playwright-core';
import initSqlJs from 'sql.js';
import { topicDatabases } from '../../src/topics/index/topicEngine.ts';
import { nodeFiles } from '../../src/topics/nodeFiles.ts';
import { openTopicIndex } from '../../src/topics/openTopicIndex.ts';
import { eventually } from '../support/eventually.ts';
import { startUiSession, type UiSession } from '../support/vscode/uiSession.ts';
import type { Workbench } from '../support/vscode/workbench.ts';

/** Filling, looking through, renaming, refreshing and removing topics, by mouse and keyboard. */
describe('topics', () => {
	let session: UiSession;
	let workbench: Workbench;
	/** VS Code names a view in full in a container that is not its own. */
	let view = 'Topics';

	before(async () => {
		session = await startUiSession({ settings: { 'promptWorkshop.testModel': 'offline/guide' } });
		await writeRoughFolder(join(session.workspace, 'rough'));
		await writeFile(
			join(session.workspace, 'table.csv'),
			'title,text,date,category\nA dam,Water behind a wall,2026-01-05,hydro\nA mill,Wind on a hill,2026-02-05,wind\n',
		);
		await writeFile(join(session.workspace, 'notes.md'), '# Notes\n\nNothing yet.');
		workbench = await session.openWindow();
	});
	afterEach(function () {
		return session.photographFailure(this.currentTest);
	});
	after(() => session.close());

	const row = (label: string) => workbench.treeItem(view, label);
	async function expand(label: string): Promise<void> {
		if ((await row(label).getAttribute('aria-expanded')) !== 'true') {
			await row(label).click();
		}
	}

	const explorerRow = (name: string) =>
		workbench.page.locator('.explorer-folders-view [role="treeitem"]', { hasText: name }).first();

	const progress = (text: string) => workbench.notification(text);

	/** The topic is there with this many articles, and nothing is under way. */
	async function settled(name: string, articles: string): Promise<void> {
		await row(name).filter({ hasText: articles }).waitFor();
		await progress(`Importing ${name}`).waitFor({ state: 'hidden' });
	}

	it('take a folder dropped from the Explorer, also while there is no topic yet', async () => {
		await workbench.openContainer('Prompt Workshop');
		await row('Import Topic').waitFor();
		await workbench.photograph('topics-empty', ['dark', 'light']);
		await workbench.runCommandAndChoose('View: Move View', 'Topics');
		await workbench.quickPickRows('New Panel Entry').waitFor();
		await workbench.quickPickChoose('Explorer');
		await workbench.openContainer('Explorer');
		view = 'Prompt Workshop: Topics';
		await row('Import Topic').waitFor();
		await explorerRow('rough').dragTo(row('Import Topic'));
		await workbench.answerStep('Import Topic', 'rough');
		await settled('rough', '4');
		await workbench.notification('rough: 4 articles').waitFor();
		await workbench.screenshot('topics-dropped');
	});

	it('say of each file that was skipped why, then and later', async () => {
		await workbench.notification('rough: 4 articles').getByRole('button', { name: 'Show Skipped' }).click();
		await workbench.editor('skipped-rough.md').locator('.view-line', { hasText: 'binary.md' }).waitFor();
		await workbench.photograph('topics-skipped', ['dark', 'light']);
		const told = async (): Promise<void> => {
			const text = await workbench.editorText('skipped-rough.md');
			for (const line of [
				'- one.md: Its link https://example.org/one is also the link of another article (again.md).',
				'- binary.md: It is a binary file.',
				'- broken.md: ',
				'- large.md: It is 100 MB; at most 10 MB are read.',
				'- latin1.md: It is not valid UTF-8. Save it as UTF-8 and import again.',
				'- loop: It is a symbolic link, which is not followed.',
				'- .png: 1 file is not Markdown',
			]) {
				assert.ok(text.includes(line), `${line}\n\nis not in\n\n${text}`);
			}
		};
		await told();
		await workbench.page.keyboard.press('ControlOrMeta+k');
		await workbench.page.keyboard.press('ControlOrMeta+w');
		await workbench.tab('skipped-rough.md').waitFor({ state: 'detached' });
		await workbench.page.reload();
		await expand('rough');
		await row('6 skipped').click();
		await workbench.editor('skipped-rough.md').locator('.view-line', { hasText: 'binary.md' }).waitFor();
		await told();
	});

	it('take a file dropped from the Explorer, and cancel with Escape', async () => {
		await explorerRow('table.csv').dragTo(row('rough'));
		await workbench.quickInput.waitFor();
		assert.equal(await workbench.quickInput.inputValue(), 'table');
		await workbench.page.keyboard.press('Escape');
		await workbench.quickInput.waitFor({ state: 'hidden' });
		assert.equal(await row('table').count(), 0);
		await explorerRow('table.csv').dragTo(row('rough'));
		await workbench.quickInput.fill('rough');
		await workbench.quickInputMessage.filter({ hasText: 'This topic comes from' }).waitFor();
		await workbench.screenshot('topics-replace-warning');
		await workbench.answerStep('Import Topic', 'table');
		await settled('table', '2');
	});

	it('take files dropped from outside of the window', async () => {
		await dropFiles(row('rough'), outside);
		await workbench.answerStep('Import Topic', 'outside');
		await settled('outside', '2');
		await dropFiles(row('rough'), [{ name: 'picture.png', text: 'no picture' }]);
		await workbench.answerStep('Import Topic', 'picture');
		await workbench.notification('picture.png cannot be imported').waitFor();
		await workbench.screenshot('topics-bad-drop');
		await workbench.notification('picture.png').getByRole('button', { name: 'OK' }).click();
		assert.equal(await row('picture').count(), 0);
		// What no topic uses is not kept.
		await eventually(async () => {
			const copies = (await readdir(session.server.dataDir, { recursive: true })).filter((path) =>
				/dropped[\\/][^\\/]+[\\/]/u.test(path),
			);
			assert.deepEqual(copies.map((path) => path.split(/[\\/]/u).at(-1)).sort(), ['one.md', 'two.md']);
		});
	});

	it('say what to do with several articles dropped at once, and with a folder that a browser cannot read', async () => {
		await explorerRow('README.md').click();
		await explorerRow('notes.md').click({ modifiers: ['ControlOrMeta'] });
		await explorerRow('notes.md').dragTo(row('rough'));
		await workbench.notification('Drop the folder that contains them').waitFor();
		await workbench.screenshot('topics-several');
		await workbench.notification('Drop the folder').getByRole('button', { name: 'OK' }).click();
		await dropFiles(row('rough'), [{ name: 'folder', text: '', unreadable: true }]);
		await workbench.notification('A browser passes on files, not folders').waitFor();
		await workbench.notification('A browser passes on').getByRole('button', { name: 'OK' }).click();
	});

	it('take the articles of the sample workspace', async () => {
		await explorerRow('articles').dragTo(row('rough'));
		await workbench.answerStep('Import Topic', 'storage');
		await settled('storage', '62 · 2025 – 2026');
	});

	it('show articles by category or month, and open one read-only', async () => {
		await workbench.runCommand('View: Reset View Locations');
		await workbench.openContainer('Prompt Workshop');
		view = 'Topics';
		await workbench.collapseViews('Drafts', 'Library', 'Prompt Lab');
		await expand('storage');
		await expand('grid operations');
		const article = workbench.page.locator('.part.sidebar [role="treeitem"][aria-level="3"]');
		await article.first().waitFor();
		await expand('rough');
		await row('2999-01').waitFor();
		await row('Not recorded').waitFor();
		await workbench.photograph('topics-tree', ['dark', 'light']);
		const title = (await article.first().locator('.label-name').textContent()) ?? '';
		await article.first().click();
		const line = workbench.page.locator('.editor-group-container.active .view-line', {
			hasText: title.slice(0, 20),
		});
		await line.first().waitFor();
		await workbench.page.locator('.editor-group-container.active .view-line', { hasText: 'Address' }).waitFor();
		await workbench.page.locator('.editor-group-container.active .view-lines').click();
		await workbench.page.keyboard.type('x');
		// VS Code says why nothing is typed.
		await workbench.page.locator('.monaco-editor-overlaymessage').waitFor();
		await workbench.photograph('topics-article', ['dark', 'light']);
	});

	it('are searched as one types, best first, with the passage that matched', async () => {
		// Titles with the word stand below titles without it: VS Code's own order would be another one.
		const query = 'power';
		const ranked = await rankedTitles(session.workspace, query);
		await workbench.contextMenu(row('storage'), 'Search Topic');
		await workbench.quickInput.fill(query);
		const rows = workbench.page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row');
		await rows.filter({ hasText: ranked[0] ?? '' }).waitFor();
		const shown = await rows.evaluateAll((elements) =>
			elements
				.sort((one, other) => Number(one.dataset['index']) - Number(other.dataset['index']))
				.map((element) => element.querySelector('.label-name')?.textContent),
		);
		assert.ok(shown.length >= 6);
		assert.deepEqual(shown, ranked.slice(0, shown.length));
		assert.match((await rows.first().locator('.quick-input-list-label-meta').textContent()) ?? '', /power/iu);
		await workbench.screenshot('topics-search');
		await workbench.quickInput.fill('zygote');
		await rows.filter({ hasText: 'No article contains these words' }).waitFor();
		await workbench.screenshot('topics-search-none');
		await workbench.page.keyboard.press('Enter');
		await workbench.quickInput.fill(query);
		await rows.filter({ hasText: ranked[0] ?? '' }).waitFor();
		await workbench.page.keyboard.press('Enter');
		await workbench.page
			.locator('.editor-group-container.active .view-line', { hasText: (ranked[0] ?? '').slice(0, 20) })
			.first()
			.waitFor();
	});

	it('are renamed and refreshed', async () => {
		// Rows that are scrolled away have no element.
		await workbench.view('Topics').hover();
		await workbench.viewAction('Topics', 'Collapse All').click();
		await workbench.contextMenu(row('table'), 'Rename Topic');
		await workbench.answerStep('Rename Topic', 'General');
		await workbench.quickInputMessage.filter({ hasText: 'topic without articles' }).waitFor();
		await workbench.answerStep('Rename Topic', 'Water and wind');
		await row('Water and wind').waitFor();
		assert.equal(await row('table').count(), 0);
		await expand('Water and wind');
		await expand('hydro');
		await row('A dam').click();
		const line = (text: string) =>
			workbench.page.locator('.editor-group-container.active .view-line', { hasText: text });
		await line('Water behind a wall').waitFor();
		await writeFile(
			join(session.workspace, 'table.csv'),
			'title,text,date,category\nA dam,A wall that was mended,2026-01-05,hydro\nA tower,Heat in salt,2026-03-05,heat\n',
		);
		await workbench.contextMenu(row('Water and wind'), 'Refresh Topic');
		await workbench.page
			.locator('.statusbar-item', { hasText: 'Water and wind: 2 articles (1 added, 1 updated, 1 removed' })
			.waitFor();
		await row('heat').waitFor();
		assert.equal(await row('wind').count(), 0);
		// The article that is open is the new one, too.
		await line('A wall that was mended').waitFor();
		await workbench.screenshot('topics-refreshed');
	});

	it('are cancelled in the last step of a refresh, too', async () => {
		const index = (await readdir(session.server.dataDir, { recursive: true })).find((path) =>
			path.endsWith('topics.db'),
		);
		await writeFile(join(session.workspace, 'table.csv'), 'title,text\nAlone,The only one\n');
		// As long as another window writes the index, the last step waits.
		const release = await nodeFiles.lock(join(session.server.dataDir, `${index}.lock`));
		try {
			await workbench.contextMenu(row('Water and wind'), 'Refresh Topic');
			await progress('updating the index').waitFor();
			await workbench.screenshot('topics-progress');
			await progress('updating the index').getByRole('button', { name: 'Cancel' }).click();
		} finally {
			await release();
		}
		await progress('updating the index').waitFor({ state: 'detached' });
		// Renaming waits for the refresh, so it is over when this is done.
		await workbench.contextMenu(row('Water and wind'), 'Rename Topic');
		await workbench.answerStep('Rename Topic', 'Unchanged');
		await row('Unchanged').filter({ hasText: '2 · 2026' }).waitFor();
	});

	it('are removed only when that is confirmed; their files stay, and Undo reads them again', async () => {
		await workbench.contextMenu(row('Unchanged'), 'Remove Topic');
		const dialog = workbench.page.locator('.monaco-dialog-box', { hasText: 'Remove the topic "Unchanged"' });
		await dialog.getByText('The source files are kept').waitFor();
		await workbench.screenshot('topics-remove');
		await workbench.answerDialog('Cancel');
		await dialog.waitFor({ state: 'detached' });
		await row('Unchanged').waitFor();
		await workbench.contextMenu(row('Unchanged'), 'Remove Topic');
		await workbench.answerDialog('Remove');
		await row('Unchanged').waitFor({ state: 'detached' });
		assert.ok(existsSync(join(session.workspace, 'table.csv')));
		await workbench.notification('Topic Unchanged removed').getByRole('button', { name: 'Undo' }).click();
		// As the file is now: it was changed before the refresh that was cancelled.
		await row('Unchanged')
			.filter({ hasText: /Unchanged\s*1$/ })
			.waitFor();
	});

	/** Drops files from outside of the window: their contents come along, no path. */
	async function dropFiles(
		target: Locator,
		files: { name: string; text: string; unreadable?: boolean }[],
	): Promise<void> {
		const transfer = await workbench.page.evaluateHandle((dropped) => {
			const data = new DataTransfer();
			for (const { name, text, unreadable } of dropped) {
				const file = new File([text], name);
				if (unreadable) {
					file.arrayBuffer = () => Promise.reject(new DOMException('A folder', 'NotFoundError'));
				}
				data.items.add(file);
			}
			return data;
		}, files);
		for (const event of ['dragenter', 'dragover', 'drop']) {
			await target.dispatchEvent(event, { dataTransfer: transfer });
		}
	}
});

const outside = [
	{ name: 'one.md', text: '# One from outside\n\nText of one.' },
	{ name: 'two.md', text: '# Two from outside\n\nText of two.' },
];

/**
 * The titles of the topic "storage" as the index ranks them, found without VS Code. The other topics are there, too:
 * how telling a word is depends on all of them.
 */
async function rankedTitles(workspace: string, query: string): Promise<string[]> {
	const folder = await mkdtemp(join(tmpdir(), 'prompt-workshop-ranked-'));
	const index = openTopicIndex({
		file: join(folder, 'topics.db'),
		database: async () => topicDatabases(await initSqlJs()),
	});
	try {
		await mkdir(join(folder, 'outside'));
		for (const { name, text } of outside) {
			await writeFile(join(folder, 'outside', name), text);
		}
		await index.import('outside', join(folder, 'outside'));
		await index.import('rough', join(workspace, 'rough'));
		await index.import('table', join(workspace, 'table.csv'));
		await index.import('storage', join(workspace, 'articles'));
		const hits = await index.search('storage', query, { limit: 30, asYouType: true });
		return hits.map(({ article }) => article.title);
	} finally {
		await index.dispose();
		await rm(folder, { recursive: true });
	}
}

/** Three articles among much that is none. */
async function writeRoughFolder(folder: string): Promise<void> {
	const article = (title: string, fields: string) => `---\ntitle: ${title}\n${fields}\n---\nText of ${title}.`;
	const files: Record<string, string | Uint8Array> = {
		'one.md': article('One', 'url: https://example.org/one'),
		'again.md': article('One again', 'url: https://example.org/one'),
		'late.md': article('Late', 'date: 2999-01-01'),
		'marked.md': `\uFEFF${article('Marked', 'source: Somewhere')}`,
		'binary.md': new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 1]),
		'latin1.md': new Uint8Array([0x23, 0x20, 0xe9, 0x74, 0xe9]),
		'broken.md': '---\ntitle: [never closed\n---\nText.',
		'photo.png': new Uint8Array([1, 2, 3]),
		'large.md': '',
	};
	for (const [name, content] of Object.entries(files)) {
		await mkdir(dirname(join(folder, name)), { recursive: true });
		await writeFile(join(folder, name), content);
	}
	const large = await open(join(folder, 'large.md'), 'r+');
	await large.truncate(100 * 1024 * 1024);
	await large.close();
	await symlink(folder, join(folder, 'loop'));
}
