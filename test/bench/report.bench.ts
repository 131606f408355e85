// What a report of 50,000 trials takes: until the page shows the run, until it shows all that the trials say, and frames
// while its 25,000 cases are scrolled. The page is the built one outside VS Code, over the real files of a run.
// `--quick`: a tenth of the trials.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeFiles } from '../../src/disk/nodeFiles.ts';
import { openRunFiles } from '../../src/suites/runFiles.ts';
import { plannedRunFixture } from '../support/suites/plannedRunFixture.ts';
import { runFixture } from '../support/suites/runFixture.ts';
import { runIdOf, storedTrial } from '../support/suites/storedTrial.ts';
import { sleep } from '../support/sleep.ts';
import { launchBrowser } from '../support/vscode/browser.ts';
import { reportFigures, watchPage } from '../support/webview/pageFigures.ts';
import { openReportPage, type ReportHost } from '../support/webview/reportHost.ts';

const cases = process.argv.includes('--quick') ? 2_500 : 25_000;
/** Milliseconds until the verdict of the run and its variants are seen. */
const firstPaintBudget = 500;
/** Milliseconds until the comparison and the cases are, which need every trial. */
const casesBudget = 500;

const runId = runIdOf(1);
const labels = ['first', 'second'];
const hashOf = (index: number) => String(index).padStart(64, 'a');
const folder = await mkdtemp(join(tmpdir(), 'report-bench-'));
const files = openRunFiles(folder, nodeFiles, { groupMs: 0, copyFrom: 5_000 });
const browser = await launchBrowser();

async function store() {
	const planned = plannedRunFixture(cases);
	const [variant] = planned.variants;
	if (!variant) {
		throw new Error('The plan has no variant.');
	}
	const plan = {
		...planned,
		variants: labels.map((label) => ({ ...variant, label })),
		cases: planned.cases.map((one, index) => ({ ...one, hash: hashOf(index) })),
	};
	const log = await files.create({ format: 1, runId, suite: 'file:///a', suiteText: 'cases: []', plan });
	for (let begin = 0; begin < 2 * cases; begin += 500) {
		const numbers = Array.from({ length: 500 }, (_, index) => begin + index);
		await Promise.all(numbers.map((number) => log.append(trial(number))));
	}
	await log.close();
	const run = runFixture({ runId, trials: 2 * cases, done: 2 * cases });
	const [row] = run.variants;
	const counts = { passed: (cases * 2) / 3, failed: cases / 3, rate: 2 / 3, worth: cases };
	return { ...run, variants: row ? labels.map((label) => ({ ...row, label, ...counts })) : [] };
}

function trial(number: number) {
	const index = Math.floor(number / 2);
	return storedTrial(number, {
		trialId: `${runId}-${number}`,
		case: { name: `case ${index}`, hash: hashOf(index), index },
		variant: labels[number % 2] ?? '',
		repeat: 1,
	});
}

function report(name: string, milliseconds: number, budget: number): void {
	const isOver = milliseconds > budget;
	process.exitCode = isOver ? 1 : (process.exitCode ?? 0);
	console.log(`${isOver ? '✘' : ' '} ${name.padEnd(70)} ${milliseconds.toFixed(0)} ms, budget ${budget}`);
}

/** Milliseconds, by the clock of the page from its start on, until something is drawn. */
function drawnAt({ page }: ReportHost, selector: string): Promise<number> {
	return page
		.waitForFunction(
			(wanted) =>
				new Promise<number>((resolve) => {
					const look = () =>
						document.querySelector(wanted) ? resolve(performance.now()) : requestAnimationFrame(look);
					look();
				}),
			selector,
		)
		.then((handle) => handle.jsonValue());
}

try {
	const run = await store();
	const records = { put: async () => undefined, get: async () => run, list: async () => [run] };
	const open = () => openReportPage(browser, { context: { records, files }, run: runId, minify: true });
	const host = await open();
	await drawnAt(host, '.history-row[data-key]');
	const times: { first: number; all: number }[] = [];
	for (let round = 0; round < 5; round++) {
		// As a panel does that is opened: nothing is known.
		host.report.changed();
		await host.page.reload({ waitUntil: 'commit' });
		const [first, all] = await Promise.all([
			drawnAt(host, '.rates .interval'),
			drawnAt(host, '.history-row[data-key]'),
		]);
		times.push({ first, all });
	}
	await host.page.context().close();
	const middle = (pick: (time: (typeof times)[number]) => number) => times.map(pick).sort((a, b) => a - b)[2] ?? NaN;
	const size = `${(2 * cases).toLocaleString('en')} trials`;
	report(
		`${size}: the run and its variants are shown`,
		middle(({ first }) => first),
		firstPaintBudget,
	);
	report(
		`${size}: the comparison and the cases are shown`,
		middle(({ all }) => all),
		casesBudget,
	);

	const { page } = await open();
	await page.locator('.history-row[data-key]').first().waitFor();
	await page.locator('.scroll').hover();
	const scrolled = await watchPage(browser, page, async () => {
		for (let index = 0; index < 120; index++) {
			await page.mouse.wheel(0, 900);
			await sleep(16, 'the rhythm of a wheel');
		}
	});
	if (!reportFigures(`${cases.toLocaleString('en')} cases scrolled`, scrolled)) {
		process.exitCode = 1;
	}
} finally {
	await browser.close();
	await rm(folder, { recursive: true, force: true });
}
