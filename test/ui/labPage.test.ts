import assert from 'node:assert/strict';
import type { RunPart } from '../../src/providers/provider.ts';
import { until } from '../support/eventually.ts';
import { bundledFixture, chat, column, labPages, slowly } from '../support/webview/labPages.ts';
import { photograph } from '../support/webview/photograph.ts';
import { aborted, answer, conversationFixture, scriptedModels } from '../unit/lab/support.ts';

describe('the page of the Prompt Lab', () => {
	const open = labPages();

	it('edits the three texts apart, shows what they make together, and resets each', async () => {
		const { page, session } = await open({
			fixture: conversationFixture(chat),
			models: scriptedModels(() => answer('x')),
		});
		await page.getByRole('textbox', { name: 'Base prompt' }).fill('New base.');
		await page.getByText('● modified').waitFor();
		await page.getByRole('button', { name: /^Context/ }).click();
		await page.getByRole('textbox', { name: 'Context' }).fill('New context.');
		await page.getByRole('button', { name: 'Show assembled prompt' }).click();
		const edited = 'New base.\n\nInstructions.\n\nNew context.';
		assert.equal(await page.locator('.assembled').innerText(), edited);
		await until(() => session.prompt(0) === edited, 'the edits to reach the host');
		await page.getByRole('button', { name: 'Reset' }).first().click();
		await page.waitForFunction(() => document.querySelectorAll('.modified').length === 1);
		assert.equal(await page.getByRole('textbox', { name: 'Base prompt' }).inputValue(), 'Base.');
		const reset = 'Base.\n\nInstructions.\n\nNew context.';
		assert.equal(await page.locator('.assembled').innerText(), reset);
		await until(() => session.prompt(0) === reset, 'the reset to reach the host');
	});

	it('starts with the prompt on the screen, also right after the last keystroke', async () => {
		const models = scriptedModels(() => answer('x'));
		const { page } = await open({ fixture: conversationFixture(chat), models });
		await page.getByRole('textbox', { name: 'Base prompt' }).pressSequentially('!');
		await column(page, 0).getByRole('button', { name: 'Regenerate' }).click();
		await column(page, 0).getByText('new 1 of 1').waitFor();
		assert.match(models.requests[0]?.system ?? '', /^Base\.!|^!Base\./);
		await column(page, 0).getByText('prompt 1').waitFor();
		await page.getByRole('textbox', { name: 'Base prompt' }).fill('Another.');
		await column(page, 0).getByRole('button', { name: 'Regenerate' }).click();
		await column(page, 0).getByText('prompt 2').waitFor();
	});

	it('dims what a chosen turn replaces; thinking stands above its answer, folds when it is done, and does not move', async () => {
		const { page } = await open({
			fixture: conversationFixture(chat),
			models: scriptedModels((request) => slowly(request, 60, 4)),
		});
		const first = column(page, 0);
		await first.getByRole('button', { name: 'Replace this turn, turn 2' }).click();
		await first.locator('.message.dimmed').first().waitFor();
		assert.equal(await first.locator('.message.dimmed').count(), 2);
		await first.getByRole('button', { name: 'Regenerate' }).click();
		const step = first.locator('.step');
		await step.locator('.thinking-live').waitFor();
		await step.locator('.answer').waitFor();
		const top = (selector: string) =>
			page.evaluate((name) => {
				const element = document.querySelector(`.step ${name}`);
				const body = document.querySelector('.column-body');
				return element && body ? element.getBoundingClientRect().top + body.scrollTop : 0;
			}, selector);
		const during = await top('.thinking .block-summary');
		assert.ok(during < (await top('.answer')));
		await step.getByText('900 tokens in').waitFor();
		assert.equal(await step.locator('.thinking-body').count(), 0);
		assert.equal(await top('.thinking .block-summary'), during);
		await first
			.getByRole('button', { name: /^Thinking/ })
			.last()
			.click();
		await step.locator('.thinking-body').getByText('thinking59').waitFor();
	});

	it('keeps the other columns running when one fails; its error can be hidden, and its regeneration dismissed and put back', async () => {
		let release = () => undefined as void;
		const held = new Promise<void>((resolve) => (release = resolve));
		const models = scriptedModels(async function* (request, call): AsyncGenerator<RunPart> {
			if (call === 2 || call === 4) {
				yield { type: 'text', id: 'a', text: 'before the error ' };
				yield {
					type: 'error',
					code: 'overloaded',
					message: 'test is overloaded. Try again later',
					retryable: true,
				};
				yield { type: 'done', stopReason: 'error' };
				return;
			}
			yield { type: 'text', id: 'a', text: 'first half ' };
			await Promise.race([held, aborted(request.signal)]);
			yield* answer('and second half');
		});
		const { page, session, dismissed } = await open({ fixture: conversationFixture(chat, chat, chat), models });
		await page.getByRole('button', { name: 'Regenerate all 3' }).click();
		const failed = column(page, 1);
		await failed.getByRole('alert').getByText('test is overloaded').waitFor();
		await page.locator('.batch').getByText('2 running · 1 failed').waitFor();
		await page.locator('.batch li').getByText('One · c1').waitFor();
		assert.equal(await page.getByText('first half').count(), 2);
		const alert = failed.getByRole('alert');
		const hide = async () => {
			await alert.getByRole('button', { name: 'Dismiss' }).click();
			await alert.waitFor({ state: 'detached' });
			await failed.getByText('before the error').waitFor();
			assert.equal(session.state.takes.length, 3, 'hiding an error takes nothing away');
		};
		await hide();
		await failed.getByRole('button', { name: 'Retry' }).click();
		await alert.getByText('test is overloaded').waitFor();
		await hide();
		await failed.getByRole('button', { name: 'Retry' }).click();
		await failed.getByText('first half').waitFor();
		await failed.locator('.take-bar').getByRole('button', { name: 'Dismiss' }).click();
		await failed.getByText('first half').waitFor({ state: 'detached' });
		release();
		await page.getByText('and second half').nth(1).waitFor();
		assert.equal(session.state.takes.length, 2);
		dismissed[0]?.();
		await failed.getByText('first half').waitFor();
		await failed.getByText('Stopped. The partial answer is kept.').waitFor();
		assert.deepEqual(
			session.state.takes.map(({ column: key }) => key),
			['0/0', '0/1', '0/2'],
		);
	});

	it('stops one column and all columns; what arrived stays', async () => {
		const { page, session } = await open({
			fixture: conversationFixture(chat, chat),
			models: scriptedModels((request) => slowly(request, 5000, 5)),
		});
		await page.getByRole('button', { name: 'Regenerate all 2' }).click();
		await page.getByText('thinking3').nth(1).waitFor();
		await column(page, 0).getByRole('button', { name: 'Stop' }).click();
		await column(page, 0).getByText('Stopped. The partial answer is kept.').waitFor();
		assert.equal(session.isRunning, true);
		await page.getByRole('button', { name: 'Stop all' }).click();
		await column(page, 1).getByText('Stopped. The partial answer is kept.').waitFor();
		assert.equal(session.isRunning, false);
		await page.getByRole('button', { name: 'Regenerate all 2' }).waitFor();
	});

	it('continues with a follow-up, and keeps it in the box when that fails', async () => {
		const models = scriptedModels((_request, call) => answer(`answer ${call}`));
		const { page, session } = await open({ fixture: conversationFixture(chat), models });
		const first = column(page, 0);
		await first.getByRole('textbox').fill('And for recorded?');
		await first.getByRole('button', { name: 'Continue' }).click();
		await first.getByText('answer 1').waitFor();
		assert.equal(await first.getByRole('textbox').inputValue(), '');
		session.dismiss('take-1');
		await first.getByText('answer 1').waitFor({ state: 'detached' });
		await first.getByRole('button', { name: 'Regenerate' }).click();
		await first.getByText('answer 2').waitFor();
		await first.getByRole('textbox').fill('Go on');
		await first.getByRole('textbox').press('Control+Enter');
		await first.getByText('answer 3').waitFor();
		await first.locator('.said', { hasText: 'Go on' }).waitFor();
		await first.getByRole('button', { name: 'Regenerate' }).click();
		await first.getByText('new 2 of 2').waitFor();
		await first.getByRole('button', { name: 'Previous regeneration' }).click();
		await first.getByText('answer 3').waitFor();
	});

	it('shows the recorded answer and every regeneration side by side, with marks and with thinking', async () => {
		const models = scriptedModels((_request, call) => [
			{ type: 'thinking', id: 't', text: `thought ${call}`, at: 100 },
			{ type: 'text', id: 'a', text: `Of chance ${call === 1 ? 'never' : 'not'} alone.`, at: call * 1000 + 100 },
			{ type: 'usage', inputTokens: 10, outputTokens: 5, thinkingTokens: call * 111 },
			{ type: 'done', stopReason: 'stop' },
		]);
		const { page } = await open({ fixture: conversationFixture(chat), models });
		for (const count of [1, 2]) {
			await column(page, 0).getByRole('button', { name: 'Regenerate' }).click();
			await column(page, 0).getByText(`new ${count} of ${count}`).waitFor();
		}
		await page.getByRole('button', { name: 'Compare' }).click();
		for (const [index, word] of ['never', 'not'].entries()) {
			await page.locator('.compare ins').nth(index).getByText(word).waitFor();
		}
		assert.equal(await page.locator('.compare-head').count(), 3);
		const differences = await page.locator('.compared').nth(2).locator('.figures .difference').allTextContents();
		// How long the two took may differ too.
		assert.deepEqual(
			differences.filter((difference) => !difference.endsWith(' s')),
			['+4'],
		);
		await photograph(page, 'lab-compare');
		await page.getByRole('checkbox').uncheck();
		await page.locator('.compare ins').first().waitFor({ state: 'detached' });
		await page.getByRole('button', { name: 'Thinking', exact: true }).click();
		const facts = [/Thinking: \d+\.\d s, 111 tokens/, /Thinking: \d+\.\d s, 222 tokens/];
		for (const shown of ['thought 1', 'thought 2', 'No thinking was returned.', ...facts]) {
			await page.locator('.compare').getByText(shown).waitFor();
		}
		await page.getByRole('button', { name: 'Back to all conversations' }).click();
		await column(page, 0).getByText('new 2 of 2').waitFor();
	});

	it('begins a comparison at its top, and goes back to where the conversations were left', async () => {
		const { page } = await open({
			fixture: conversationFixture(chat),
			models: scriptedModels(() => answer('A new answer.')),
			height: 420,
		});
		await column(page, 0).scrollIntoViewIfNeeded();
		await column(page, 0).getByRole('button', { name: 'Regenerate' }).click();
		await page.getByText('new 1 of 1').waitFor();
		const top = () => page.locator('.lab').evaluate((main) => main.scrollTop);
		const left = await top();
		assert.ok(left > 0);
		// Without the scrolling that goes before a click.
		await column(page, 0).getByRole('button', { name: 'Compare' }).dispatchEvent('click');
		await page.getByRole('heading', { name: 'Recorded' }).waitFor();
		assert.equal(await top(), 0);
		await page.getByRole('button', { name: 'Back to all conversations' }).click();
		await page.waitForFunction((place) => document.querySelector('.lab')?.scrollTop === place, left);
	});

	it('shows the beginning of long thinking side by side, and says so', async () => {
		const { page } = await open({
			fixture: conversationFixture(chat),
			models: scriptedModels(() => answer('x', 'word '.repeat(200_000))),
		});
		await column(page, 0).getByRole('button', { name: 'Regenerate' }).click();
		await column(page, 0).getByText('new 1 of 1').waitFor();
		await page.getByRole('button', { name: 'Compare' }).click();
		await page.getByRole('button', { name: 'Thinking', exact: true }).click();
		await page.getByRole('button', { name: 'Source' }).click();
		await page.getByText('Only the first 100,000 of 1,000,000 characters are shown here.').waitFor();
		assert.equal((await page.locator('.compared-source').textContent())?.length, 100_000);
	});

	it('shows a text as it was typed, also while it goes to the host', async () => {
		const { page } = await open({
			fixture: await bundledFixture('statistics-tutor'),
			models: scriptedModels(() => answer('x')),
			feedInterval: 300,
		});
		const field = page.getByRole('textbox', { name: 'Base prompt' });
		await field.fill('Typed.');
		await field.evaluate((node: HTMLTextAreaElement) => {
			const shown: string[] = [];
			Object.assign(window, { shown });
			const look = () => {
				shown.push(node.value);
				requestAnimationFrame(look);
			};
			look();
		});
		// What is typed is kept until the host has it.
		const kept = (text: string) =>
			page.waitForFunction((part) => sessionStorage.getItem('state')?.includes(part), text);
		await kept('"typed":{"base');
		await kept('"typed":{}');
		const shown = await page.evaluate(() => (window as unknown as { shown: string[] }).shown);
		assert.deepEqual([...new Set(shown)], ['Typed.']);
	});

	it('keeps the prompt to 40 % of the height above answers; a splitter moves that, and stays where it was put', async () => {
		const fixture = await bundledFixture('statistics-tutor');
		const { page } = await open({ fixture, models: scriptedModels(() => answer('x')) });
		const share = () =>
			page.evaluate(() => {
				const height = (selector: string) => document.querySelector<HTMLElement>(selector)?.offsetHeight ?? 0;
				return Math.round((100 * height('.base-pane')) / height('.lab-room'));
			});
		const waitForShare = (wanted: number) =>
			page.waitForFunction((now) => {
				const splitter = document.querySelector('pw-splitter');
				return splitter?.getAttribute('aria-valuenow') === String(now);
			}, wanted);
		const field = page.getByRole('textbox', { name: 'Base prompt' });
		await field.fill('One line.');
		assert.ok((await share()) < 25, 'a short prompt takes what it needs');
		await field.fill('A line.\n'.repeat(200));
		await waitForShare(40);
		assert.equal(await share(), 40);
		assert.ok(await field.evaluate((node) => node.scrollHeight > node.clientHeight), 'the field itself scrolls');
		const splitter = page.getByRole('separator', { name: 'Height of the prompt fields' });
		await splitter.focus();
		for (const [key, wanted] of [
			['ArrowDown', 42],
			['ArrowUp', 40],
			['End', 80],
			['Home', 10],
			['Enter', 40],
		] as const) {
			await page.keyboard.press(key);
			await waitForShare(wanted);
			assert.equal(await share(), wanted, key);
		}
		const box = await splitter.boundingBox();
		const room = await page.locator('.lab-room').boundingBox();
		assert.ok(box && room);
		await page.mouse.move(box.x + 100, box.y + box.height / 2);
		await page.mouse.down();
		await page.mouse.move(box.x + 100, box.y + box.height / 2 - 0.2 * room.height, { steps: 4 });
		await page.mouse.up();
		await waitForShare(20);
		await page.waitForFunction(() => (sessionStorage.getItem('state') ?? '').includes('"shares":{"base"'));
		await page.reload();
		await waitForShare(20);
		await splitter.dblclick();
		await waitForShare(40);
		await page.getByRole('button', { name: /^Base prompt/ }).click();
		await splitter.waitFor({ state: 'detached' });
		assert.ok((await share()) < 8, 'folded, it is one line');
	});

	it('limits the prompt fields of a section, too', async () => {
		const fixture = await bundledFixture('statistics-tutor');
		const { page } = await open({ fixture, models: scriptedModels(() => answer('x')) });
		await page.getByRole('button', { name: 'Show assembled prompt' }).first().click();
		const parts = ['.section-prompts', '.lab'].map((selector) => page.locator(selector).first());
		await page.getByRole('textbox', { name: 'Base prompt' }).fill('A line.\n'.repeat(200));
		await page.getByRole('separator').nth(1).waitFor();
		const [part = 0, main = 0] = await Promise.all(parts.map((one) => one.evaluate((node) => node.clientHeight)));
		assert.ok(part / main > 0.35 && part / main < 0.41, `${part} of ${main} pixels`);
	});

	it('tells calls and cost of a matrix before it starts, streams its cells, and opens one', async () => {
		const table = '\n\n| a | b |\n|---|---|\n| 1 | 2 |';
		const models = scriptedModels((request) =>
			answer(`${request.system.length} characters, ${request.thinking}${table}`),
		);
		const { page, choices } = await open({ fixture: conversationFixture(chat, chat), models });
		await page.getByRole('tab', { name: 'Matrix' }).click();
		await page.getByText('4 calls, about').waitFor();
		assert.equal(await page.getByRole('combobox').count(), 0, 'choices that the matrix does not heed');
		await page.getByText('open the Drafts view of Prompt Workshop').waitFor();
		choices.push({ id: 'draft:1', label: 'My draft', detail: 'draft' });
		await page.getByRole('button', { name: 'Check again' }).click();
		await page.getByRole('checkbox', { name: 'My draft' }).waitFor();
		assert.equal(await page.getByRole('button', { name: 'Check again' }).count(), 0);
		await page.getByRole('button', { name: 'None' }).click();
		await page.getByText('0 calls, about').waitFor();
		assert.ok((await page.getByRole('button', { name: 'Run 0 calls' }).getAttribute('disabled')) !== null);
		await page.getByRole('button', { name: 'All', exact: true }).click();
		await page.getByText('4 calls, about').waitFor();
		await page.getByRole('checkbox', { name: 'high' }).check();
		await page.getByRole('radio', { name: 'every assistant turn' }).check();
		await page.getByText('16 calls, about').waitFor();
		await page.getByText('about $').waitFor();
		assert.equal(models.requests.length, 0);
		await photograph(page, 'lab-matrix-form');
		await page.getByRole('button', { name: 'Run 16 calls' }).click();
		await page.getByText('16 of 16 complete').waitFor();
		assert.equal(await page.locator('table.matrix .cell-complete').count(), 16);
		await page.locator('.cell-complete .block-summary').first().click();
		// The table of an answer is none of the matrix.
		const heading = page.locator('.cell-complete pw-turn th').first();
		await heading.waitFor();
		assert.equal(await heading.evaluate((element) => getComputedStyle(element).position), 'static');
		assert.equal((await page.locator('.preview').first().textContent())?.trim(), 'It is a chance.');
		const closed = page.locator('.cell-complete .preview').first();
		await closed.locator('td', { hasText: '2' }).waitFor();
		assert.ok(!(await closed.innerText()).includes('|'), 'a preview is rendered');
		const cells = page.locator('tr:nth-child(1) td');
		const differences = await cells.evaluateAll((all) =>
			all.map((cell) => [...cell.querySelectorAll('.difference')].map(({ textContent }) => textContent)),
		);
		assert.equal(differences[0]?.length, 0, 'the recorded answer is what the others are compared with');
		assert.match(differences[1]?.[0] ?? '', /^\+\d+$/);
		await photograph(page, 'lab-matrix');
		await page.getByRole('button', { name: 'New matrix' }).click();
		await page.getByText('4 calls, about').waitFor();
	});

	it('scores an assessment beside the expected scores', async () => {
		const models = scriptedModels((_request, call) => answer(`{"rationale":"reason ${call}","score":"3"}`));
		const { page } = await open({ fixture: await bundledFixture('answer-quality'), models });
		await page.getByRole('button', { name: /^Score all/ }).click();
		await page.getByText('reason 1', { exact: true }).waitFor();
		await page.getByText(/as expected/).waitFor();
		await photograph(page, 'lab-assessment');
	});
});
