import assert from 'node:assert/strict';
import { AppError } from '../../src/common/errors.ts';
import { foldParts } from '../../src/common/foldParts.ts';
import { axeViolations } from '../support/webview/axe.ts';
import { drawn } from '../support/webview/drawn.ts';
import { photograph } from '../support/webview/photograph.ts';
import { themes, type ThemeName } from '../support/webview/themes.ts';
import {
	assistantMessage,
	detailsOf,
	draftFixture,
	resultFixture,
	userMessage,
} from '../support/webview/workshopFixtures.ts';
import { HistoryFixture } from '../support/webview/workshopHistory.ts';
import { inputMethod } from '../support/webview/inputMethod.ts';
import type { WorkshopHost } from '../support/webview/workshopHost.ts';
import { workshopPages, type OpenWorkshop } from '../support/webview/workshopPages.ts';

const answer = foldParts([
	{ type: 'thinking', id: 't', text: 'Who reads it?', at: 0 },
	{ type: 'tool-call', id: 'c', name: 'search', input: { query: 'batteries' }, at: 900 },
	{ type: 'tool-result', id: 'c', name: 'search', summary: '3 articles', articleCount: 3, at: 950 },
	{
		type: 'text',
		id: 'a',
		text: '# Title\n\nWords, `code`, [a link](https://nodejs.org/24).\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```json\n{"a": 1}\n```\n\n> quoted',
		at: 2000,
	},
	{ type: 'done', stopReason: 'stop' },
]);
const failed = foldParts([
	{
		type: 'error',
		code: 'network',
		message: 'The connection was lost. Retry.',
		retryable: true,
		detail: 'ECONNRESET',
	},
	{ type: 'done', stopReason: 'error' },
]);
const result = resultFixture({
	userRating: 4,
	notes: 'Good',
	citations: [{ url: 'https://nodejs.org/24', label: '', support: 'supported' }],
});
const results = [
	result,
	...(['failed', 'stopped', 'interrupted', 'complete'] as const).map((status, index) =>
		resultFixture({
			testId: `test-${index + 2}`,
			status,
			query: 'What would an upgrade from 20 to 24 break for a service with native add-ons and a 32-bit build?',
			model: 'provider/a-model-with-a-long-name',
			responsePreview:
				'Three things stop a service from starting: the removed overload, the defaults and the build.',
			userRating: index === 1 ? null : index + 1,
			notes: index === 2 ? 'Missed the numbers of the security fixes, and the dates of both releases' : null,
		}),
	),
];

/** A panel with everything in it. */
function openFull(open: OpenWorkshop, options: { theme?: ThemeName; width?: number; height?: number } = {}) {
	return open(
		{
			draft: draftFixture({
				newBlock: true,
				parentPromptName: 'auspex_default',
				commitBlocked: 'At least 100 characters are needed',
			}),
			messages: [
				userMessage(1, 'I want a prompt.'),
				assistantMessage(2, answer),
				userMessage(3, 'Shorter.'),
				assistantMessage(4, failed, { status: 'failed' }),
			],
			earlier: 3,
			latestId: 'test-1',
			resultCount: results.length,
			recentQueries: ['What would an upgrade break?'],
		},
		{
			result: async ({ testId }) =>
				detailsOf({ ...result, testId }, answer, { previousId: testId === 'test-1' ? 'test-0' : null }),
			history: new HistoryFixture(results).answer,
		},
		options,
	);
}

/** Brings up one place of the panel after the other. */
async function eachPlace(host: WorkshopHost, visit: (name: string) => Promise<void>): Promise<void> {
	await host.page.locator('.code-block').waitFor({ state: 'attached' });
	await visit('chat');
	await host.page
		.getByRole('button', { name: /^Thinking/ })
		.first()
		.click();
	await visit('chat, thinking open');
	await host.page.getByRole('tab', { name: 'Test' }).click();
	await host.page.locator('.metrics').waitFor();
	await visit('test');
	await host.page.getByRole('button', { name: 'Compare with previous' }).click();
	await host.page.locator('.compared:visible').first().waitFor();
	await visit('comparison');
	await host.page.getByRole('tab', { name: 'History' }).click();
	await host.page.locator('.history-row').first().waitFor();
	await visit('history');
}

describe('the frame of the Workshop panel', () => {
	const open = workshopPages();
	let host: WorkshopHost;

	const nameField = () => host.page.getByRole('textbox', { name: 'Draft name' });

	it('edits the name in place: saved on Enter, given up with Escape', async () => {
		host = await open();
		await host.page.getByRole('button', { name: 'Edit the draft name' }).click();
		await nameField().fill('Storage analyst');
		await nameField().press('Escape');
		await host.page.getByRole('heading', { name: 'Release analyst' }).waitFor();
		await host.page.locator('button.edit-name:focus').waitFor();
		assert.equal(host.calls.filter(({ method }) => method === 'update').length, 0);
		await host.page.getByRole('button', { name: 'Edit the draft name' }).click();
		await nameField().fill('Storage analyst');
		await nameField().press('Enter');
		assert.deepEqual(await host.waitForCall('update'), { draftName: 'Storage analyst' });
		host.server.send('draft', draftFixture({ name: 'Storage analyst' }));
		await host.page.getByRole('heading', { name: 'Storage analyst' }).waitFor();
	});

	it('keeps the name field open while an input method composes', async () => {
		host = await open();
		await host.page.getByRole('button', { name: 'Edit the draft name' }).click();
		await nameField().fill('');
		const keys = await inputMethod(host.page);
		await keys.compose('にほん');
		await keys.press('Enter');
		await keys.press('Escape');
		await keys.take('日本語');
		assert.equal(host.calls.filter(({ method }) => method === 'update').length, 0);
		await nameField().press('Enter');
		assert.deepEqual(await host.waitForCall('update'), { draftName: '日本語' });
	});

	it('takes a click that leaves a field although what was clicked moves when the field closes', async () => {
		const description = 'A description that takes many lines in a narrow panel. '.repeat(8).trim();
		host = await open({ draft: draftFixture({ description }) }, {}, { width: 360 });
		await host.page.getByRole('button', { name: 'Edit the description' }).click();
		await host.page.getByRole('textbox', { name: 'Description' }).waitFor();
		const tab = await host.page.getByRole('tab', { name: 'Test' }).boundingBox();
		assert.ok(tab);
		await host.page.mouse.move(tab.x + tab.width / 2, tab.y + tab.height / 2);
		await host.page.mouse.down();
		await drawn(host.page);
		await host.page.mouse.up();
		await host.page.getByRole('tab', { name: 'Test', selected: true }).waitFor();
		await host.page.getByRole('textbox', { name: 'Description' }).waitFor({ state: 'detached' });
	});

	it('saves the description two seconds after the last key', async () => {
		host = await open();
		await host.page.getByRole('button', { name: 'Edit the description' }).click();
		await host.page.getByRole('textbox', { name: 'Description' }).fill('For planners');
		assert.equal(host.calls.filter(({ method }) => method === 'update').length, 0);
		assert.deepEqual(await host.waitForCall('update'), { draftDescription: 'For planners' });
		assert.equal(await host.page.getByRole('textbox', { name: 'Description' }).count(), 1, 'the field stays open');
	});

	it('shows what is wrong with a name at its field and keeps what was typed', async () => {
		const message = 'The draft name must have 3 to 100 characters, and has 2';
		host = await open(
			{},
			{
				update: async () => {
					throw new AppError('validation', message, { info: { field: 'draftName' } });
				},
			},
		);
		await host.page.getByRole('button', { name: 'Edit the draft name' }).click();
		await nameField().fill('ab');
		await nameField().press('Enter');
		await host.page.locator('#error-name').getByText(message).waitFor();
		assert.equal(await nameField().getAttribute('aria-invalid'), 'true');
		assert.equal(await nameField().getAttribute('aria-describedby'), 'error-name');
		await host.page.reload();
		assert.equal(await nameField().inputValue(), 'ab');
	});

	it('saves the status at once, and goes back where it is refused', async () => {
		let refuse = false;
		host = await open(
			{},
			{
				update: async () => {
					if (refuse) {
						throw new AppError('validation', 'The prompt must have at least 50 characters');
					}
					return null;
				},
			},
		);
		const status = host.page.getByRole('combobox', { name: 'Status' });
		await status.selectOption('ready');
		assert.deepEqual(await host.waitForCall('update'), { status: 'ready' });
		host.server.send('draft', draftFixture({ status: 'ready' }));
		refuse = true;
		await status.selectOption('draft');
		await host.page.getByRole('alert').getByText('at least 50 characters').waitFor();
		assert.equal(await status.inputValue(), 'ready');
	});

	it('asks the host for what is native: commit, models, versions, reset, delete', async () => {
		host = await open();
		const press = async (name: string, action: string) => {
			await host.page.getByRole('button', { name }).click();
			await host.expectCall('action', { action });
		};
		await press('Commit…', 'commit');
		await press('Chat model', 'chooseChatModel');
		await press('Versions', 'showVersions');
		await press('Open the text', 'openDraft');
		await press('Reset…', 'reset');
		await press('Delete draft…', 'deleteDraft');
	});

	it('moves between its tabs by arrow keys and comes back to the same one', async () => {
		host = await open();
		await host.page.getByRole('tab', { name: 'Chat' }).focus();
		await host.page.keyboard.press('ArrowRight');
		await host.page.getByRole('tab', { name: 'Test', selected: true }).waitFor();
		await host.page.keyboard.press('ArrowLeft');
		await host.page.keyboard.press('ArrowLeft');
		await host.page.getByRole('tab', { name: 'History', selected: true }).waitFor();
		assert.equal(await host.page.evaluate(() => document.activeElement?.id), 'tab-history');
		await host.page.reload();
		await host.page.getByRole('tab', { name: 'History', selected: true }).waitFor();
	});

	it('opens the tab that a command asks for', async () => {
		host = await open();
		host.server.send('show', 'test');
		await host.page.getByRole('textbox', { name: 'Test question' }).waitFor();
	});

	it('takes what an earlier panel kept where it has nothing itself', async () => {
		host = await open({
			kept: {
				here: { draftId: 1, composer: 'typed before', tab: 'chat', at: 1 },
				elsewhere: [],
				restored: false,
			},
		});
		assert.equal(await host.page.getByRole('textbox', { name: 'Message' }).inputValue(), 'typed before');
	});

	for (const theme of Object.keys(themes) as ThemeName[]) {
		it(`has no accessibility violation, theme ${theme}`, async function () {
			this.timeout(60_000);
			host = await openFull(open, { theme });
			await eachPlace(host, async (name) => {
				assert.deepEqual(host.problems, [], name);
				await photograph(host.page, `workshop ${name} ${theme}`);
				assert.deepEqual(await axeViolations(host.page), [], name);
				// The checker itself sets styles, which the page's policy refuses and reports.
				host.problems.length = 0;
			});
		});
	}

	for (const [name, size] of Object.entries({
		'360 px wide': { width: 360, height: 800 },
		'at 200 % zoom of a small panel': { width: 360, height: 400 },
	})) {
		it(`needs no sideways scrolling and hides nothing, ${name}`, async () => {
			host = await openFull(open, size);
			await eachPlace(host, async (place) => {
				const overflow = await host.page.evaluate(
					() => document.documentElement.scrollWidth - document.documentElement.clientWidth,
				);
				assert.equal(overflow, 0, place);
				await photograph(host.page, `workshop ${place} ${name}`);
				for (const locator of [
					host.page.locator('.commit'),
					host.page.getByRole('combobox', { name: 'Status' }),
				]) {
					await locator.scrollIntoViewIfNeeded();
					const box = await locator.boundingBox();
					assert.ok(box && box.x >= 0 && box.x + box.width <= size.width && box.width > 20, place);
				}
				const reading = await host.page.locator('.scroll, .compare-scroller').first().boundingBox();
				assert.ok(reading && reading.height >= 100, `${place}: ${reading?.height} px to read in`);
				const cut = await host.page
					.locator('.history-main')
					.evaluateAll((rows) => rows.filter((row) => row.scrollHeight > row.clientHeight).length);
				assert.equal(cut, 0, 'rows whose lines do not fit into their height');
			});
		});
	}
});
