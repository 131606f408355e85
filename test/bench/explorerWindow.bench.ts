// The Test Explorer in a window of VS Code: from the click that expands a suite of 1, 1,000 and 20,000 cases until the screen is
// painted with its rows, and until all of them are known; and the longest task of the extension host while a suite of 1,000 cases runs
// against a server. The window and the server share the machine's cores. A number over its budget ends the process with 1.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../support/eventually.ts';
import { projectRoot } from '../support/vscode/projectRoot.ts';
import { packageExtension } from '../support/vscode/package.ts';
import { TestExplorerView } from '../support/vscode/testExplorerView.ts';
import { startUiSession } from '../support/vscode/uiSession.ts';
import { wireSettings } from '../support/vscode/wireSettings.ts';
import { WireServer } from '../support/wire/wireServer.ts';

const later = 150;
const largest = 1_500;
const longestTask = 50;
const rounds = 3;

await packageExtension();
const wire = await WireServer.start();
const delayFile = join(tmpdir(), `prompt-workshop-delay-${process.pid}`);
const session = await startUiSession({
	settings: wireSettings(wire),
	extensionFolders: [join(projectRoot, 'test', 'support', 'delayProbe')],
	env: { DELAY_FILE: delayFile },
});

/** A suite is read once, so each round has its own. */
const nameOf = (cases: number, round: number) => `${cases}-${round}.prompttest.yaml`;

async function writeSuites(): Promise<void> {
	await writeFile(join(session.workspace, 'brief.md'), 'Be brief.');
	for (const cases of [1, 1_000, 20_000]) {
		for (let round = 0; round < rounds; round++) {
			await writeFile(join(session.workspace, nameOf(cases, round)), suiteOf(cases));
		}
	}
}

function suiteOf(cases: number): string {
	const list = Array.from({ length: cases }, (_, index) => {
		const assert = 'assert: [{ type: contains, value: Hello }]';
		return `  - { name: "case ${index}", query: "question ${index}", ${assert} }\n`;
	});
	return `prompt: file:brief.md\nmodels: wire/chat-wire\ncases:\n${list.join('')}`;
}

await writeSuites();
try {
	const workbench = await session.openWindow();
	const { page } = workbench;
	const explorer = new TestExplorerView(workbench);
	await explorer.open();
	await explorer.expand('sample-workspace');

	/** Milliseconds from the mouse button until a frame shows rows, and until one shows a row that has so many siblings. */
	const expanded = async (cases: number, round: number): Promise<Record<'painted' | 'complete', number>> => {
		const path = ['sample-workspace', nameOf(cases, round)];
		const row = await explorer.row(...path);
		await page.evaluate((size) => {
			const shown = (selector: string, from: number) =>
				new Promise<number>((resolve) => {
					const look = () =>
						requestAnimationFrame(() =>
							document.querySelector(selector) === null
								? look()
								: requestAnimationFrame(() => resolve(performance.now() - from)),
						);
					look();
				});
			const times = new Promise<Record<'painted' | 'complete', number>>((resolve) => {
				const watch = async () => {
					const from = performance.now();
					const rows = '.test-explorer [aria-level="3"]';
					const [painted, complete] = await Promise.all([
						shown(rows, from),
						shown(`${rows}[aria-setsize="${size}"]`, from),
					]);
					resolve({ painted, complete });
				};
				addEventListener('mousedown', () => void watch(), { capture: true, once: true });
			});
			Object.assign(window, { times });
		}, cases);
		await row.locator('.monaco-tl-twistie').click();
		const taken = await page.evaluate(() => (window as unknown as { times: ReturnType<typeof expanded> }).times);
		await explorer.collapse(...path);
		return taken;
	};
	/** The median until rows are painted. */
	const median = async (cases: number): Promise<number> => {
		const times: number[] = [];
		for (let round = 0; round < rounds; round++) {
			const { painted, complete } = await expanded(cases, round);
			console.log(`  ${cases} cases: painted ${painted.toFixed(0)} ms, all known ${complete.toFixed(0)} ms`);
			times.push(painted);
		}
		return times.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? NaN;
	};
	/** The longest task in milliseconds while a suite runs. */
	const runs = async (cases: number): Promise<Record<'clock' | 'processor', number>> => {
		await workbench.runCommand('Delay Probe: Start');
		const row = await explorer.row('sample-workspace', nameOf(cases, 0));
		await workbench.contextMenu(row, 'Run Test');
		await workbench.answerDialog(/^Run$/);
		await row.and(page.locator(`:has-text("${cases} of ${cases}")`)).waitFor({ timeout: 120_000 });
		await workbench.runCommand('Delay Probe: Stop');
		return eventually(
			async () => JSON.parse(await readFile(delayFile, 'utf8')) as Awaited<ReturnType<typeof runs>>,
		);
	};

	const one = await median(1);
	const thousand = await median(1_000);
	line('1,000 cases are painted later than one', thousand - one, later);
	line('20,000 cases are painted', await median(20_000), largest);
	// What is loaded on demand is there after it.
	await runs(1);
	const { clock, processor } = await runs(1_000);
	console.log(`  the longest task while 1,000 cases run, by the clock: ${clock.toFixed(0)} ms`);
	line('the longest task of the extension host while 1,000 cases run', processor, longestTask);
} finally {
	await session.close();
	await wire.stop();
	await rm(delayFile, { force: true });
}

function line(name: string, value: number, budget: number): void {
	const met = value <= budget;
	console.log(`${met ? 'met   ' : 'MISSED'} ${name}: ${value.toFixed(0)} ms, at most ${budget} ms`);
	if (!met) {
		process.exitCode = 1;
	}
}
