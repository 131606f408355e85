import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeFiles } from '../../src/disk/nodeFiles.ts';
import { openStore } from '../../src/storage/openStore.ts';
import { type StoredRunFiles, openRunFiles } from '../../src/suites/runFiles.ts';
import { suiteRun } from '../support/storage/everyMethod.ts';
import { loadSqlJs } from '../support/storage/sql.ts';
import { time } from '../support/storage/testStore.ts';
import { runIdOf, runPins, storedTrial } from '../support/suites/storedTrial.ts';

/**
 * What the trials of suites cost: one run of 100,000, and another 100,000 of 100 runs. Times in
 * milliseconds, memory in MB; a time that is over its budget ends the process with 1. About a minute, `--quick` a tenth.
 */
const scale = process.argv.includes('--quick') ? 0.1 : 1;
const largest = 100_000 * scale;
const otherRuns = 100;
const perRun = (100_000 / otherRuns) * scale;
const folder = await mkdtemp(join(tmpdir(), 'suites-bench-'));
const runs = openRunFiles(folder, nodeFiles, { groupMs: 0, copyFrom: 5_000 });
const store = await openStore({ folder, files: nodeFiles, initSqlJs: loadSqlJs, now: () => new Date(time) });

function memory(): number {
	globalThis.gc?.();
	const { heapUsed, external } = process.memoryUsage();
	return (heapUsed + external) / 1024 / 1024;
}

async function fill(files: StoredRunFiles, number: number, count: number): Promise<void> {
	const runId = runIdOf(number);
	const log = await files.create(runPins(runId));
	for (let done = 0; done < count; done += 500) {
		const some = Array.from({ length: Math.min(500, count - done) }, (_, index) => storedTrial(done + index));
		await Promise.all(some.map((trial) => log.append(trial)));
	}
	await log.close();
	await store.write((repositories) =>
		repositories.runs.put(suiteRun({ runId, status: 'complete', trials: count, done: count })),
	);
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

function report(name: string, value: number, budget: number, unit: string): void {
	const isOver = value > budget;
	process.exitCode = isOver ? 1 : (process.exitCode ?? 0);
	console.log(
		`${name.padEnd(58)} ${value.toFixed(1).padStart(8)} ${unit}, budget ${budget}${isOver ? '   OVER' : ''}`,
	);
}

try {
	const before = memory();
	const began = performance.now();
	await fill(runs, 0, largest);
	for (let number = 1; number <= otherRuns; number++) {
		await fill(runs, number, perRun);
	}
	const total = largest + otherRuns * perRun;
	console.log(`${total} trials stored in ${((performance.now() - began) / 1000).toFixed(1)} s`);
	report('memory that the store has taken for them', memory() - before, 40, 'MB');
	report(`${otherRuns + 1} runs listed`, await timeOf(() => store.read((all) => all.runs.list())), 100, 'ms');
	report(`the summaries of a run of ${largest} trials`, await timeOf(() => runs.trials(runIdOf(0))), 500, 'ms');
	report('one complete trial of it', await timeOf(() => runs.trial(runIdOf(0), `trial-${largest - 9}`)), 200, 'ms');
	const base = memory();
	const summaries = await runs.trials(runIdOf(0));
	report(`memory of ${summaries.length} summaries`, memory() - base, 120, 'MB');
	const resumed = await runs.open(runIdOf(0));
	const appended = performance.now();
	await resumed.log.append(storedTrial(largest));
	report('a trial durable after a resume', performance.now() - appended, 500, 'ms');
	await resumed.log.close();
} finally {
	await store.close();
	await rm(folder, { recursive: true, force: true });
}
