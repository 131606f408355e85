// What the dashboard takes with 50,000 test results of 500 drafts and 100,000 trials in 200 runs: its first view, and the
// cases that fail most often, which need the trials of the newest runs and come after it. Milliseconds; a time over its
// budget ends the process with 1. `--quick`: a tenth.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeFiles } from '../../src/disk/nodeFiles.ts';
import { openStore } from '../../src/storage/openStore.ts';
import { dashboardRecords, type SuiteNames } from '../../src/suites/dashboard/dashboardRecords.ts';
import { dashboardView, newestRuns } from '../../src/suites/dashboard/dashboardView.ts';
import { failingCases } from '../../src/suites/dashboard/failingCases.ts';
import { openRunFiles } from '../../src/suites/runFiles.ts';
import { suiteRun, testResult } from '../support/storage/everyMethod.ts';
import { loadSqlJs } from '../support/storage/sql.ts';
import { time } from '../support/storage/testStore.ts';
import { runIdOf, runPins, storedTrial } from '../support/suites/storedTrial.ts';

const scale = process.argv.includes('--quick') ? 0.1 : 1;
const drafts = 500 * scale;
const testsPerDraft = 100;
const runs = 200 * scale;
const trialsPerRun = 500;
const names: SuiteNames = {
	uriOf: ({ ownerKind, ownerId }) => `own:${ownerKind}/${ownerId}`,
	isOwned: (uri) => uri.startsWith('own:'),
};
const filter = { folder: '', tag: '', model: '', days: 0 };

const folder = await mkdtemp(join(tmpdir(), 'dashboard-bench-'));
const store = await openStore({ folder, files: nodeFiles, initSqlJs: loadSqlJs, now: () => new Date(time) });
const files = openRunFiles(folder, nodeFiles, { groupMs: 0 });

async function fill(): Promise<void> {
	for (let draft = 1; draft <= drafts; draft++) {
		await store.write((all) => {
			const { id } = all.drafts.create({ draftName: `Draft ${draft}`, draftContent: 'Text', now: time });
			for (let test = 0; test < testsPerDraft; test++) {
				const usage = { inputTokens: 500, outputTokens: 80 };
				all.results.put(
					testResult({ testId: `${id}-${test}`, draftId: id, isModel: true, usage, userRating: 4 }),
				);
			}
		});
	}
	for (let number = 1; number <= runs; number++) {
		const runId = runIdOf(number);
		const log = await files.create(runPins(runId));
		await Promise.all(Array.from({ length: trialsPerRun }, (_, index) => log.append(storedTrial(index))));
		await log.close();
		const suite = names.uriOf({ ownerKind: 'draft', ownerId: 1 + (number % drafts) });
		await store.write((all) => all.runs.put(suiteRun({ runId, suite, status: 'complete' })));
	}
}

/** The median time of five calls. */
async function timeOf(work: () => Promise<unknown>): Promise<number> {
	const times: number[] = [];
	for (let round = 0; round < 5; round++) {
		const before = performance.now();
		await work();
		times.push(performance.now() - before);
	}
	return times.sort((a, b) => a - b)[2] ?? NaN;
}

function report(name: string, milliseconds: number, budget: number): void {
	const isOver = milliseconds > budget;
	process.exitCode = isOver ? 1 : (process.exitCode ?? 0);
	console.log(`${isOver ? '✘' : ' '} ${name.padEnd(70)} ${milliseconds.toFixed(0)} ms, budget ${budget}`);
}

try {
	await fill();
	const records = () => store.read((all) => dashboardRecords(all, '', names));
	const size = `${drafts * testsPerDraft} tests, ${runs} runs of ${runs * trialsPerRun} trials`;
	report(
		`${size}: the view`,
		await timeOf(async () => JSON.stringify(dashboardView(await records(), filter, new Date(time)))),
		400,
	);
	const newest = newestRuns(await records(), filter, new Date(time));
	report(`${size}: the failing cases`, await timeOf(() => failingCases(files, newest, () => false)), 1_500);
} finally {
	await store.close();
	await rm(folder, { recursive: true, force: true });
}
