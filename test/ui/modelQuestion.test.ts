import assert from 'node:assert/strict';
import { startDrivenSession, type DrivenSession } from '../support/vscode/drivenSession.ts';
import type { Workbench } from '../support/vscode/workbench.ts';

const text = 'You answer questions about electricity storage and cite the article of every claim. '.repeat(2);
const sample = 'Sample: storage briefing';
const cancelled = [{ type: 'done', stopReason: 'cancelled' }];

/** The list of models that opens where none is chosen: what ends it, and what Enter leads to. */
describe('the question for a model', () => {
	let driven: DrivenSession;
	let workbench: Workbench;
	let draftId: number;

	before(async () => {
		driven = await startDrivenSession();
		workbench = await driven.session.openWindow();
		await workbench.openContainer('Prompt Workshop');
		const model = 'offline/guide';
		const started = await driven.driver.api('startWorkshop', { draftName: 'Asked', startingPrompt: text, model });
		({ draftId } = started as { draftId: number });
		// The draft forgets the model of its chat, and no other is chosen.
		await driven.run('chooseModel', 'chat', model);
		await driven.driver.configure('promptWorkshop.chatModel', undefined);
	});
	afterEach(function () {
		return driven.session.photographFailure(this.currentTest);
	});
	after(() => driven.close());

	const closed = () => workbench.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
	const focusedRow = (label: string) =>
		workbench.page.locator('.quick-input-widget:visible .monaco-list-row.focused .label-name', { hasText: label });
	const models = (...ids: string[]) => JSON.stringify({ object: 'list', data: ids.map((id) => ({ id })) });

	/** Calls a member of the API, waits for the list, and ends the call's signal. */
	async function aborted(member: string, ...parameters: unknown[]): Promise<unknown> {
		const answer = driven.driver.abortable(member, ...parameters);
		await workbench.quickStep('Choose a model');
		await driven.driver.abort();
		await closed();
		return answer;
	}

	it('is closed by the signal of the program that waits for it, whose call ends as cancelled', async () => {
		// The list of the server never comes: the question ends while it is still asked for.
		driven.wire.always('models', { holdHeaders: 'never' });
		for (const [member, ...parameters] of [
			['testDraft', draftId, { testQuery: 'What is stored where?', topic: 'General' }],
			['regenerate', { messages: [{ role: 'user', content: 'Hi' }], systemPrompt: 's' }],
			['continueConversation', { messages: [{ role: 'user', content: 'Hi' }], systemPrompt: 's' }],
		] as const) {
			assert.deepEqual(await aborted(member, ...parameters), cancelled, member);
		}
		const started = (await aborted('startWorkshop', { draftName: 'Not answered' })) as {
			draftId: number;
			initialMessage: string;
			error?: { code: string };
		};
		assert.deepEqual([started.initialMessage, started.error?.code], ['', 'cancelled']);
		assert.deepEqual(await aborted('sendMessage', started.draftId, 'Hello', {}), cancelled);
		const clone = (await aborted('clonePrompt', 'auspex_default', {})) as { draftId: number };
		assert.ok(clone.draftId > started.draftId);
		assert.deepEqual(await driven.driver.api('listTestResults', draftId), {
			draftId,
			testResults: [],
			totalTests: 0,
		});
		assert.deepEqual(driven.wire.requestsTo('chat'), []);
		assert.ok(
			driven.wire.requestsTo('models').every(({ leftAt }) => leftAt !== undefined),
			'a closed list asks no server any more',
		);
	});

	it('stays open for the others who wait for it', async () => {
		const clone = driven.driver.api('clonePrompt', 'auspex_default', {});
		await workbench.quickStep('Choose a model');
		const test = driven.driver.abortable('testDraft', draftId, { testQuery: 'What is stored?', topic: 'General' });
		await driven.driver.abort();
		assert.deepEqual(await test, cancelled);
		await workbench.quickStep('Choose a model');
		await workbench.page.keyboard.press('Escape');
		await closed();
		await clone;
	});

	it('has something preselected that works: the guide, then the first model that is listed', async () => {
		driven.wire.always('models', { holdHeaders: 'list', body: models('first-wire', 'second-wire') });
		const test = { testQuery: 'What is stored where?', topic: 'General' };
		const left = assert.rejects(driven.driver.api('testDraft', draftId, test), /No model was chosen/);
		await focusedRow('Built-in guide').waitFor();
		driven.wire.release('list');
		await focusedRow('first-wire').waitFor();
		await workbench.page.keyboard.press('Escape');
		await closed();
		await left;
		driven.wire.reply('models', { status: 500, body: '{}' });
		const guided = driven.driver.api('testDraft', draftId, test);
		await focusedRow('Built-in guide').waitFor();
		await workbench.page.keyboard.press('Enter');
		const parts = (await guided) as { type: string; result?: { model: string } }[];
		assert.equal(parts.find(({ type }) => type === 'result')?.result?.model, 'offline/guide');
	});

	it('is not asked in the sample workshop: it goes on with the guide, after a reload too', async () => {
		for (const key of ['promptWorkshop.chatModel', 'promptWorkshop.testModel']) {
			await driven.driver.configure(key, undefined);
		}
		await driven.run('startSampleWorkshop');
		const tab = `Workshop: ${sample}`;
		for (const [answers, message] of [
			[2, 'Utility planners'],
			[3, 'Write it now'],
		] as const) {
			const panel = await workbench.webviewFrame(tab);
			await panel.getByRole('textbox', { name: 'Message' }).fill(message);
			await panel.getByRole('button', { name: 'Send', exact: true }).click();
			await panel
				.locator('.message-assistant')
				.nth(answers - 1)
				.waitFor();
			await panel.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
			assert.equal(await panel.locator('.note-error').count(), 0);
			assert.equal(await workbench.quickInput.isVisible(), false);
			if (answers === 2) {
				await workbench.reloadWorkshop(sample);
			}
		}
		assert.deepEqual(driven.wire.requestsTo('chat'), []);
	});
});
