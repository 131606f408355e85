import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startDrivenSession, type DrivenSession } from '../support/vscode/drivenSession.ts';
import type { Workbench } from '../support/vscode/workbench.ts';

const hostile = [
	'[Renew it here](command:workbench.action.terminal.sendSequence?%7B%22text%22%3A%22id%5Cn%22%7D)',
	'[Renew it here](https://evil.example/renew)',
	'[Renew it here](javascript:alert(1))',
	'[Renew it \u202ehere](command:workbench.action.openSettings "title")',
];
const folderName = '[Import finished](command:promptWorkshop.removeTopic?%5B%22Precious%22%5D)';

/** What a server, a file or a folder says is shown by VS Code itself, which makes links of `[text](command:…)`. */
describe('foreign words in notifications, progress and input boxes [attack 16]', () => {
	let driven: DrivenSession;
	let workbench: Workbench;

	before(async () => {
		driven = await startDrivenSession();
		workbench = await driven.session.openWindow({});
		await workbench.page.evaluate(watchLinks);
	});
	afterEach(function () {
		return driven.session.photographFailure(this.currentTest);
	});
	after(() => driven.close());

	/** Every message that was drawn since the window opened, and every link in one. */
	const drawn = () => workbench.page.evaluate(() => (window as unknown as Watched).drawn);

	async function clear(): Promise<void> {
		await workbench.runCommand('Notifications: Clear All Notifications');
		await workbench.notification(/./).first().waitFor({ state: 'detached' });
	}

	for (const words of hostile) {
		it(`the words of a server that refuses a key: ${words.slice(0, 40)}`, async () => {
			driven.wire.always('models', { status: 403, body: JSON.stringify({ error: { message: words } }) });
			const running = driven.run('setApiKey', 'local');
			await workbench.answerStep('API key for local', 'sk-test');
			const shown = workbench.notification('Renew it');
			await shown.waitFor();
			assert.equal(await shown.locator('.notification-list-item-message a').count(), 0);
			assert.match((await shown.textContent()) ?? '', /\] \(/);
			assert.equal(((await shown.textContent()) ?? '').includes('\u202e'), false);
			await shown.getByRole('button', { name: 'Store Anyway' }).click();
			await running;
			await clear();
		});
	}

	it('the name of a file, a folder and a topic: message, progress and the warning of an input box', async () => {
		const [first, second] = [join(driven.folder, folderName), join(driven.folder, 'other')];
		for (const folder of [first, second]) {
			await mkdir(folder);
			for (let number = 0; number < 200; number++) {
				await writeFile(
					join(folder, `${number}-${folderName.replaceAll('?', '')}.md`),
					`# ${folderName} ${number}\n\nText.`,
				);
			}
		}
		await writeFile(join(first, `${folderName}.png`), 'no picture');
		const refused = driven.run('importTopic', 'Picture', join(first, `${folderName}.png`));
		await workbench.notification('Import finished').waitFor();
		await refused;
		await clear();

		await driven.run('importTopic', folderName, first);
		const again = driven.driver.command('promptWorkshop.importTopic', second);
		await workbench.quickStep('Import Topic');
		await workbench.quickInput.fill(folderName);
		await workbench.quickInputMessage.filter({ hasText: 'This topic comes from' }).waitFor();
		assert.equal(await workbench.quickInputMessage.locator('a').count(), 0);
		await workbench.screenshot('foreign-words-input');
		await workbench.page.keyboard.press('Escape');
		await again;

		const { messages, links } = await drawn();
		for (const part of [
			/Importing \[Import finished\] \(command:/,
			/\d+ \/ 200 \d+-\[Import finished\] \(command:/,
			/This topic comes from .*\] \(command:/,
		]) {
			assert.ok(
				messages.some((message) => part.test(message)),
				`${String(part)} was not drawn:\n${messages.join('\n')}`,
			);
		}
		assert.deepEqual(links, []);
	});

	it('hidden characters in the rows of trees and lists are shown, and no row has a link', async () => {
		const hidden = 'ab\u202etxt\u200bc [Open](command:promptWorkshop.removeTopic)';
		const shown = 'ab<U+202E>txt<U+200B>c [Open](command:promptWorkshop.removeTopic)';
		driven.wire.always('models', {
			body: JSON.stringify({ object: 'list', data: [{ id: 'titled', name: hidden, display_name: hidden }] }),
		});
		const fixture = {
			name: hidden,
			module: hidden,
			description: hidden,
			baseSystemPrompt: 'You answer.',
			sections: [{ name: 's', instructions: '', context: '', conversations: [{ label: 'one', messages: [] }] }],
		};
		const folder = join(driven.folder, 'fixtures');
		await mkdir(folder);
		await writeFile(join(folder, 'hidden.fixture.json'), JSON.stringify(fixture));
		await driven.driver.configure('promptWorkshop.lab.fixturePaths', [folder]);

		await workbench.openContainer('Prompt Workshop');
		const row = workbench.treeItems('Prompt Lab').filter({ hasText: 'ab<U+202E>txt' }).first();
		await row.waitFor();
		const choosing = driven.run('chooseModel', 'chat');
		const listed = workbench.page.locator('.quick-input-widget:visible .monaco-list-row', { hasText: shown });
		await listed.first().waitFor();
		for (const one of [row, listed.first()]) {
			assert.doesNotMatch((await one.textContent()) ?? '', /[\u202e\u200b]/);
			assert.equal(await one.locator('a[href], a[data-href]').count(), 0);
		}
		await workbench.screenshot('foreign-words-rows');
		await workbench.page.keyboard.press('Escape');
		await choosing;
	});
});

interface Watched {
	drawn: { messages: string[]; links: string[] };
}

/** Notes every message that VS Code draws and every link in one, however short it is there; runs in the page. */
function watchLinks(): void {
	const watched = window as unknown as Watched;
	watched.drawn = { messages: [], links: [] };
	const look = () => {
		for (const message of document.querySelectorAll('.notification-list-item-message, .quick-input-message')) {
			const text = message.textContent ?? '';
			if (!watched.drawn.messages.includes(text)) {
				watched.drawn.messages.push(text);
			}
			watched.drawn.links.push(...[...message.querySelectorAll('a')].map((link) => link.outerHTML));
		}
	};
	new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
}
