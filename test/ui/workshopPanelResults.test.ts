import assert from 'node:assert/strict';
import { AppError } from '../../src/common/errors.ts';
import { foldParts } from '../../src/common/foldParts.ts';
import { query, result, whole } from '../support/webview/testedResult.ts';
import { detailsOf, resultFixture } from '../support/webview/workshopFixtures.ts';
import type { WorkshopHost } from '../support/webview/workshopHost.ts';
import { workshopPages } from '../support/webview/workshopPages.ts';

describe('results in the Workshop panel', () => {
	const open = workshopPages();
	let host: WorkshopHost;

	const question = () => host.page.getByRole('textbox', { name: 'Test question' });
	const openResult = (patch = {}, given = result) =>
		open(
			{ show: 'test', latestId: 'test-1', resultCount: 1 },
			{ result: async () => detailsOf(given, whole, patch) },
		);

	it('takes stars by keyboard and notes, and stores them at once', async () => {
		host = await openResult();
		const stars = host.page.getByRole('radiogroup', { name: 'Rating' });
		await stars.getByRole('radio', { name: '1 of 5 stars' }).focus();
		await host.page.keyboard.press('ArrowRight');
		assert.deepEqual(await host.waitForCall('rate'), { testId: 'test-1', userRating: 1 });
		await stars.locator('[aria-checked="true"]').waitFor();
		await host.page.keyboard.press('ArrowRight');
		await host.page.keyboard.press('ArrowRight');
		await stars.getByRole('radio', { name: '3 of 5 stars', checked: true }).waitFor();
		await stars.getByRole('radio', { name: '4 of 5 stars' }).click();
		await stars.getByRole('radio', { name: '4 of 5 stars', checked: true }).waitFor();
		const notes = host.page.getByRole('textbox', { name: 'Notes' });
		await notes.fill('Good but needs dates');
		await host.page.getByText('Saved', { exact: true }).waitFor();
		assert.deepEqual(host.calls.findLast(({ method }) => method === 'rate')?.params, {
			testId: 'test-1',
			notes: 'Good but needs dates',
		});
		await stars.getByRole('radio', { name: '4 of 5 stars' }).focus();
		await host.page.keyboard.press('Delete');
		await stars.getByRole('radio', { name: '4 of 5 stars', checked: false }).waitFor();
	});

	it('takes stars back that could not be stored, and says so', async () => {
		host = await open(
			{ show: 'test', latestId: 'test-1', resultCount: 1 },
			{
				result: async () => detailsOf(result, whole),
				rate: async () => {
					throw new AppError('storage', 'The disk is full. Free some space and rate again.');
				},
			},
		);
		const star = (checked: boolean) => host.page.getByRole('radio', { name: '4 of 5 stars', checked });
		await star(false).click();
		await host.page.getByRole('alert').getByText('The disk is full').waitFor();
		await star(false).waitFor();
		assert.equal(await star(true).count(), 0);
	});

	it('keeps notes that could not be stored, and says so', async () => {
		host = await open(
			{ show: 'test', latestId: 'test-1', resultCount: 1 },
			{
				result: async () => detailsOf(result, whole),
				rate: async () => {
					throw new AppError('storage', 'The disk is full. Free some space; the note is kept here.');
				},
			},
		);
		await host.page.getByRole('textbox', { name: 'Notes' }).fill('precious');
		await host.page.getByRole('alert').getByText('The disk is full').waitFor();
		await host.page.reload();
		await host.page.waitForFunction(
			() => document.querySelector<HTMLTextAreaElement>('.notes')?.value === 'precious',
		);
	});

	it('runs again with what was asked, on another model, and opens request, result and version', async () => {
		host = await openResult({ versionIsCurrent: false });
		await host.page.getByRole('button', { name: 'Run again' }).click();
		const asked = { query, topic: 'nodejs blog', limit: 50, thinking: 'low' };
		assert.deepEqual(await host.waitForCall('runTest'), { ...asked, vars: {}, otherModel: false });
		await host.page.getByRole('button', { name: 'Run on another model' }).click();
		await host.expectCall('runTest', { ...asked, vars: {}, otherModel: true });
		await host.page.getByRole('button', { name: 'Show request' }).click();
		assert.deepEqual(await host.waitForCall('showRequest'), { testId: 'test-1' });
		await host.page.getByRole('button', { name: 'Open in editor' }).click();
		assert.deepEqual(await host.waitForCall('openResult'), { testId: 'test-1' });
		await host.page.getByRole('button', { name: 'Compare prompt with current' }).click();
		assert.deepEqual(await host.waitForCall('compareVersion'), { testId: 'test-1' });
	});

	it('compares with the previous result in place of the whole tab, rendered or as source, with marks or without', async () => {
		const of = (text: string) =>
			foldParts([
				{ type: 'thinking', id: 't', text: `About ${text.length} letters.` },
				{ type: 'text', id: 'a', text },
				{ type: 'done', stopReason: 'stop' },
			]);
		const older = resultFixture({
			testId: 'test-0',
			timestamp: '2026-11-19T11:00:00.000Z',
			executionTimeMs: 10_000,
			articleCount: 31,
			responseLength: 2400,
		});
		host = await open(
			{ show: 'test', latestId: 'test-1', resultCount: 2 },
			{
				result: async ({ testId }) =>
					testId === 'test-1'
						? detailsOf(result, of('It breaks **three old** things:\n\n- streams'), {
								previousId: 'test-0',
							})
						: detailsOf(older, of('It breaks **five** things:\n\n- streams')),
			},
		);
		await host.page.getByRole('button', { name: 'Compare with previous' }).click();
		const sides = host.page.locator('.compared');
		await host.page.locator('.compare-close:focus').waitFor();
		await sides.nth(1).locator('ins').first().waitFor();
		assert.equal(await host.page.locator('.form').count(), 0, 'the comparison has the tab for itself');
		const shown = () =>
			sides.evaluateAll((all) => all.map(({ textContent }) => textContent?.trim().replace(/\s+/g, ' ')));
		assert.deepEqual(await shown(), ['It breaks five things: streams', 'It breaks three old things: streams']);
		assert.deepEqual(await sides.nth(0).locator('strong del').allTextContents(), ['five']);
		assert.deepEqual(await sides.nth(1).locator('strong ins').allTextContents(), ['three old']);
		const figures = host.page.locator('.compare-head').nth(1).locator('.figures li');
		assert.deepEqual((await figures.allInnerTexts()).slice(0, 4), [
			'31 articles',
			'12.3 s +2.3 s',
			'first token 0.9 s',
			'2,481 characters +81',
		]);
		await host.page.getByRole('button', { name: 'Source' }).click();
		await sides.nth(1).getByText('**three').waitFor();
		assert.deepEqual(await sides.nth(0).locator('del').allTextContents(), ['five']);
		await host.page.getByRole('checkbox', { name: 'Mark differences' }).uncheck();
		await sides.locator('ins, del').first().waitFor({ state: 'detached' });
		await host.page.getByRole('button', { name: 'Rendered' }).click();
		await sides.nth(1).locator('strong', { hasText: 'three old' }).waitFor();
		assert.equal(await sides.locator('ins, del').count(), 0);
		await host.page.getByRole('checkbox', { name: 'Mark differences' }).check();
		await host.page.getByRole('button', { name: 'Thinking' }).click();
		await sides.nth(1).getByText('About 42 letters.').waitFor();
		await host.page.reload();
		await sides.nth(1).getByText('About 42 letters.').waitFor();
		await host.page.locator('.compare-close').focus();
		await host.page.keyboard.press('Escape');
		await host.page.locator('.compare-previous:focus').waitFor();
		await host.page.locator('.rating-row').waitFor();
	});

	it('folds the form into a line above a result, and opens it with one key or click', async () => {
		host = await openResult();
		const line = host.page.locator('.form-line');
		await line.getByText(query).waitFor();
		await line.getByText('nodejs blog').waitFor();
		await line.getByText('scripted/model').waitFor();
		assert.equal(await line.getAttribute('aria-expanded'), 'false');
		assert.equal(await question().count(), 0);
		const height = (await host.page.locator('.form').boundingBox())?.height ?? 0;
		assert.ok(height < 40, `one line, and not ${height} pixels`);
		await line.focus();
		await host.page.keyboard.press('Enter');
		await question().and(host.page.locator(':focus')).waitFor();
		assert.equal(await question().inputValue(), query, 'what the result was asked, as nothing was typed');
		await question().fill('What else would an upgrade break?');
		await host.page.getByRole('button', { name: 'Collapse the form' }).click();
		await host.page.locator('.form-line:focus').waitFor();
		await line.getByText(query).waitFor();
		await line.click();
		assert.equal(await question().inputValue(), 'What else would an upgrade break?');
		await host.page.getByRole('button', { name: 'Collapse the form' }).click();
		await host.page.locator('.run:not([disabled])').click();
		assert.deepEqual(await host.waitForCall('runTest'), {
			query,
			topic: 'nodejs blog',
			limit: 50,
			thinking: 'low',
			vars: {},
			otherModel: false,
		});
	});

	it('shows what a button of a result could not do beside the buttons', async () => {
		host = await open(
			{ show: 'test', latestId: 'test-1', resultCount: 1 },
			{
				result: async () => detailsOf(result, whole),
				showRequest: async () => {
					throw new AppError('not-found', 'The request was not kept.');
				},
			},
		);
		await host.page.getByRole('button', { name: 'Show request' }).click();
		const note = host.page.locator('.result').getByRole('alert').filter({ hasText: 'The request was not kept.' });
		await note.waitFor();
		const [button, error] = await Promise.all([
			host.page.getByRole('button', { name: 'Show request' }).boundingBox(),
			note.boundingBox(),
		]);
		assert.ok(button && error && error.y - button.y - button.height < 40, 'right below the button');
	});

	it('shows a failed result with its error and Retry, and one whose answer is not kept', async () => {
		const error = { code: 'network', message: 'The connection was lost.' };
		host = await openResult({}, { ...result, status: 'failed', error });
		await host.page.locator('.end-mark', { hasText: 'failed' }).waitFor();
		await host.page.getByRole('alert').getByRole('button', { name: 'Retry' }).waitFor();
		assert.equal(await host.page.getByRole('button', { name: 'Set API key…' }).count(), 0);
		await host.page.context().close();
		host = await openResult({ turn: null }, { ...result, fullResponseStored: false, responseRef: null });
		await host.page.getByText('The full answer is not stored.').waitFor();
		await host.page.getByText('Several things.').waitFor();
	});
});
