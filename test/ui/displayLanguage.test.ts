import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startUiSession, type UiSession } from '../support/vscode/uiSession.ts';
import type { Workbench } from '../support/vscode/workbench.ts';

/** The name under which VS Code knows its own pseudo language. */
const language = 'qps-ploc';

/** Every text of the pseudo language is the English one in these marks. */
const translated = (text: string) => `«${text}»`;

/** Translates the file `from` of an installed extension. Names of settings and commands in links stay as they are. */
function translate(folder: string, from: string, to: string): void {
	const texts = JSON.parse(readFileSync(join(folder, from), 'utf8')) as Record<string, string>;
	const entries = Object.entries(texts).map(([key, text]) => [key, translated(text)] as const);
	writeFileSync(join(folder, to), JSON.stringify(Object.fromEntries(entries)));
}

describe('another display language', () => {
	let session: UiSession;
	let workbench: Workbench;
	const category = translated('Prompt Workshop');
	const run = (title: string) => workbench.runCommand(`${category}: ${translated(title)}`);

	before(async () => {
		session = await startUiSession();
		const extensions = join(session.server.dataDir, 'extensions');
		const name = (await readdir(extensions)).find((entry) => entry.startsWith('auspex.prompt-workshop'));
		assert.ok(name, 'the extension is installed');
		translate(join(extensions, name), 'package.nls.json', `package.nls.${language}.json`);
		translate(join(extensions, name), 'dist/l10n/bundle.l10n.json', `dist/l10n/bundle.l10n.${language}.json`);
		workbench = await session.openWindow({ folder: session.workspace, language });
	});
	afterEach(function () {
		return session.photographFailure(this.currentTest);
	});
	after(() => session.close());

	it('shows in the trees', async () => {
		await workbench.openContainer(category);
		await workbench.view(translated('Drafts')).getByText('«A draft is a system prompt').waitFor();
		const library = workbench.treeItems(translated('Library'));
		await library.filter({ hasText: translated('default') }).waitFor();
	});

	it('shows in a message of the host', async () => {
		await run('Set Status');
		await workbench.notification('«There are no drafts yet.').waitFor();
		// It would cover buttons of the panels.
		await workbench.runCommand('Notifications: Clear All Notifications');
	});

	it('shows in the Workshop, and in an error of a room', async () => {
		await run('Start Sample Workshop');
		const tab = translated('Workshop: {0}').replace('{0}', translated('Sample: storage briefing'));
		await workbench.tab(tab).waitFor();
		const panel = await workbench.webviewFrame(tab);
		await panel.getByRole('tab', { name: translated('Test') }).waitFor();
		await panel.getByRole('button', { name: translated('Extract draft') }).click();
		await panel.getByText('«The last answer has no prompt in a fenced block.').waitFor();
		await workbench.screenshot('display-language-workshop');
	});

	it('shows in the Lab', async () => {
		await workbench.runCommandAndChoose(`${category}: ${translated('Open Prompt Lab')}`, 'Statistics tutor');
		const tab = translated('Lab: {0}').replace('{0}', 'Statistics tutor');
		await workbench.tab(tab).waitFor();
		const panel = await workbench.webviewFrame(tab);
		await panel.getByText(translated('Writes nothing to the database')).waitFor();
		await panel.getByRole('textbox', { name: translated('Base prompt') }).waitFor();
		await workbench.screenshot('display-language-lab');
	});
});
