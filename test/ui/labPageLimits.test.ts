import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { turnText } from '../../src/common/turn.ts';
import { shownLimit, type ShownTurn } from '../../src/common/shownTurn.ts';
import { normaliseFixture } from '../../src/lab/normaliseFixture.ts';
import type { RunPart } from '../../src/providers/provider.ts';
import { until } from '../support/eventually.ts';
import { sleep } from '../support/sleep.ts';
import { axeViolations } from '../support/webview/axe.ts';
import { drawn } from '../support/webview/drawn.ts';
import { hiddenOnPage } from '../support/webview/hostileText.ts';
import { bundledFixture, chat, column, labPages, slowly } from '../support/webview/labPages.ts';
import { photograph } from '../support/webview/photograph.ts';
import { answer, assistant, conversationFixture, providedModels, scriptedModels, user } from '../unit/lab/support.ts';

describe('the page of the Prompt Lab under load, in any theme', () => {
	const open = labPages();

	it('comes back whole after a reload, and after being hidden, in the middle of ten streams [fault 7]', async () => {
		const host = await open({
			fixture: conversationFixture(...Array.from({ length: 10 }, () => chat)),
			models: scriptedModels((request) => slowly(request, 120, 8)),
		});
		const { page, session } = host;
		await page.getByRole('button', { name: 'Regenerate all 10' }).click();
		await page.getByText('thinking5').first().waitFor();
		await page.reload();
		await page.getByText('thinking20').first().waitFor();
		host.hidden = true;
		const length = () => turnText(session.state.takes[0]!.steps[0]!.turn).length;
		const before = length();
		await until(() => length() > before + 100, 'the streams to go on while the page is hidden');
		host.hidden = false;
		await page.locator('.batch').getByText('10 of 10 complete').waitFor();
		for (const index of [0, 9]) {
			const shown = column(page, index);
			await shown.scrollIntoViewIfNeeded();
			await shown.locator('.step .answer').getByText('text119').waitFor();
			const take = session.state.takes[index];
			const words = (text: string) => text.match(/text\d+/g) ?? [];
			assert.deepEqual(
				words(await shown.locator('.step .answer').innerText()),
				words(turnText(take!.steps[0]!.turn)),
			);
		}
	});

	it('keeps ten columns in their places while they stream, and completes all of them', async () => {
		const { page } = await open({
			fixture: conversationFixture(...Array.from({ length: 10 }, () => chat)),
			models: scriptedModels((request) => slowly(request, 100, 5)),
			width: 1900,
		});
		await page.getByRole('button', { name: 'Regenerate all 10' }).click();
		await page.getByText('thinking5').first().waitFor();
		const boxes = () =>
			page.locator('.column').evaluateAll((all) => all.map((one) => JSON.stringify(one.getBoundingClientRect())));
		const before = await boxes();
		await page.getByText('10 of 10 complete').waitFor();
		assert.equal(before.length, 10);
		assert.deepEqual(await boxes(), before);
	});

	it('holds the beginning of a long answer, streamed or stored, says how long it is, and opens the rest [fault 13]', async () => {
		const piece = 'word '.repeat(20_000);
		const whole = piece.repeat(30);
		const { page, session, shown } = await open({
			fixture: conversationFixture([
				user('Go'),
				assistant(whole.slice(5)),
				user(whole.slice(10)),
				assistant('Yes.'),
			]),
			models: scriptedModels(async function* (): AsyncGenerator<RunPart> {
				for (let index = 0; index < 30; index++) {
					yield { type: 'text', id: 'a', text: piece };
					await sleep(5, 'a stream, not a block');
				}
				yield { type: 'done', stopReason: 'stop' };
			}),
		});
		const message = (index: number) => column(page, 0).locator('.message').nth(index);
		const step = column(page, 0).locator('.step');
		const counted = (count: string) => `Only the first 524,288 of ${count} characters are shown here.`;
		const openRest = async (place: Locator, text: string) => {
			await place.getByRole('button', { name: 'Open in editor' }).click();
			await until(() => shown.includes(text), 'the whole text to be opened');
		};
		const held = () =>
			page
				.locator('pw-turn')
				.evaluateAll((turns: (HTMLElement & { turn: ShownTurn })[]) =>
					turns.flatMap(({ turn }) =>
						turn.blocks.map((block) => (block.type === 'tool' ? 0 : block.text.length)),
					),
				);
		await message(1).getByText(counted('2,999,995')).waitFor();
		await openRest(message(1), whole.slice(5));
		await message(2).getByText(counted('2,999,990')).waitFor();
		await openRest(message(2), whole.slice(10));
		assert.deepEqual(await held(), [shownLimit, shownLimit, 4]);
		await column(page, 0).getByRole('button', { name: 'Regenerate' }).click();
		await step.getByText(counted('3,000,000')).waitFor();
		await openRest(step, whole);
		assert.equal(turnText(session.state.takes[0]!.steps[0]!.turn), whole);
		await page.reload();
		await step.getByText(counted('3,000,000')).waitFor();
		shown.splice(0);
		await openRest(step, whole);
		assert.deepEqual(await held(), [shownLimit]);
	});

	it('asks before it sends very many requests', async () => {
		const { models, played } = providedModels(() => answer('x'));
		const { page } = await open({
			fixture: conversationFixture(...Array.from({ length: 51 }, () => chat)),
			models,
		});
		const all = page.getByRole('button', { name: 'Regenerate all 51' });
		await all.click();
		const question = page.getByRole('alertdialog', { name: 'This sends at least 51 requests' });
		await question.getByRole('button', { name: 'Dismiss' }).click();
		await question.waitFor({ state: 'detached' });
		assert.equal(played.requests.length, 0);
		await all.click();
		await question.getByRole('button', { name: 'Regenerate all 51' }).click();
		await page.getByText('51 of 51 complete').waitFor();
		assert.equal(played.most, 10);
	});

	it('shows 50 long conversations', async () => {
		const long = Array.from({ length: 20 }, (_, n) =>
			n % 2 === 0
				? user('A question. '.repeat(20))
				: assistant('An **answer** with words. '.repeat(60), 'Hm. '.repeat(40)),
		);
		const { page } = await open({
			fixture: conversationFixture(...Array.from({ length: 50 }, () => long)),
			models: scriptedModels(() => answer('x')),
		});
		await page.locator('.message pw-turn').first().waitFor();
		assert.equal(await page.locator('.column').count(), 50);
	});

	it('draws the icon of a button with its label, so that nothing moves', async () => {
		const { page } = await open({
			fixture: conversationFixture(chat),
			models: scriptedModels((request) => slowly(request, 5000, 5)),
		});
		await page.getByText('Of chance alone.').waitFor();
		// From now on a style sheet that an icon would fetch for itself does not come.
		await page.route('**/codicon.css', () => undefined);
		await column(page, 0).getByRole('button', { name: 'Regenerate' }).click();
		const icon = column(page, 0).getByRole('button', { name: 'Stop' }).locator('.codicon-debug-stop');
		await icon.waitFor();
		assert.equal(await icon.evaluate((element) => getComputedStyle(element, '::before').fontFamily), 'codicon');
		assert.equal((await icon.boundingBox())?.width, 16);
		await page.getByRole('button', { name: 'Stop all' }).click();
	});

	it('runs nothing and asks for nothing that a fixture or an answer brings [attack 5]', async () => {
		const evil =
			'<img src=x onerror="window.hit=1"><script>window.hit=1</script> ![a](https://c.example/?d=1) [c](command:x) [j](javascript:alert(1)) photo\u202egpj.exe\u202c zero\u200bwidth';
		const fixture = normaliseFixture(
			{
				name: evil,
				description: evil,
				baseSystemPrompt: evil,
				sections: [
					{
						name: evil,
						instructions: evil,
						context: evil,
						conversations: [{ label: evil, messages: [user(evil), assistant(evil, evil)] }],
					},
				],
			},
			'evil',
		);
		const { page } = await open({ fixture, models: scriptedModels(() => answer(evil, evil)) });
		await column(page, 0).getByRole('button', { name: 'Regenerate' }).click();
		await column(page, 0).getByText('new 1 of 1').waitFor();
		const isInert = async () => {
			await drawn(page);
			assert.equal(await page.evaluate(() => 'hit' in window), false);
			assert.equal(await page.locator('main img, main script, main a[href]').count(), 0);
			assert.deepEqual(await page.locator('#root').evaluate(hiddenOnPage), [], 'a reader sees what is there');
		};
		await page.getByRole('button', { name: 'Show assembled prompt' }).click();
		await isInert();
		await page.getByRole('button', { name: 'Compare' }).click();
		await isInert();
	});

	for (const theme of ['dark', 'light', 'contrast-dark', 'contrast-light'] as const) {
		it(`is free of faults that axe finds, in the theme ${theme}`, async () => {
			const models = scriptedModels((_request, call) =>
				call === 2
					? [
							{ type: 'error', code: 'network', message: 'No connection', retryable: true },
							{ type: 'done', stopReason: 'error' },
						]
					: answer('A new answer with `code`.', 'Some thought.'),
			);
			const { page, problems } = await open({ fixture: await bundledFixture('statistics-tutor'), models, theme });
			await page.getByRole('textbox', { name: 'Base prompt' }).fill('Changed.');
			await page.getByRole('button', { name: /^Regenerate all/ }).click();
			await page.getByRole('button', { name: /^Regenerate all/ }).waitFor();
			await page.getByText('new 1 of 1').first().waitFor();
			await page.mouse.move(0, 0);
			await photograph(page, `lab-${theme}`);
			assert.deepEqual(problems, []);
			assert.deepEqual(await axeViolations(page), []);
			// axe puts a style of its own into the page, which the policy refuses.
			problems.splice(0);
		});
	}
});
