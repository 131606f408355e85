import assert from 'node:assert/strict';
import { AppError } from '../../src/common/errors.ts';
import { foldParts } from '../../src/common/foldParts.ts';
import { emptyTurn } from '../../src/common/turn.ts';
import { eventually } from '../support/eventually.ts';
import { inputMethod } from '../support/webview/inputMethod.ts';
import { scrollSettled } from '../support/webview/scrollSettled.ts';
import { assistantMessage, draftFixture, runFixture, userMessage } from '../support/webview/workshopFixtures.ts';
import type { WorkshopHost } from '../support/webview/workshopHost.ts';
import { workshopPages } from '../support/webview/workshopPages.ts';

const question = userMessage(1, 'I want a prompt.');
const streaming = assistantMessage(2, emptyTurn, { status: 'streaming' });

describe('the chat of the Workshop panel', () => {
	const open = workshopPages();
	let host: WorkshopHost;

	const answer = () => host.page.locator('.message[data-id="2"]');
	const box = () => host.page.getByRole('textbox', { name: 'Message' });

	it('shows thinking open above the answer while it streams, then collapsed, and opens it again on request', async () => {
		host = await open({ messages: [question, streaming], runs: [runFixture({ elapsed: 3000 })] });
		await answer().getByText('Waiting for the first token · 3 s').waitFor();
		host.stream('2', { type: 'thinking', id: 't', text: 'Who will **read** it?', at: 1000 });
		const thinking = answer().locator('.thinking');
		await thinking.locator('strong', { hasText: 'read' }).waitFor();
		const toggle = thinking.getByRole('button');
		assert.equal(await toggle.getAttribute('aria-expanded'), 'true');
		const before = await toggle.boundingBox();
		host.stream('2', { type: 'text', id: 'a', text: 'Tell me ', at: 4500 });
		await answer().getByText('Tell me').waitFor();
		assert.equal(await toggle.getAttribute('aria-expanded'), 'false');
		assert.match(await toggle.innerText(), /Thinking · 3\.5 s/);
		const after = await toggle.boundingBox();
		assert.deepEqual({ x: after?.x, y: after?.y }, { x: before?.x, y: before?.y }, 'the heading stays where it is');
		await toggle.click();
		await thinking.locator('strong', { hasText: 'read' }).waitFor();
		host.stream('2', { type: 'text', id: 'a', text: 'more.' }, { type: 'done', stopReason: 'stop' });
		await answer().getByText('Tell me more.').waitFor();
		assert.equal(await toggle.getAttribute('aria-expanded'), 'true', 'what the reader opened stays open');
	});

	it('leads from the prompt to the draft and to its first test, each with one click', async () => {
		const said = {
			blocks: [{ type: 'text' as const, id: 'a', text: 'Here is the prompt.' }],
			stopReason: 'stop' as const,
		};
		const draft = draftFixture({ newBlock: true });
		host = await open(
			{ draft, messages: [question, assistantMessage(2, said)], latestId: null, resultCount: 0 },
			{ action: async () => null },
		);
		await host.page.getByRole('button', { name: 'Use it in the draft' }).click();
		assert.deepEqual(await host.waitForCall('action'), { action: 'extract' });
		const questions = ['What breaks from 20 to 24?', 'Which changes are urgent?'];
		host.server.send('draft', draftFixture({ blockInUse: true, questions }));
		await host.page.getByRole('button', { name: 'Test it' }).click();
		const field = host.page.getByRole('textbox', { name: 'Test question' });
		assert.equal(await field.inputValue(), questions[0]);
		await host.page.getByRole('button', { name: 'Which changes are urgent?' }).click();
		await eventually(async () => {
			assert.equal(await field.inputValue(), questions[1]);
			assert.equal(await host.page.evaluate(() => document.activeElement?.className), 'button run');
		});
	});

	it('says of thinking that the provider hides that it is hidden, and offers nothing to open', async () => {
		host = await open({ messages: [question, streaming], runs: [runFixture({ elapsed: 3000 })] });
		host.stream('2', { type: 'thinking', id: 't', text: '', at: 1000 });
		const hidden = answer().locator('.thinking');
		await hidden.getByText('Thinking (hidden by the provider)').waitFor();
		host.stream('2', { type: 'text', id: 'a', text: 'Yes.', at: 4500 }, { type: 'done', stopReason: 'stop' });
		await answer().getByText('Yes.').waitFor();
		assert.match(await hidden.innerText(), /^Thinking \(hidden by the provider\) · 3\.5 s$/);
		assert.equal(await hidden.getByRole('button').count(), 0);
	});

	it('moves text that turns out to be thinking out of the answer, and shows the same after a reload', async () => {
		host = await open({ messages: [question, streaming], runs: [runFixture({ elapsed: 3000 })] });
		host.stream('2', { type: 'text', id: 'a', text: 'Who will **read** it?', at: 1000 });
		await answer().locator('.answer strong', { hasText: 'read' }).waitFor();
		host.stream('2', { type: 'reclassify', id: 'a', as: 'thinking', at: 4500 });
		const thinking = answer().locator('.thinking');
		await thinking.locator('strong', { hasText: 'read' }).waitFor();
		assert.equal(await answer().locator('.answer').count(), 0);
		host.stream('2', { type: 'text', id: 'b', text: 'Tell me ', at: 5000 });
		const toggle = thinking.getByRole('button', { name: 'Thinking · 3.5 s', expanded: false });
		const shows = async (text: string) => {
			await answer().locator('.answer').getByText(text).waitFor();
			await toggle.waitFor();
			assert.equal((await answer().locator('.answer').innerText()).trim(), text);
		};
		await shows('Tell me');
		await host.page.reload();
		await shows('Tell me');
		host.stream('2', { type: 'text', id: 'b', text: 'more.' }, { type: 'done', stopReason: 'stop' });
		await shows('Tell me more.');
		await host.page.getByText('The answer is complete: 13 characters').waitFor({ state: 'attached' });
		await toggle.click();
		await thinking.locator('strong', { hasText: 'read' }).waitFor();
	});

	it('does not rebuild the answer when it is stored', async () => {
		host = await open({ messages: [question, streaming], runs: [runFixture({ elapsed: 3000 })] });
		const parts = [
			{ type: 'text' as const, id: 'a', text: 'One\n\nTwo\n\n```md\n# Role\n```\n' },
			{ type: 'done' as const, stopReason: 'stop' as const },
		];
		host.stream('2', ...parts);
		await answer().locator('.code-block').waitFor();
		const first = await answer().locator('p').first().elementHandle();
		host.server.send('messages', { changed: [assistantMessage(2, foldParts(parts))], removed: [] });
		await answer().getByRole('button', { name: 'Show request' }).waitFor({ state: 'attached' });
		assert.equal(await first?.evaluate((node) => node.isConnected), true);
	});

	it('has neither gap nor duplicate when events are lost, and when the page is reloaded in mid-stream [fault 7]', async () => {
		host = await open({ messages: [question, streaming], runs: [runFixture({ elapsed: 3000 })] });
		host.stream('2', { type: 'text', id: 'a', text: 'one two ' });
		await answer().getByText('one two').waitFor();
		host.deaf = true;
		host.stream('2', { type: 'text', id: 'a', text: 'three ' });
		host.stream('2', { type: 'text', id: 'a', text: 'four ' });
		host.deaf = false;
		host.stream('2', { type: 'text', id: 'a', text: 'five ' });
		await answer().getByText('one two three four five').waitFor();
		await box().fill('half a sentence');
		await host.page.reload();
		await answer().getByText('one two three four five').waitFor();
		assert.equal(await box().inputValue(), 'half a sentence');
		host.stream('2', { type: 'text', id: 'a', text: 'six.' }, { type: 'done', stopReason: 'stop' });
		await answer().getByText('one two three four five six.').waitFor();
		assert.equal((await answer().locator('.answer').innerText()).trim(), 'one two three four five six.');
	});

	it('sends with Ctrl+Enter and keeps the text until the host has stored it', async () => {
		let refuse = true;
		host = await open(
			{ messages: [question] },
			{
				send: async () => {
					if (refuse) {
						throw new AppError(
							'auth',
							'api.example.com rejected the key (401). Set another key, then send again.',
							{
								info: { detail: 'invalid_api_key' },
							},
						);
					}
					return null;
				},
			},
		);
		assert.equal(await host.page.locator('.send').getAttribute('disabled'), '');
		await box().fill('Make it shorter');
		await box().press('Enter');
		assert.equal(host.calls.filter(({ method }) => method === 'send').length, 0, 'Enter alone makes a new line');
		await box().press('Control+Enter');
		const error = host.page.getByRole('alert');
		await error.getByText('rejected the key').waitFor();
		assert.equal(await box().inputValue(), 'Make it shorter\n');
		await error.getByText('Details').click();
		await error.getByText('invalid_api_key').waitFor();
		await error.getByRole('button', { name: 'Dismiss' }).click();
		await error.waitFor({ state: 'detached' });
		await box().press('Control+Enter');
		await error.getByText('rejected the key').waitFor();
		refuse = false;
		await error.getByRole('button', { name: 'Retry' }).click();
		await host.page.waitForFunction(() => document.querySelector('textarea')?.value === '');
		await error.waitFor({ state: 'detached' });
		assert.deepEqual(host.calls.findLast(({ method }) => method === 'send')?.params, { text: 'Make it shorter\n' });
	});

	it('sends what was typed even if the key comes before the page was drawn', async () => {
		host = await open({ messages: [question] });
		await box().evaluate((node) => {
			if (node instanceof HTMLTextAreaElement) {
				node.value = 'Typed fast';
				node.dispatchEvent(new InputEvent('input', { bubbles: true }));
				node.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true }));
			}
		});
		assert.deepEqual(await host.waitForCall('send'), { text: 'Typed fast' });
	});

	it('offers next steps under the last message while nothing runs, and sends the one that is pressed', async () => {
		const asked = assistantMessage(2, foldParts([{ type: 'text', id: 'a', text: 'Who reads it?' }]));
		const draft = draftFixture({ nextSteps: ['Skip', 'Write it now'] });
		host = await open({ messages: [question, asked], draft });
		const steps = host.page.getByRole('group', { name: 'Next steps' });
		await steps.getByRole('button', { name: 'Skip' }).waitFor();
		await steps.getByRole('button', { name: 'Write it now' }).click();
		assert.deepEqual(await host.waitForCall('send'), { text: 'Write it now' });
		await host.page.locator('.composer textarea:focus').waitFor();
		host.server.send('draft', draftFixture());
		await steps.waitFor({ state: 'detached' });
		host.server.send('draft', draft);
		await steps.waitFor();
		host.server.send('runStarted', runFixture({ elapsed: 3000 }));
		await steps.waitFor({ state: 'detached' });
	});

	it('leaves Enter and Escape to an input method while it composes', async () => {
		host = await open({ messages: [question, streaming], runs: [runFixture({ elapsed: 3000 })] });
		const keys = await inputMethod(host.page);
		await box().focus();
		await keys.compose('にほ');
		await keys.press('Escape');
		await keys.press('Enter', { control: true });
		await keys.take('日本');
		assert.deepEqual(
			host.calls.filter(({ method }) => method === 'stop' || method === 'send'),
			[],
		);
		await box().press('Escape');
		assert.deepEqual(await host.waitForCall('stop'), { kind: 'chat' });
		assert.equal(await box().inputValue(), '日本');
	});

	it('stops a running answer by button and by Escape', async () => {
		host = await open({ messages: [question, streaming], runs: [runFixture({ elapsed: 3000 })] });
		await host.page.getByRole('button', { name: 'Stop' }).click();
		assert.deepEqual(await host.waitForCall('stop'), { kind: 'chat' });
		await box().press('Escape');
		await eventually(() => assert.equal(host.calls.filter(({ method }) => method === 'stop').length, 2));
		host.stream('2', { type: 'text', id: 'a', text: 'Half' }, { type: 'done', stopReason: 'cancelled' });
		await answer().getByText('Stopped. The partial answer is kept.').waitFor();
		await host.page.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
	});

	it('shows a failed answer with its partial text, Retry, details, and a way to dismiss it', async () => {
		const failed = foldParts([
			{ type: 'text', id: 'a', text: 'Half an ans' },
			{
				type: 'error',
				code: 'network',
				message: 'The connection was lost. Retry.',
				retryable: true,
				detail: 'ECONNRESET',
			},
			{ type: 'done', stopReason: 'error' },
		]);
		host = await open({ messages: [question, assistantMessage(2, failed, { status: 'failed' })] });
		await answer().getByText('Half an ans').waitFor();
		await answer().getByRole('button', { name: 'Retry' }).click();
		await host.waitForCall('retry');
		await answer().getByRole('button', { name: 'Dismiss' }).click();
		await answer().getByRole('alert').waitFor({ state: 'detached' });
		await host.page.reload();
		await answer().getByText('Half an ans').waitFor();
		assert.equal(await answer().getByRole('alert').count(), 0);
	});

	it('edits an earlier message and asks again', async () => {
		const done = foldParts([{ type: 'text', id: 'a', text: 'Answer' }]);
		host = await open({ messages: [question, assistantMessage(2, done)] });
		await host.page.getByRole('button', { name: 'Edit message' }).click();
		const editor = host.page.getByRole('textbox', { name: 'Edit message' });
		assert.equal(await editor.inputValue(), 'I want a prompt.');
		await host.page.locator('textarea:focus').waitFor();
		await host.page.keyboard.press('Escape');
		await host.page.locator('.message-action:focus').waitFor();
		await host.page.keyboard.press('Enter');
		await editor.fill('I want a better prompt.');
		await host.page.getByRole('button', { name: 'Ask again' }).click();
		assert.deepEqual(await host.waitForCall('resend'), { messageId: 1, text: 'I want a better prompt.' });
		await editor.waitFor({ state: 'detached' });
	});

	it('keeps a message that is edited in view where the conversation then no longer fits', async () => {
		const done = foldParts([{ type: 'text', id: 'a', text: 'Answer\n\n'.repeat(8) }]);
		host = await open({ messages: [question, assistantMessage(2, done)] });
		await answer().getByText('Answer').last().waitFor();
		const spare = await host.page
			.locator('.scroll')
			.evaluate((node) => node.clientHeight - (node.firstElementChild?.getBoundingClientRect().height ?? 0));
		await host.page.setViewportSize({ width: 700, height: Math.ceil(800 - spare) });
		await scrollSettled(host.page);
		await host.page.getByRole('button', { name: 'Edit message' }).click();
		await host.page.getByRole('textbox', { name: 'Edit message' }).and(host.page.locator(':focus')).waitFor();
		await scrollSettled(host.page);
		const { field, top, room } = await host.page.locator('.scroll').evaluate((node) => ({
			field: node.querySelector('textarea')?.getBoundingClientRect().top ?? 0,
			top: node.getBoundingClientRect().top,
			room: node.scrollHeight - node.clientHeight,
		}));
		assert.ok(room > 0, 'the conversation fits');
		assert.ok(field >= top, `the field begins ${top - field} px above the column`);
	});

	it('offers each code block as draft, for comparison and to copy, with its exact text', async () => {
		const text = 'Here:\n\n```md\n# Role\n\n\tYou <are> a test.\n```\n';
		host = await open({
			messages: [assistantMessage(2, foldParts([{ type: 'text', id: 'a', text }]))],
		});
		const expected = '# Role\n\n\tYou <are> a test.\n';
		await answer().getByRole('button', { name: 'Use as draft' }).click();
		assert.deepEqual(await host.waitForCall('useBlock'), { messageId: 2, text: expected });
		await answer().getByRole('button', { name: 'Compare with draft' }).click();
		assert.deepEqual(await host.waitForCall('compareBlock'), { messageId: 2, text: expected });
		await answer().getByRole('button', { name: 'Copy' }).click();
		assert.deepEqual(await host.waitForCall('copy'), { text: expected });
		await answer().getByRole('button', { name: 'Copied' }).waitFor();
	});

	it('marks the Extract button when a new block arrived', async () => {
		host = await open();
		await host.page.getByRole('button', { name: 'Extract draft', exact: true }).waitFor();
		host.server.send('draft', draftFixture({ newBlock: true }));
		await host.page.getByRole('button', { name: 'Extract draft: a new prompt arrived' }).click();
		assert.deepEqual(await host.waitForCall('action'), { action: 'extract' });
	});

	it('tells a screen reader of steps, not of tokens', async () => {
		host = await open({ messages: [question, streaming], runs: [runFixture({ elapsed: 3000 })] });
		const status = host.page.locator('[role="status"].visually-hidden');
		await host.page.evaluate(() => {
			const seen: string[] = [];
			Object.assign(window, { seen });
			new MutationObserver(() => {
				const text = document.querySelector('[role="status"].visually-hidden')?.textContent ?? '';
				if (text !== seen.at(-1)) {
					seen.push(text);
				}
			}).observe(document.body, { childList: true, subtree: true, characterData: true });
		});
		for (let index = 0; index < 20; index++) {
			host.stream('2', { type: 'thinking', id: 't', text: 'hm ' });
		}
		await answer().locator('.thinking').waitFor();
		for (let index = 0; index < 20; index++) {
			host.stream('2', { type: 'text', id: 'a', text: 'word ' });
		}
		await answer().getByText('word word').waitFor();
		host.stream('2', { type: 'done', stopReason: 'stop' });
		await status.getByText('The answer is complete: 100 characters').waitFor({ state: 'attached' });
		const seen = await host.page.evaluate(() => (window as unknown as { seen: string[] }).seen);
		assert.ok(seen.length <= 4, seen.join(' | '));
		assert.equal(await host.page.getByRole('log').getAttribute('aria-live'), 'off');
	});
});
