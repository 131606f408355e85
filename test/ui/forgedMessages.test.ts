import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import type { Frame } from 'playwright-core';
import { startDrivenSession, type DrivenSession } from '../support/vscode/drivenSession.ts';
import type { Workbench } from '../support/vscode/workbench.ts';
import { until } from '../support/wire/wiredModels.ts';

const megabytes = 50;

/** Messages to the host that no page of ours writes, sent by the same way as those of a page. */
describe('forged messages of a panel', () => {
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

	const log = () =>
		globSync('data/logs/**/Prompt Workshop.log', { cwd: driven.session.server.dataDir })
			.map((file) => readFileSync(`${driven.session.server.dataDir}/${file}`, 'utf8'))
			.join('');

	it('are refused, each with one bounded line in the log, and the panel goes on [attack 8] [attack 25]', async () => {
		const panel = await workbench.webviewFrame('Workshop: Forged');
		await panel.getByText('not a language model').first().waitFor();
		const before = await driven.driver.api('listDrafts', {});
		const [sender] = (
			await Promise.all(workbench.page.frames().map(async (frame) => ({ frame, sends: await sends(frame) })))
		).flatMap(({ frame, sends: found }) => (found ? [frame] : []));
		assert.ok(sender, 'no frame of a webview was found');
		await sender.evaluate(forge, megabytes);
		await until(() => log().includes('last one'), 'the last message in the log');
		const lines = log()
			.split('\n')
			.filter((line) => /unknown request|ignored|forged/i.test(line));
		assert.ok(
			lines.some((line) => line.includes('\\n[error] forged line')),
			lines.map((line) => line.slice(0, 300)).join('\n'),
		);
		assert.ok(
			lines.some((line) => line.includes('<U+202E>')),
			'hidden characters are shown',
		);
		assert.ok(
			lines.some((line) => line.includes('x'.repeat(40))),
			'the long name is logged',
		);
		assert.ok(
			lines.every((line) => line.length < 2_200),
			`a line of ${Math.max(...lines.map(({ length }) => length))} characters`,
		);
		assert.ok(!/^\[error\] forged line/m.test(log()), 'a line break made a line of its own');
		assert.deepEqual(await driven.driver.api('listDrafts', {}), before);
		await panel.getByRole('textbox', { name: 'Message' }).fill('Write it now');
		await panel.getByRole('button', { name: 'Send', exact: true }).click();
		await panel.locator('.message-assistant').nth(1).waitFor();
	});
});

/** What VS Code's own page of a webview takes messages of the panel's page by. */
const sendName = '__vscode_post_message__';
type Sender = Record<typeof sendName, (channel: string, data: { message: unknown }) => void>;

function sends(frame: Frame): Promise<boolean> {
	return frame.evaluate((name) => name in window, sendName).catch(() => false);
}

/** Runs in the page. */
function forge(size: number): void {
	const send = (message: unknown) =>
		(window as unknown as Sender)['__vscode_post_message__']('onmessage', { message });
	const request = (id: unknown, method: unknown) => send({ kind: 'request', id, method, params: {} });
	request(900_001, 'x'.repeat(size * 1024 * 1024));
	request(900_002, 'deleted\n[error] forged line');
	request(900_003, 'txt\u202egpj');
	request(900_004, '__proto__');
	request(900_005, 'constructor');
	request('900_006', 'delete');
	send({ kind: 'reply', id: 900_007 });
	send('no envelope');
	request(900_008, 'last one');
}
