import assert from 'node:assert/strict';
import { until } from '../support/eventually.ts';
import { sleep } from '../support/sleep.ts';
import { untilOnDisk } from '../support/vscode/onDisk.ts';
import { startUiSession, type UiSession } from '../support/vscode/uiSession.ts';
import type { Workbench } from '../support/vscode/workbench.ts';
import { WireServer } from '../support/wire/wireServer.ts';

const draft = 'Release analyst';
const tab = `Workshop: ${draft}`;

/** The panel inside VS Code, with answers from a loopback server through the shipped adapter, held in mid-stream. */
describe('the Workshop panel in VS Code', () => {
	let wire: WireServer;
	let session: UiSession;
	let workbench: Workbench;

	before(async () => {
		wire = await WireServer.start();
		session = await startUiSession({
			settings: {
				'promptWorkshop.providers': [
					{ id: 'local', kind: 'openai-compatible', baseUrl: wire.baseUrl },
					{ id: 'offline', kind: 'offline' },
				],
				'promptWorkshop.chatModel': 'local/m',
				'promptWorkshop.testModel': 'local/m',
			},
		});
		workbench = await session.openWindow();
	});
	beforeEach(() => wire.reset());
	afterEach(function () {
		return session.photographFailure(this.currentTest);
	});
	after(async () => {
		await session.close();
		await wire.stop();
	});

	async function send(text: string) {
		const panel = await workbench.webviewFrame(tab);
		await panel.getByRole('textbox', { name: 'Message' }).fill(text);
		await panel.getByRole('button', { name: 'Send', exact: true }).click();
		return panel;
	}

	it('shows an answer while it arrives, thinking open above it, and collapses that when it is done', async () => {
		wire.always(
			'chat',
			wire.script.chat({
				thinking: 'Who will read it?',
				text: ['Tell me ', 'more.'],
				hold: { after: 'thinking' },
			}),
		);
		await workbench.openContainer('Prompt Workshop');
		await workbench.runCommand('Prompt Workshop: New Draft');
		await workbench.answerStep('New Draft (1/3)', 'Research');
		await workbench.answerStep('New Draft (2/3)', draft);
		await workbench.answerStep('New Draft (3/3)', 'Tell engineering managers what a release changes');
		await workbench.tab(tab).waitFor();
		const panel = await workbench.webviewFrame(tab);
		const thinking = panel.getByRole('button', { name: /^Thinking/ });
		await panel.locator('.thinking-body').getByText('Who will read it?').waitFor();
		assert.equal(await thinking.getAttribute('aria-expanded'), 'true');
		wire.release();
		await panel.getByText('Tell me more.').waitFor();
		assert.equal(await thinking.getAttribute('aria-expanded'), 'false');
	});

	it('shows what a button could not do at that button, and what the palette could not do in a message', async () => {
		const reason = 'The last answer has no prompt in a fenced block.';
		const message = workbench.notification(reason);
		const panel = await workbench.webviewFrame(tab);
		await panel.getByRole('button', { name: 'Extract draft' }).click();
		const note = panel.locator('footer').getByRole('alert');
		await note.getByText(reason).waitFor();
		assert.equal(await message.count(), 0);
		await note.getByRole('button', { name: 'Dismiss' }).click();
		await workbench.runCommand('Prompt Workshop: Extract Draft');
		await message.waitFor();
		assert.equal(await note.count(), 0);
		await workbench.runCommand('Notifications: Clear All Notifications');
	});

	it('has neither gap nor duplicate when it is hidden in mid-stream and shown again [fault 7]', async () => {
		wire.always('chat', wire.script.chat({ text: ['one two ', 'three four.'], hold: { after: 'text' } }));
		let panel = await send('Count.');
		await panel.getByText('one two three four.').waitFor();
		await panel.getByRole('textbox', { name: 'Message' }).fill('typed meanwhile');
		await workbench.openFile('README.md');
		wire.release();
		await until(() => wire.requestsTo('chat').at(-1)?.finished === true, 'the answer to end');
		await workbench.tab(tab).click();
		panel = await workbench.webviewFrame(tab);
		await panel.getByText('one two three four.').waitFor();
		await panel.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
		assert.equal(await panel.getByText('one two three four.').count(), 1);
		assert.equal(await panel.getByRole('textbox', { name: 'Message' }).inputValue(), 'typed meanwhile');
	});

	it('stops an answer at once and keeps what had arrived', async () => {
		wire.always('chat', wire.script.chat({ text: ['Half of an ', 'answer'], hold: { after: 'text' } }));
		const panel = await send('Go on.');
		await panel.getByText('Half of an answer').waitFor();
		await panel.getByRole('button', { name: 'Stop' }).click();
		await panel.getByText('Stopped. The partial answer is kept.').waitFor();
		await panel.getByRole('button', { name: 'Retry' }).waitFor();
	});

	it('marks an answer interrupted when the window is reloaded in mid-stream, keeps its part, and retries [fault 7]', async () => {
		wire.always('chat', wire.script.chat({ text: ['Begun and ', 'not ended'], hold: { after: 'text' } }));
		let panel = await workbench.webviewFrame(tab);
		await panel.getByRole('button', { name: 'Retry' }).click();
		await panel.getByText('Begun and not ended').waitFor();
		await panel.getByRole('textbox', { name: 'Message' }).fill('half a sentence');
		await untilOnDisk(session.server.dataDir, '**/store/log-*.jsonl', 'not ended');
		await sleep(1_000, 'no file tells when VS Code has the state of the page, which it gets 300 ms after a change');
		await workbench.reloadWithTab(tab);
		// VS Code may come back with the file in front.
		await workbench.tab(tab).click();
		await workbench.page.locator('.tab.active', { hasText: tab }).waitFor();
		panel = await workbench.webviewFrame(tab);
		await panel.getByText('Interrupted:').waitFor();
		assert.equal(await panel.getByRole('textbox', { name: 'Message' }).inputValue(), 'half a sentence');
		wire.reset();
		wire.always('chat', wire.script.chat({ text: ['A whole answer.'] }));
		await panel.getByRole('button', { name: 'Retry' }).click();
		await panel.getByText('A whole answer.').waitFor();
		await panel.getByText('Interrupted:').waitFor({ state: 'detached' });
	});
});
