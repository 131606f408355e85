import assert from 'node:assert/strict';
import { startUiSession, type UiSession } from '../support/vscode/uiSession.ts';
import type { Workbench } from '../support/vscode/workbench.ts';

const variable = 'ANTHROPIC_API_KEY';
/** Never found: what is sent to it ends as an error of the network, what may not be sent ends before that. */
const address = 'https://models.invalid';
const notAgreed = `The key in ${variable} is for https://api.anthropic.com.`;

/** A provider at an address that is not the one that the key of the environment was given for. */
describe('a key of the environment and another address [attack 3]', () => {
	let session: UiSession;
	let workbench: Workbench;

	before(async () => {
		session = await startUiSession({
			env: { [variable]: 'sk-canary-of-the-environment' },
			settings: {
				'promptWorkshop.providers': [
					{ id: 'anthropic', kind: 'anthropic', baseUrl: address },
					{ id: 'offline', kind: 'offline' },
				],
			},
		});
		workbench = await session.openWindow();
		await workbench.openContainer('Prompt Workshop');
	});
	afterEach(function () {
		return session.photographFailure(this.currentTest);
	});
	after(() => session.close());

	/** Why the provider gives no list of models. */
	async function reason(): Promise<string> {
		await workbench.runCommandAndChoose('Prompt Workshop: Choose Model', 'Design chat');
		const failed = workbench.quickPickRows('anthropic').first();
		await failed.waitFor();
		const text = (await failed.textContent()) ?? '';
		await leave();
		return text;
	}

	async function leave(): Promise<void> {
		await workbench.page.keyboard.press('Escape');
		await workbench.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
	}

	async function setKey(): Promise<void> {
		await workbench.runCommandAndChoose('Prompt Workshop: Set API Key', 'anthropic');
		await workbench.quickPickRows(`Send the key in ${variable} to ${address}`).waitFor();
	}

	it('go together only after the user agreed, once for all windows', async () => {
		const first = await reason();
		assert.ok(first.includes(notAgreed), first);
		await setKey();
		const preselected = workbench.page.locator('.quick-input-widget:visible .monaco-list-row.focused');
		await preselected.filter({ hasText: 'Enter another key' }).waitFor();
		await leave();
		assert.ok((await reason()).includes(notAgreed), 'leaving the question agrees to nothing');
		await setKey();
		await workbench.quickPickChoose(`Send the key in ${variable} to ${address}`);
		await workbench.notification(`The key in ${variable} will be sent to ${address} from now on`).waitFor();
		const agreed = await reason();
		assert.ok(!agreed.includes(notAgreed), agreed);
		await workbench.page.reload();
		await workbench.openContainer('Prompt Workshop');
		const sent = await reason();
		assert.ok(!sent.includes(notAgreed), sent);
		assert.match(sent, /models\.invalid/);
	});

	it('part again when the key is removed', async () => {
		await workbench.runCommandAndChoose('Prompt Workshop: Remove API Key', 'anthropic');
		await workbench.notification(/API key for anthropic was removed/).waitFor();
		assert.ok((await reason()).includes(notAgreed));
	});
});
