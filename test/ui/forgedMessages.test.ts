import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { startDrivenSession, type DrivenSession } from '../support/vscode/drivenSession.ts';
import type { Workbench } from '../support/vscode/workbench.ts';

const megabytes = 50;

/** Messages to the host that no page of ours writes, sent by the same way as those of a page. */
describe('forged messages of a panel [attack 8]', () => {
	let driven: DrivenSession;
	let workbench: Workbench;

	before(async () => {
		driven = await startDrivenSession();
		workbench = await driven.session.openWindow();
		await workbench.openContainer('Prompt Workshop');
		await driven.run('newDraft', { draftName: 'Forged', model: 'offline/guide' });
	});
	afterEach(function () {
		return driven.session.photographFailure(this.currentTest);
	});
	after(() => driven.close());

	/** The page of VS Code that holds the panel's page. */
	async function outerFrame(): Promise<Frame> {
		for (const frame of workbench.page.frames()) {
			if (await frame.evaluate((name) => name in window, sendName).catch(() => false)) {
				return frame;
			}
		}
		throw new Error('No page of a webview was found.');
	}

	it('are refused with a short answer, change nothing, and the panel goes on', async () => {
		const panel = await workbench.webviewFrame('Workshop: Forged');
		await panel.getByText('not a language model').first().waitFor();
		const before = await driven.driver.api('listDrafts', {});
		const answers = await (await outerFrame()).evaluate(forge, megabytes);
		assert.deepEqual(
			answers.map(({ kind, code }) => `${kind} ${code}`),
			answers.map(() => 'error validation'),
		);
		assert.ok(answers.some(({ message }) => message.includes('x'.repeat(40))));
		assert.ok(
			answers.every(({ message }) => message.length < 200),
			'an answer is as long as what was forged',
		);
		assert.deepEqual(await driven.driver.api('listDrafts', {}), before);
		await panel.getByRole('textbox', { name: 'Message' }).fill('Write it now');
		await panel.getByRole('button', { name: 'Send', exact: true }).click();
		await panel.locator('.message-assistant').nth(1).waitFor();
	});
});

/** By what VS Code's own page of a webview takes messages of the panel's page. */
const sendName = '__vscode_post_message__';
type Sender = Record<typeof sendName, (channel: string, data: { message: unknown }) => void>;

/** Sends the messages and waits for the answers to those that have a number; runs in the page. */
async function forge(size: number): Promise<{ kind: string; code: string; message: string }[]> {
	const inner = (document.getElementById('active-frame') as HTMLIFrameElement).contentWindow as Window;
	const send = (message: unknown) =>
		(window as unknown as Sender)['__vscode_post_message__']('onmessage', { message });
	const methods = [
		'x'.repeat(size * 1024 * 1024),
		'deleted\n[error] forged line',
		'txt\u202egpj',
		'__proto__',
		'constructor',
		'../../delete',
	];
	const answers = methods.map(
		(_, index) =>
			new Promise<{ kind: string; code: string; message: string }>((resolve) => {
				inner.addEventListener('message', ({ data }: MessageEvent) => {
					const envelope = data as { kind: string; id?: number; error?: { code: string; message: string } };
					if (envelope.id === 900_000 + index) {
						resolve({ kind: envelope.kind, code: '', message: '', ...envelope.error });
					}
				});
			}),
	);
	send({ kind: 'request', id: '900_000', method: 'delete', params: {} });
	send({ kind: 'reply', id: 900_000 });
	send('no envelope');
	methods.forEach((method, index) => send({ kind: 'request', id: 900_000 + index, method, params: {} }));
	return Promise.all(answers);
}
