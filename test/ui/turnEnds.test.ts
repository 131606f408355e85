import assert from 'node:assert/strict';
import { foldParts } from '../../src/common/foldParts.ts';
import { emptyTurn, type StopReason, type Turn } from '../../src/common/turn.ts';
import { turnEnds, type TurnEnd } from '../../src/common/turnEnd.ts';
import { axeViolations } from '../support/webview/axe.ts';
import { photograph } from '../support/webview/photograph.ts';
import type { ThemeName } from '../support/webview/themes.ts';
import { endWord } from '../../src/common/endWord.ts';
import { createFormatter } from '../../src/webview/shared/format.ts';
import { endAnnouncement, turnEnding } from '../../src/webview/shared/turnEnding.ts';
import {
	assistantMessage,
	detailsOf,
	resultFixture,
	runFixture,
	userMessage,
} from '../support/webview/workshopFixtures.ts';
import { HistoryFixture } from '../support/webview/workshopHistory.ts';
import { workshopPages } from '../support/webview/workshopPages.ts';

const reasons: Record<TurnEnd, StopReason | undefined> = {
	complete: 'stop',
	truncated: 'length',
	refused: 'refusal',
	tools: 'tools',
	unknown: 'unknown',
	stopped: 'cancelled',
	failed: 'error',
	interrupted: undefined,
};
const lost = { code: 'network' as const, message: 'The connection was lost. Retry.', retryable: true };

function turnOf(end: TurnEnd): Turn {
	const stopReason = reasons[end];
	return foldParts([
		{ type: 'text', id: 'a', text: 'Three things stop a service from starting.' },
		...(end === 'tools' ? [{ type: 'tool-call' as const, id: 'c', name: 'search', input: { query: 'x' } }] : []),
		...(end === 'failed' ? [{ type: 'error' as const, ...lost }] : []),
		...(stopReason === undefined
			? []
			: [
					{
						type: 'done' as const,
						stopReason,
						...(end === 'unknown' && { notice: 'The server ended with the reason "budget".' }),
					},
				]),
	]);
}

const results = turnEnds.map((status) =>
	resultFixture({
		testId: status,
		status,
		stopReason: reasons[status] ?? 'unknown',
		error: status === 'failed' ? lost : null,
		...(status === 'refused' && { answeredModel: 'scripted/fallback' }),
	}),
);

describe('how an answer ended', () => {
	const open = workshopPages();

	const openAll = (options: { theme?: ThemeName; width?: number } = {}, latestId: TurnEnd = 'complete') =>
		open(
			{
				messages: turnEnds.flatMap((end, index) => [
					userMessage(2 * index + 1, end),
					assistantMessage(2 * index + 2, turnOf(end), {
						status: end,
						...(end === 'refused' && { answeredModel: 'scripted/fallback' }),
					}),
				]),
				latestId,
				resultCount: results.length,
			},
			{
				history: new HistoryFixture(results).answer,
				result: async ({ testId }) => {
					const result = results.find((one) => one.testId === testId) ?? results[0]!;
					return detailsOf(result, turnOf(result.status));
				},
			},
			options,
		);

	it('has its own icon and words in the history, and which model answered', async () => {
		const { page } = await openAll();
		await page.getByRole('tab', { name: 'History' }).click();
		const icons = page.locator('.history-row .codicon[class*=status-]');
		await icons.nth(turnEnds.length - 1).waitFor();
		const seen = await icons.evaluateAll((all) =>
			all.map((icon) => ({
				label: icon.getAttribute('aria-label'),
				glyph: getComputedStyle(icon, '::before').content,
				colour: getComputedStyle(icon).color,
			})),
		);
		assert.deepEqual(
			seen.map(({ label }) => label),
			turnEnds.map(endWord),
		);
		assert.equal(new Set(seen.map(({ glyph }) => glyph)).size, turnEnds.length, 'an icon each');
		assert.ok(!seen.some(({ glyph }) => glyph === 'none'), 'that the font has');
		assert.equal(new Set(seen.map(({ colour }) => colour)).size, turnEnds.length, 'in a colour each');
		await page.getByText('scripted/model, answered by scripted/fallback').waitFor();
	});

	for (const end of turnEnds) {
		it(`${end}: is told in the result and in the chat, with Retry there for all but a complete one`, async () => {
			const { page } = await open(
				{
					messages: [userMessage(1, 'Why?'), assistantMessage(2, turnOf(end), { status: end })],
					latestId: 'test-1',
					resultCount: 1,
				},
				{ result: async () => detailsOf({ ...results.find(({ status }) => status === end)! }, turnOf(end)) },
			);
			const note =
				end === 'complete' || end === 'failed'
					? []
					: [end === 'unknown' ? 'The server ended with the reason "budget".' : turnEnding({}, end)];
			await page.locator('.message-assistant .answer').waitFor();
			assert.deepEqual(
				(await page.locator('.note-ended').allInnerTexts()).map((text) => text.trim()),
				note,
			);
			assert.equal(await page.getByRole('button', { name: 'Retry' }).count(), end === 'complete' ? 0 : 1);
			await page.getByRole('tab', { name: 'Test' }).click();
			await page.locator('.metrics').waitFor();
			const marks = await page.locator('.result .end-mark').allInnerTexts();
			assert.deepEqual(
				marks.map((text) => text.trim()),
				end === 'complete' ? [] : [endWord(end)],
			);
			assert.deepEqual(
				(await page.locator('.result .note-ended').allInnerTexts()).map((text) => text.trim()),
				note,
			);
		});
	}

	const halfTurn = { blocks: [{ type: 'text' as const, id: 'a', text: 'Half' }] };
	for (const [end, stopReason] of Object.entries(reasons)) {
		if (stopReason === undefined) {
			continue;
		}
		it(`${end}: is announced as it is, and only a complete one as complete`, async () => {
			const host = await open({
				messages: [userMessage(1, 'Why?'), assistantMessage(2, emptyTurn, { status: 'streaming' })],
				runs: [runFixture()],
			});
			const notice = end === 'unknown' ? { notice: 'The server ended with the reason "budget".' } : {};
			host.stream('2', { type: 'text', id: 'a', text: 'Half' }, { type: 'done', stopReason, ...notice });
			const said = endAnnouncement(halfTurn, end as TurnEnd, createFormatter('en'));
			await host.page.locator('[role=status]', { hasText: said }).waitFor({ state: 'attached' });
			assert.equal(said.includes('complete'), end === 'complete');
		});
	}

	for (const theme of ['dark', 'light', 'contrast-dark', 'contrast-light'] as const) {
		for (const width of [360, 800]) {
			it(`can be read in ${theme} at ${width} px`, async () => {
				const { page } = await openAll({ theme, width }, 'truncated');
				const fits = async (place: string) => {
					const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
					assert.ok(wide <= 0, `${place} is no wider than the panel`);
					assert.deepEqual(await axeViolations(page), [], place);
					await photograph(page, `ends ${place} ${theme} ${width}`);
				};
				await page.locator('.note-ended').first().waitFor();
				await fits('chat');
				await page.getByRole('tab', { name: 'Test' }).click();
				await page.locator('.metrics').waitFor();
				await fits('result');
				await page.getByRole('tab', { name: 'History' }).click();
				await page
					.locator('.history-row .history-query')
					.nth(turnEnds.length - 1)
					.waitFor();
				await fits('history');
			});
		}
	}
});
