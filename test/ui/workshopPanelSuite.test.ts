import assert from 'node:assert/strict';
import { batchPlanText } from '../../src/common/batchText.ts';
import { AppError } from '../../src/common/errors.ts';
import { runFixture, trialFixture } from '../support/suites/runFixture.ts';
import { axeViolations } from '../support/webview/axe.ts';
import { photograph } from '../support/webview/photograph.ts';
import { scrollSettled } from '../support/webview/scrollSettled.ts';
import type { ThemeName } from '../support/webview/themes.ts';
import type { WorkshopHost } from '../support/webview/workshopHost.ts';
import { workshopPages } from '../support/webview/workshopPages.ts';
import { SuiteFixture } from '../support/webview/workshopSuite.ts';

const running = (done: number) =>
	runFixture({
		runId: '33333333-3333-4333-8333-333333333333',
		status: 'running',
		trials: 40,
		done,
		passed: done,
		endedAt: null,
	});

describe('the suite in the Workshop panel', () => {
	const open = workshopPages();
	const openSuite = async (
		suite: SuiteFixture,
		answers: Parameters<typeof open>[1] = {},
		options: Parameters<typeof open>[2] = {},
	): Promise<WorkshopHost> => {
		const host = await open({}, { ...suite.answers, ...answers }, options);
		await host.page.getByRole('tab', { name: 'Suite' }).click();
		return host;
	};
	const rowOf = (host: WorkshopHost, index: number) =>
		host.page.locator(`.history-row[data-key="${index}"] .case-main`);

	it('is offered to a draft that has none', async () => {
		const host = await openSuite(new SuiteFixture(0, { uri: null, runs: [] }));
		await host.page.getByRole('button', { name: 'New Suite' }).click();
		await host.waitForCall('newSuite');
	});

	it('lists cases with verdicts, and shows those of a filter', async () => {
		const host = await openSuite(new SuiteFixture(30));
		await rowOf(host, 1).getByText('passed').waitFor();
		await rowOf(host, 3).getByText('Expected the answer to contain "shipping"').waitFor();
		await host.page.getByRole('combobox', { name: 'Filter by verdict' }).selectOption('fail');
		await host.page.getByText('9 of 30 cases').waitFor();
		await rowOf(host, 1).waitFor({ state: 'detached' });
		await host.page.getByRole('searchbox', { name: 'Filter by text' }).fill('case 27');
		await host.page.getByText('1 of 30 cases').waitFor();
	});

	it('opens a case with its answer, its assertions and their reasons, and returns to the list', async () => {
		const host = await openSuite(new SuiteFixture(30));
		await rowOf(host, 3).click();
		await host.page.getByRole('heading', { name: 'case 3' }).waitFor();
		await host.page.getByText('The answer contains "sorry"').waitFor();
		await host.page.getByText('Your parcel is with the').waitFor();
		await host.page.getByText('get_order').first().waitFor();
		await host.page.getByRole('button', { name: 'Show Request' }).click();
		await host.waitForCall('showTrialRequest');
		await host.page.getByRole('button', { name: 'Bisect Failing Case' }).click();
		const { runId } = runFixture();
		await host.expectCall('bisect', { runId, trialId: trialFixture().trialId });
		await host.page.keyboard.press('Escape');
		await rowOf(host, 3).waitFor();
		// A case that passed has nothing to search for.
		await rowOf(host, 1).click();
		await host.page.getByRole('heading', { name: 'case 1' }).waitFor();
		await host.page.getByRole('button', { name: 'Show Request' }).waitFor();
		assert.equal(await host.page.getByRole('button', { name: 'Bisect Failing Case' }).count(), 0);
	});

	it('compares two sides, and can do nothing else until they are chosen', async () => {
		let start = () => undefined as void;
		const chosen = new Promise<null>((resolve) => (start = () => resolve(null)));
		const host = await openSuite(new SuiteFixture(30), { runAb: () => chosen });
		const button = host.page.getByRole('button', { name: 'Run A/B Test' });
		await button.click();
		await host.waitForCall('runAb');
		assert.equal(await host.page.getByRole('button', { name: 'Run', exact: true }).isDisabled(), true);
		start();
		await host.page.locator('button.run:not([disabled])').waitFor();
	});

	it('shows a plan that needs consent, and starts it only then', async () => {
		const plan = 'Models: a/one\n40 answers. About $1.40, with prices of 2026-11-01.';
		const host = await openSuite(new SuiteFixture(40), {
			runSuite: async ({ confirmed }) =>
				confirmed ? { runId: '33333333-3333-4333-8333-333333333333' } : { plan, canBatch: false },
		});
		await host.page.getByRole('combobox', { name: 'How often each case is run' }).selectOption('3');
		await host.page.getByRole('button', { name: 'Run', exact: true }).click();
		await host.page.getByText('40 answers. About $1.40, with prices of 2026-11-01.').waitFor();
		await photograph(host.page, 'suite plan');
		await host.page.getByRole('button', { name: 'Cancel' }).click();
		await host.page.getByRole('button', { name: 'Run Failed' }).click();
		await host.page.getByRole('button', { name: 'Start' }).click();
		await host.expectCall('runSuite', {
			variant: null,
			repeat: 3,
			failedFrom: '11111111-1111-4111-8111-111111111111',
			batch: false,
			confirmed: true,
		});
	});

	it('offers a run as a batch, with both prices and what is asked one by one, and starts it from its plan', async () => {
		const batch = { isChosen: false, trials: 30, live: 10, hours: 24, costUsd: 0.8, liveCostUsd: 1.4 };
		const planOf = (isChosen: boolean) =>
			batchPlanText({ ...batch, isChosen }, (dollars) => `$${dollars.toFixed(2)}`);
		const host = await openSuite(new SuiteFixture(40), {
			runSuite: async ({ confirmed, batch: isChosen }) =>
				confirmed
					? { runId: '33333333-3333-4333-8333-333333333333' }
					: { plan: planOf(isChosen), canBatch: !isChosen },
		});
		const dialog = host.page.getByRole('alertdialog', { name: 'Plan of the run' });
		await host.page.getByRole('button', { name: 'Run', exact: true }).click();
		await dialog.getByText('It could run as a batch: about $0.80 instead of $1.40, up to 24 hours.').waitFor();
		await dialog.getByText('30 answers are part of it; 10 need several requests').waitFor();
		await dialog.getByRole('button', { name: 'Run as Batch' }).click();
		await dialog.getByText('As a batch: about $0.80 instead of $1.40').waitFor();
		await dialog.getByRole('button', { name: 'Run as Batch' }).waitFor({ state: 'detached' });
		await dialog.getByRole('button', { name: 'Start' }).click();
		const started = { variant: null, repeat: null, failedFrom: null, batch: true, confirmed: true };
		await host.expectCall('runSuite', started);
	});

	it('offers no batch where no provider has one, and says what a running one waits for', async () => {
		const suite = new SuiteFixture(40, { hasBatch: false });
		const host = await openSuite(suite);
		await rowOf(host, 1).waitFor();
		assert.equal(await host.page.getByRole('button', { name: 'Run as Batch' }).count(), 0);
		const waiting = { ...running(0), reason: 'Waiting for the batch: 12 of 40 done' };
		suite.change(host, { hasBatch: true, runs: [waiting, ...suite.view.runs], here: [waiting.runId] });
		await host.page.getByText('Waiting for the batch: 12 of 40 done').waitFor();
	});

	it('follows a run, stops it and resumes it', async () => {
		const suite = new SuiteFixture(40);
		const host = await openSuite(suite);
		await rowOf(host, 1).waitFor();
		const { runId } = running(0);
		suite.change(host, { runs: [running(12), ...suite.view.runs], here: [runId] });
		await host.page.getByText('12 of 40 answers').waitFor();
		await photograph(host.page, 'suite running');
		await host.page.getByRole('button', { name: 'Stop' }).click();
		await host.expectCall('stopSuite', { runId });
		const stopped = { ...running(13), status: 'stopped' as const };
		suite.change(host, { runs: [stopped, ...suite.view.runs.slice(1)], here: [] });
		await host.page.getByRole('button', { name: 'Resume' }).click();
		await host.expectCall('resumeSuite', { runId });
	});

	it('names the problems of its file, and opens their line', async () => {
		const problems = [{ line: 7, column: 3, message: 'There is no field "qury" here. Did you mean "query"?' }];
		const host = await openSuite(new SuiteFixture(2, { problems, problemCount: 1 }));
		await host.page.getByText('Did you mean "query"?').waitFor();
		await host.page.getByRole('button', { name: 'Line 7' }).click();
		await host.expectCall('openSuite', { line: 7 });
	});

	it('that cannot be read says why, with Retry, and does not keep the history from loading', async () => {
		const suite = new SuiteFixture(2);
		let fails = true;
		const host = await openSuite(suite, {
			suite: async () => {
				if (fails) {
					throw new AppError('storage', 'The disk is gone');
				}
				return suite.answers.suite();
			},
		});
		await host.page.getByText('The disk is gone').waitFor();
		await host.page.getByRole('tab', { name: 'History' }).click();
		await host.waitForCall('history');
		await host.page.getByRole('tab', { name: 'Suite' }).click();
		fails = false;
		await host.page.getByRole('button', { name: 'Retry' }).click();
		await rowOf(host, 1).waitFor();
	});

	it('fetches of 10,000 cases only those near the view', async () => {
		const suite = new SuiteFixture(10_000);
		const host = await openSuite(suite);
		await rowOf(host, 1).waitFor();
		assert.ok((await host.page.locator('.history-row').count()) < 60);
		await host.page.locator('.scroll').evaluate((node) => {
			node.scrollTop = node.scrollHeight / 2;
		});
		await scrollSettled(host.page, '.scroll');
		await rowOf(host, 5_001).waitFor();
		const fetched = suite.asked.reduce((sum, { count }) => sum + count, 0);
		assert.ok(fetched <= 400, `${fetched} rows were requested`);
	});

	for (const theme of ['dark', 'light', 'contrast-dark', 'contrast-light'] satisfies ThemeName[]) {
		it(`has no fault that axe finds, in ${theme}`, async () => {
			const suite = new SuiteFixture(30);
			const host = await openSuite(suite, {}, { theme });
			await rowOf(host, 1).waitFor();
			await photograph(host.page, `suite cases ${theme}`);
			assert.deepEqual(await axeViolations(host.page), []);
			await rowOf(host, 3).click();
			await host.page.getByText('The answer contains "sorry"').waitFor();
			await photograph(host.page, `suite case ${theme}`);
			assert.deepEqual(await axeViolations(host.page), []);
		});
	}

	it('is read in a narrow column', async () => {
		const host = await openSuite(new SuiteFixture(30), {}, { width: 320 });
		await rowOf(host, 1).waitFor();
		await photograph(host.page, 'suite cases narrow');
		const width = await host.page.evaluate(() => document.documentElement.scrollWidth);
		assert.ok(width <= 320, `${width} pixels wide`);
	});

	it('says of the built-in guide that it does not count', async () => {
		const run = runFixture({ passed: 2 });
		const variants = run.variants.map((variant) => ({ ...variant, isModel: false, model: 'offline/guide' }));
		const host = await openSuite(new SuiteFixture(2, { runs: [{ ...run, variants }] }));
		await host.page.getByText('not counted in any rate').waitFor();
	});
});
