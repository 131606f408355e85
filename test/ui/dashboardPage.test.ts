import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import type { DashboardProtocol, FailingCase } from '../../src/common/dashboardPage.ts';
import { dashboardHandlers } from '../../src/host/suites/dashboard/dashboardHandlers.ts';
import { dashboardView, type DashboardRecord } from '../../src/suites/dashboard/dashboardView.ts';
import { eventually } from '../support/eventually.ts';
import { dashboardRecords, dashboardTime } from '../support/suites/dashboardRecords.ts';
import { runIdOf } from '../support/suites/storedTrial.ts';
import { axeViolations } from '../support/webview/axe.ts';
import { photograph } from '../support/webview/photograph.ts';
import { openServedPage, servedPages } from '../support/webview/servedPage.ts';
import type { ThemeName } from '../support/webview/themes.ts';

const lost: FailingCase = { runId: runIdOf(4), of: 'Support triage', name: 'lost parcel', failed: 3, answers: 4 };

interface Options {
	records?: DashboardRecord[];
	theme?: ThemeName;
	width?: number;
	height?: number;
}

async function openDashboard(browser: Browser, { records = dashboardRecords(), ...options }: Options) {
	const done: unknown[][] = [];
	const handlers = dashboardHandlers({
		locale: 'en',
		begin: () => undefined,
		view: async (filter) => dashboardView(records, filter, dashboardTime),
		failing: async () => (records.some(({ runs }) => runs.length > 0) ? [lost] : []),
		command: async (...call) => done.push(call),
	});
	const served = await openServedPage<DashboardProtocol>(browser, handlers, {
		entry: 'src/webview/dashboard/main.ts',
		width: 1100,
		...options,
	});
	return { ...served, done };
}

describe('the page of the dashboard', () => {
	const open = servedPages(openDashboard);

	it('shows rates with their intervals, tests, costs and what needs attention', async () => {
		const { page } = await open({});
		const row = page.locator('.dashboard-prompts tbody tr', { hasText: 'Support triage' });
		await row.getByText('37 of 40, 80 to 97 %', { exact: true }).waitFor();
		await row.getByText('2 versions since the last run').waitFor();
		await row.getByText('★ 4.3 of 4 ratings').waitFor();
		await row.getByText('3 runs · 2.1 s each (median) · 812 tokens in · 240 tokens out').waitFor();
		await page.getByText('2 have no suite.').waitFor();
		await page.getByText('3 of 4 answers failed').waitFor();
		const models = page.locator('.dashboard-models tbody tr');
		assert.match((await models.first().innerText()).replace(/\s+/g, ' '), /anthropic\/claude-sonnet 3 120 20/);
	});

	it('opens the run of each point, the prompts, and a new suite', async () => {
		const { page, done } = await open({});
		await page.locator('.chart-point').first().click();
		await page.getByRole('button', { name: 'lost parcel' }).click();
		await page.getByRole('button', { name: 'Support triage' }).click();
		await page.locator('tr', { hasText: 'Release notes' }).getByRole('button', { name: 'New Suite' }).click();
		await eventually(() =>
			assert.deepEqual(done, [
				['openReport', runIdOf(2)],
				['openReport', runIdOf(4)],
				['openDraft', 1],
				['newSuite', { draftId: 2 }],
			]),
		);
	});

	it('opens the run of every point with the keyboard too', async () => {
		const { page, done } = await open({});
		const strip = page.locator('.dashboard-prompts tr', { hasText: 'Support triage' }).locator('.chart-point');
		const count = await strip.count();
		assert.ok(count > 1);
		// The newest point is the only stop of the Tab key.
		assert.equal(await page.locator('.strip').first().locator('[tabindex="0"]').count(), 1);
		await strip.last().focus();
		await page.keyboard.press('Enter');
		for (let at = 1; at < count; at++) {
			await page.keyboard.press('ArrowLeft');
			await page.keyboard.press(at % 2 === 0 ? 'Enter' : ' ');
		}
		await eventually(() => assert.equal(done.length, count));
		// Those of the period, newest first.
		const runs = dashboardRecords().find(({ name }) => name === 'Support triage')?.runs ?? [];
		assert.deepEqual(
			done.map(([, runId]) => runId),
			runs.slice(0, count).map(({ runId }) => runId),
		);
		assert.match((await strip.first().getAttribute('aria-label')) ?? '', / of \d+, .* to .* %$/);
		await photograph(page, 'dashboard point');
	});

	it('is filtered, and keeps the filter over a reload', async () => {
		const { page } = await open({});
		await page.getByRole('combobox', { name: 'Folder' }).selectOption('Support');
		await page.getByText('2 prompts and suites.').waitFor();
		await page.getByRole('combobox', { name: 'Model' }).selectOption('openai/other');
		await page.getByText('1 prompt or suite.').waitFor();
		await eventually(async () => {
			const kept = await page.evaluate(() => sessionStorage.getItem('state'));
			assert.match(kept ?? '', /openai\/other/);
		});
		await page.reload();
		await page.getByText('1 prompt or suite.').waitFor();
		await page.getByRole('combobox', { name: 'Period' }).selectOption('All time');
		await page.getByRole('combobox', { name: 'Folder' }).selectOption('All folders');
		await page.getByRole('combobox', { name: 'Model' }).selectOption('All models');
		await page.locator('.chart-point').nth(4).waitFor();
	});

	it('follows changes', async () => {
		const records = dashboardRecords().slice(2, 3);
		const { page, server } = await open({ records });
		await page.getByText('1 prompt or suite.').waitFor();
		records.push(...dashboardRecords().slice(0, 1));
		server.send('changed', null);
		await page.getByText('2 prompts and suites.').waitFor();
		await page.getByText('lost parcel').waitFor();
	});

	for (const theme of ['dark', 'light', 'contrast-dark', 'contrast-light'] satisfies ThemeName[]) {
		it(`has no fault that axe finds, in ${theme}`, async () => {
			const { page } = await open({ theme });
			await page.getByText('lost parcel').waitFor();
			await photograph(page, `dashboard ${theme}`);
			assert.deepEqual(await axeViolations(page), []);
		});
	}

	it('is used at 200 % zoom and in a narrow column', async () => {
		for (const [width, height] of [
			[550, 400],
			[320, 800],
		] as const) {
			const { page } = await open({ width, height });
			await page.getByText('lost parcel').waitFor();
			await photograph(page, `dashboard ${width} wide`);
			const shown = await page.evaluate(() => document.documentElement.scrollWidth);
			assert.ok(shown <= width, `${shown} pixels wide`);
			assert.deepEqual(await axeViolations(page), []);
		}
	});
});
