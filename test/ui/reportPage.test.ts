import assert from 'node:assert/strict';
import { readRunDocument } from '../../src/suites/export/readRunDocument.ts';
import { eventually } from '../support/eventually.ts';
import { reportedRuns, type Answer } from '../support/suites/reportedRuns.ts';
import { opened, runDocumentOf } from '../support/suites/runDocumentOf.ts';
import { axeViolations } from '../support/webview/axe.ts';
import { photograph } from '../support/webview/photograph.ts';
import { reportPages, type ReportHost } from '../support/webview/reportHost.ts';
import { scrollSettled } from '../support/webview/scrollSettled.ts';
import type { ThemeName } from '../support/webview/themes.ts';

/** The new prompt passes all but every tenth case, the old one fails every third, and the third one guesses. */
const answers: Answer = (prompt, question, time) => {
	const isRight =
		prompt === 'new' ? question % 10 !== 0 : prompt === 'old' ? question % 3 !== 0 : (question + time) % 2 === 0;
	return isRight
		? `Yes, article ${question} is **in stock**: 3 are left.`
		: `I am sorry, I do not know whether article ${question} is in stock.`;
};

describe('the page of a report', () => {
	const open = reportPages();
	const rowOf = ({ page }: ReportHost, index: number) => page.locator(`.history-row[data-key="${index}"] .case-main`);

	it('says first which variant is better, with intervals drawn beside their numbers', async () => {
		const runs = reportedRuns(answers);
		const { runId } = await runs.run({ prompts: ['old', 'new'], cases: 60 });
		const { page } = await open({ context: runs.context, run: runId });
		await page.getByText(/B is better: \+\d+\.\d points \(/).waitFor();
		const rows = page.locator('.rates tbody tr');
		assert.equal(await rows.count(), 2);
		assert.match((await rows.nth(0).innerText()).replace(/\s+/g, ' '), /old.* 40 of 60, 54 to 77 %/);
		assert.match((await rows.nth(1).innerText()).replace(/\s+/g, ' '), /new.* 54 of 60, 80 to 95 %/);
		// 40 of 60 stands at two thirds of the scale.
		const drawn = await rows.nth(0).locator('.value').getAttribute('d');
		assert.equal(drawn, 'M66.67 1V11');
	});

	it('adjusts three variants with Holm, and compares with the one that is chosen', async () => {
		const runs = reportedRuns(answers);
		const { runId } = await runs.run({ prompts: ['old', 'new', 'third'], cases: 60 });
		const { page, asked } = await open({ context: runs.context, run: runId });
		await page.locator('.comparison').nth(1).waitFor();
		assert.equal(await page.locator('.comparison').count(), 2);
		await page.getByText('Adjusted for 2 comparisons.').first().waitFor();
		await page.getByRole('combobox', { name: 'Compare with' }).selectOption('Compare with third');
		await page.locator('.comparison', { hasText: 'A: third' }).first().waitFor();
		assert.deepEqual(asked.findLast(({ method }) => method === 'view')?.params, {
			against: { kind: 'variant', label: 'third' },
		});
	});

	it('lists the cases that improved, regressed, stayed the same or failed, and finds a text', async () => {
		const runs = reportedRuns(answers);
		const { runId } = await runs.run({ prompts: ['old', 'new'], cases: 60 });
		const host = await open({ context: runs.context, run: runId });
		const { page } = host;
		const choose = (name: RegExp) => page.getByRole('button', { name }).click();
		await choose(/^Improved 18$/);
		await page.getByText('18 of 60 cases').waitFor();
		await rowOf(host, 3).getByText('improved').waitFor();
		await choose(/^Regressed 4$/);
		await page.getByText('4 of 60 cases').waitFor();
		await rowOf(host, 10).getByText('regressed').waitFor();
		await choose(/^Unchanged 38$/);
		await choose(/^Failed 24$/);
		await page.getByRole('searchbox').fill('case 57');
		await page.getByText('1 of 60 cases').waitFor();
		await page.getByRole('searchbox').fill('nothing has this');
		await page.getByText('No cases match the filter.').waitFor();
	});

	it('shows the answers of a case side by side: words, thinking, tools, figures, reasons and the request', async () => {
		const runs = reportedRuns(answers);
		const { runId } = await runs.run({ prompts: ['old', 'new'], cases: 20 });
		const host = await open({ context: runs.context, run: runId });
		const { page } = host;
		await rowOf(host, 3).click();
		await page.getByRole('heading', { name: 'case 3' }).waitFor();
		await page.getByText('Question 3: is it in stock?').waitFor();
		await page.getByText('The answer contains "yes"').waitFor();
		// The words that only one of them has.
		await page.locator('.compared del', { hasText: 'I am sorry' }).waitFor();
		await page.locator('.compared ins', { hasText: 'Yes' }).waitFor();
		await photograph(page, 'report case');
		await page.getByRole('button', { name: 'Complete answer with thinking and tools' }).first().click();
		await page.getByText('get_stock').first().waitFor();
		await page.getByRole('button', { name: 'Show Request' }).last().click();
		await eventually(() => assert.match(host.done.at(-1) ?? '', /^request .*Question 3/));
		// The first answer failed, the second one passed.
		await page.getByRole('button', { name: 'Bisect Failing Case' }).click();
		await eventually(() => assert.equal(host.done.at(-1), 'bisect case 3 of old'));
		await page.getByRole('button', { name: 'Thinking', exact: true }).click();
		await page.getByText('The customer asks about article 3').first().waitFor();
		await page.keyboard.press('Escape');
		await rowOf(host, 3).waitFor();
		await page.locator('.history-row[data-key="3"] .case-main:focus').waitFor();
	});

	it('is read with the keyboard alone: filters, rows, a case, its request and the way back', async () => {
		const runs = reportedRuns(answers);
		const { runId } = await runs.run({ prompts: ['old', 'new'], cases: 20 });
		const host = await open({ context: runs.context, run: runId });
		const { page } = host;
		await rowOf(host, 0).waitFor();
		const focused = () =>
			page.evaluate(() => document.activeElement?.textContent?.replace(/\s+/g, ' ').trim() ?? '');
		const tabTo = async (text: RegExp) => {
			for (let presses = 0; !text.test(await focused()); presses++) {
				assert.ok(presses < 60, `the Tab key does not reach ${text}`);
				await page.keyboard.press('Tab');
			}
		};
		await tabTo(/^Improved 6$/);
		await page.keyboard.press('Enter');
		await page.getByText('6 of 20 cases').waitFor();
		await tabTo(/^case 3/);
		await page.keyboard.press('ArrowDown');
		await eventually(async () => assert.match(await focused(), /^case 6/));
		await page.keyboard.press('Enter');
		await page.getByRole('heading', { name: 'case 6' }).waitFor();
		await tabTo(/^Show Request$/);
		await page.keyboard.press(' ');
		await eventually(() => assert.match(host.done.at(-1) ?? '', /^request .*Question 6/));
		await page.keyboard.press('Escape');
		await page.locator('.history-row[data-key="6"] .case-main:focus').waitFor();
	});

	it('names a flaky case, and shows each of its answers', async () => {
		const runs = reportedRuns(answers);
		const { runId } = await runs.run({ prompts: ['third'], cases: 12, repeat: 3 });
		const host = await open({ context: runs.context, run: runId });
		const { page } = host;
		await page.getByRole('button', { name: /^Flaky 12$/ }).click();
		await rowOf(host, 0).getByText('1 of 3 passed').waitFor();
		await page.getByText('Passed, with the interval by case (95 %)').waitFor();
		await rowOf(host, 0).click();
		await page.getByText('I am sorry').first().waitFor();
		await page.getByRole('combobox', { name: 'Which answer' }).selectOption('Answer 2 of 3');
		await page.getByText('article 0 is in stock: 3 are left').waitFor();
	});

	it('counts errors and answers of earlier runs apart', async () => {
		const runs = reportedRuns(answers);
		await runs.run({ prompts: ['old'], cases: 10 });
		const { runId } = await runs.run({
			prompts: ['old'],
			cases: 12,
			reuse: true,
			broken: (question) => question === 11,
		});
		const { page } = await open({ context: runs.context, run: runId });
		const row = page.locator('.rates tbody tr').first();
		assert.match((await row.innerText()).replace(/\s+/g, ' '), /7 of 11, 35 to 85 % 1 10 /);
		await page.getByText('Passed: 7 of 11, 35 to 85 %, 1 error, 10 of earlier runs').waitFor();
	});

	it('compares with the baseline of the prompt unless something else is chosen', async () => {
		const runs = reportedRuns((_prompt, question, time) => answers(time === 1 ? 'old' : 'new', question, time));
		const first = await runs.run({ prompts: ['new'], cases: 60 });
		await runs.context.records.put({ ...first, blessedAt: '2026-11-20T12:00:00.000Z' });
		const second = await runs.run({ prompts: ['new'], cases: 60 });
		const host = await open({
			context: runs.context,
			run: second.runId,
			chooseRun: async () => first.runId,
		});
		const { page } = host;
		await page.getByText(/B is better: \+23\.3 points/).waitFor();
		await page.getByText(/A: new.*, baseline of /).waitFor();
		await rowOf(host, 3).getByText('improved').waitFor();
		await rowOf(host, 3).getByRole('img', { name: 'then' }).waitFor();
		await photograph(page, 'report baseline');
		await rowOf(host, 3).click();
		await page.getByRole('heading', { name: /^Baseline: new/ }).waitFor();
		await page.getByRole('heading', { name: /^This run: new/ }).waitFor();
		await page.keyboard.press('Escape');
		const menu = page.getByRole('combobox', { name: 'Compare with' });
		await menu.selectOption('Compare with nothing');
		await page.getByText(/Passed: 54 of 60/).waitFor();
		assert.equal(await page.getByRole('button', { name: /^Improved/ }).count(), 0);
		await menu.selectOption('Compare with another run…');
		await page.getByText(/B is better/).waitFor();
		await page.getByRole('button', { name: 'Export…' }).click();
		await page.getByRole('button', { name: 'Use as Baseline' }).click();
		await eventually(() => assert.deepEqual(host.done, ['exportRun', 'blessBaseline']));
	});

	it('draws the trend over the runs of the suite, with a table, and opens a run', async () => {
		const runs = reportedRuns(answers);
		const rows = [];
		for (const cases of [12, 24, 40, 60]) {
			rows.push(await runs.run({ prompts: ['old', 'new'], cases }));
		}
		const [first] = rows;
		assert.ok(first);
		await runs.context.records.put({ ...first, blessedAt: '2026-11-20T12:00:00.000Z' });
		const host = await open({ context: runs.context, run: rows.at(-1)?.runId ?? '' });
		const { page } = host;
		await rowOf(host, 1).waitFor();
		await page.getByRole('tab', { name: 'Cases' }).focus();
		await page.keyboard.press('ArrowRight');
		await page.locator('.trend tbody tr').nth(7).waitFor();
		assert.equal(await page.locator('.chart-point').count(), 8);
		assert.equal(await page.locator('.chart-marked').count(), 2);
		assert.match(
			(await page.locator('.trend tbody tr').first().innerText()).replace(/\s+/g, ' '),
			/this run old .* 40 of 60/,
		);
		await photograph(page, 'report trend');
		assert.deepEqual(await axeViolations(page), []);
		await page.locator('.chart-point .chart-shape').first().click();
		await page.locator('.trend tbody tr').last().getByRole('button').click();
		const opened = `openReport ${first.runId}`;
		await eventually(() => assert.deepEqual(host.done, [opened, opened]));
	});

	it('follows a run that changes', async () => {
		const runs = reportedRuns(answers);
		const row = await runs.run({ prompts: ['new'], cases: 12 });
		const host = await open({ context: runs.context, run: row.runId });
		await rowOf(host, 1).waitFor();
		await runs.context.records.put({ ...row, blessedAt: '2026-11-20T12:00:00.000Z' });
		host.report.changed();
		host.server.send('changed', null);
		await host.page.getByText('baseline', { exact: true }).waitFor();
		assert.equal(await host.page.getByRole('button', { name: 'Use as Baseline' }).count(), 0);
	});

	it('of a file shows what it has, and no baseline', async () => {
		const runs = reportedRuns(answers);
		const { runId } = await runs.run({ prompts: ['old', 'new'], cases: 20 });
		const document = await readRunDocument(opened(await runDocumentOf(runs.context, runId)));
		const host = await open({ context: runs.context, run: document });
		await host.page.getByText('read from a file').waitFor();
		await rowOf(host, 3).click();
		await host.page.getByRole('button', { name: 'Complete answer with thinking and tools' }).first().click();
		await host.page.getByText('get_stock').first().waitFor();
		assert.equal(await host.page.getByRole('button', { name: 'Use as Baseline' }).count(), 0);
	});

	it('says why a run cannot be compared, and shows the rest', async () => {
		const runs = reportedRuns(answers);
		const { runId } = await runs.run({ prompts: ['new'], cases: 12 });
		const missing = '99999999-9999-4999-8999-999999999999';
		const host = await open({
			context: runs.context,
			run: runId,
			show: { against: { kind: 'run', runId: missing } },
		});
		await host.page.getByText(`No run ${missing}`).waitFor();
		await rowOf(host, 1).waitFor();
	});

	it('fetches of 5,000 cases only those near the view, and keeps its place over a reload', async () => {
		const runs = reportedRuns(answers);
		const { runId } = await runs.run({ prompts: ['new'], cases: 5_000 });
		const host = await open({ context: runs.context, run: runId });
		await rowOf(host, 1).waitFor();
		assert.ok((await host.page.locator('.history-row').count()) < 60);
		await host.page.locator('.scroll').evaluate((node) => {
			node.scrollTop = node.scrollHeight / 2;
		});
		await scrollSettled(host.page, '.scroll');
		await rowOf(host, 2_501).waitFor();
		const fetched = host.asked.flatMap(({ method, params }) =>
			method === 'rows' ? [(params as { count: number }).count] : [],
		);
		assert.ok(fetched.reduce((sum, count) => sum + count, 0) <= 400, `rows were requested: ${fetched.join(', ')}`);
		await eventually(async () => {
			const kept = await host.page.evaluate(() => sessionStorage.getItem('state'));
			assert.ok((JSON.parse(kept ?? '{}') as { scroll?: number }).scroll);
		});
		await host.page.reload();
		await rowOf(host, 2_501).waitFor();
	});

	for (const theme of ['dark', 'light', 'contrast-dark', 'contrast-light'] satisfies ThemeName[]) {
		it(`has no fault that axe finds, in ${theme}`, async () => {
			const runs = reportedRuns(answers);
			const { runId } = await runs.run({
				prompts: ['old', 'new', 'third'],
				cases: 60,
				broken: (question) => question === 7,
			});
			const host = await open({ context: runs.context, run: runId, theme });
			await rowOf(host, 1).waitFor();
			await photograph(host.page, `report ${theme}`);
			assert.deepEqual(await axeViolations(host.page), []);
			await rowOf(host, 3).click();
			await host.page.locator('.below-answer').first().waitFor();
			await photograph(host.page, `report case ${theme}`);
			assert.deepEqual(await axeViolations(host.page), []);
		});
	}

	it('is used at 200 % zoom and in a narrow column', async () => {
		const runs = reportedRuns(answers);
		const { runId } = await runs.run({ prompts: ['old', 'new'], cases: 60 });
		for (const [width, height] of [
			[500, 400],
			[320, 800],
		] as const) {
			const host = await open({ context: runs.context, run: runId, width, height });
			await rowOf(host, 1).waitFor();
			await photograph(host.page, `report ${width} wide`);
			const shown = await host.page.evaluate(() => document.documentElement.scrollWidth);
			assert.ok(shown <= width, `${shown} pixels wide`);
			assert.deepEqual(await axeViolations(host.page), []);
			await rowOf(host, 0).click();
			await host.page.locator('.below-answer').first().waitFor();
			await photograph(host.page, `report case ${width} wide`);
		}
	});
});
