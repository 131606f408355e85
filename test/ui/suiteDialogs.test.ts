import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../support/eventually.ts';
import { startUiSession, type UiSession } from '../support/vscode/uiSession.ts';
import { savedByHand, wireSettings } from '../support/vscode/wireSettings.ts';
import type { Workbench } from '../support/vscode/workbench.ts';
import { WireServer } from '../support/wire/wireServer.ts';

const proposal = {
	cases: [
		{
			why: 'No number.',
			name: 'no order number',
			query: 'Where is it?',
			assert: [{ type: 'icontains', value: 'order' }],
		},
		{
			why: 'Hostile.',
			name: 'an insult',
			query: 'You are useless.',
			assert: [{ type: 'not-is-refusal', value: '' }],
		},
	],
};

/** The questions around suites, as a person answers them, with a model that a local server plays. */
describe('the questions of suites', () => {
	let wire: WireServer;
	let session: UiSession;
	let workbench: Workbench;
	let file: string;

	before(async () => {
		wire = await WireServer.start();
		wire.always('models', {
			body: JSON.stringify({
				object: 'list',
				data: [
					{ id: 'chat-wire', object: 'model', shutdown_date: '2027-03-01' },
					{ id: 'chat-next', object: 'model' },
				],
			}),
		});
		const providers = [{ id: 'wire', kind: 'openai-compatible', baseUrl: wire.baseUrl }];
		session = await startUiSession({
			settings: { ...wireSettings(wire), 'promptWorkshop.providers': providers, ...savedByHand },
		});
		file = join(session.workspace, 'orders.prompttest.yaml');
		workbench = await session.openWindow();
		await workbench.openContainer('Prompt Workshop');
		await workbench.view('Suites').locator('.pane-header .title').click();
		await workbench.collapseViews('Drafts', 'Topics', 'Prompt Lab');
	});
	afterEach(function () {
		return session.photographFailure(this.currentTest);
	});
	after(async () => {
		await session.close();
		await wire.stop();
	});

	const suite = () => workbench.treeItem('Suites', 'orders');

	it('make a file of the workspace, whose prompt is chosen at the run', async () => {
		await workbench.runCommand('Prompt Workshop: New Suite');
		await workbench.quickPickChoose('File in the workspace');
		await workbench.quickStep('New Suite');
		await workbench.quickInputType('a/b');
		await workbench.quickInputMessage.getByText('This is not a name for a file').waitFor();
		await workbench.quickInputType('orders');
		await workbench.quickPickChoose('Choose at the run');
		await workbench.editor('orders.prompttest.yaml').locator('.view-line', { hasText: 'cases' }).waitFor();
		await suite().waitFor();
	});

	it('show what a model is asked to propose, and add only what is chosen', async () => {
		wire.reply('chat', wire.script.chat({ text: JSON.stringify(proposal) }));
		await workbench.contextMenu(suite(), 'Propose Cases');
		await workbench.quickPickChoose('Auspex research assistant');
		const send = workbench.notification('This is what a model is asked for').getByRole('button', { name: 'Send' });
		await send.waitFor();
		assert.equal(wire.requestsTo('chat').length, 0, 'nothing is sent before it was read');
		await workbench.page.keyboard.press('ControlOrMeta+Home');
		await workbench.page.keyboard.insertText('Only about orders. ');
		await send.click();
		await workbench.quickStep('Proposed cases');
		await workbench.quickPickRows('no order number').getByRole('checkbox').click();
		await workbench.screenshot('proposed-cases');
		await workbench.page.locator('.quick-input-widget:visible').getByRole('button', { name: 'OK' }).click();
		await until(async () => (await readFile(file, 'utf8')).includes('no order number'), 'the case in its file');
		assert.doesNotMatch(await readFile(file, 'utf8'), /insult/);
		const [request] = wire.requestsTo('chat');
		assert.match(request?.text ?? '', /Only about orders\. /);
	});

	it('ask once for each suite and model, with the plan', async () => {
		const run = async () => {
			await workbench.contextMenu(suite(), 'Run Suite');
			await workbench.quickPickChoose('Auspex research assistant');
		};
		const asked = wire.requestsTo('chat').length;
		await run();
		await workbench.page.locator('.monaco-dialog-box', { hasText: 'Models: wire/chat-wire' }).waitFor();
		await workbench.screenshot('run-consent');
		assert.equal(wire.requestsTo('chat').length, asked);
		await workbench.answerDialog('Run');
		await workbench.notification('orders').getByRole('button', { name: 'Show' }).waitFor();
		assert.ok(wire.requestsTo('chat').length > asked);
	});

	it('delete a run only after an answer', async () => {
		await suite().locator('.monaco-tl-twistie').click();
		const runs = workbench.treeItems('Suites').filter({ hasText: 'complete' });
		await runs.first().waitFor();
		await workbench.contextMenu(runs.first(), 'Delete Run');
		await workbench.answerDialog('Cancel');
		await workbench.contextMenu(runs.first(), 'Delete Run');
		await workbench.answerDialog('Delete');
		await runs.first().waitFor({ state: 'detached' });
	});

	it('lead to an A/B test in three choices, and say what it found', async () => {
		await workbench.runCommand('Notifications: Clear All Notifications');
		await workbench.contextMenu(suite(), 'Run A/B Test');
		await workbench.quickPickChoose('Two thinking levels');
		await workbench.quickPickChoose('Auspex research assistant');
		await workbench.quickPickRows('off').waitFor();
		await workbench.screenshot('ab-choice');
		await workbench.quickPickChoose('off');
		await workbench.quickPickRows('off').waitFor({ state: 'detached' });
		await workbench.quickPickChoose('low');
		await workbench.page.locator('.monaco-dialog-box', { hasText: 'as soon as' }).waitFor();
		await workbench.screenshot('ab-plan');
		await workbench.answerDialog('Run');
		await workbench.notification('(B) against').waitFor();
		await workbench.screenshot('ab-found');
	});

	it('compare an old with a new model over all cases, with the date on which the old one shuts down', async () => {
		await workbench.runCommand('Notifications: Clear All Notifications');
		await workbench.contextMenu(suite(), 'Run A/B Test');
		await workbench.quickPickChoose('An old and a new model');
		await workbench.quickPickChoose('Auspex research assistant');
		await workbench.quickPickRows('chat-wire').filter({ hasText: 'shuts down on 2027-03-01' }).waitFor();
		await workbench.screenshot('migration');
		await workbench.quickPickChoose('chat-wire');
		await workbench.quickPickRows('chat-wire').waitFor({ state: 'detached' });
		await workbench.quickPickChoose('chat-wire');
		await workbench.notification('A and B are both wire/chat-wire. Choose two different models').waitFor();
		await workbench.contextMenu(suite(), 'Run A/B Test');
		await workbench.quickPickChoose('An old and a new model');
		await workbench.quickPickChoose('Auspex research assistant');
		await workbench.quickPickChoose('chat-wire');
		await workbench.quickPickRows('chat-wire').waitFor({ state: 'detached' });
		await workbench.quickPickChoose('chat-next');
		await workbench.page.locator('.monaco-dialog-box', { hasText: 'chat-next' }).waitFor();
		assert.equal(await workbench.page.locator('.monaco-dialog-box', { hasText: 'as soon as' }).count(), 0);
		await workbench.answerDialog('Run');
		await workbench.notification('(B) against').waitFor();
	});
});
