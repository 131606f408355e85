// The installed command line: the time to its first line; 1,000 cases against a server that takes 20 ms, 10 at once, as a
// whole process; and the memory that
// grading 1,000 and 100,000 recorded answers, and their reports, take. The best of several processes,
// since a busy machine only ever adds. PROMPTFOO_FOLDER names a folder where `npm install promptfoo` was run, for its figures.
import { fork, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeFiles } from '../../src/disk/nodeFiles.ts';
import { openRunFiles } from '../../src/suites/runFiles.ts';
import { packageCli } from '../support/cli/package.ts';
import { providersFile, suiteText } from '../support/cli/testTerminal.ts';
import { promptfooFigures } from '../support/suites/promptfooFigures.ts';
import { plannedRunFixture } from '../support/suites/plannedRunFixture.ts';
import { runFixture } from '../support/suites/runFixture.ts';
import { storedTrial } from '../support/suites/storedTrial.ts';
import { projectRoot } from '../support/vscode/projectRoot.ts';
import { WireServer } from '../support/wire/wireServer.ts';

const cases = 1000;
const atOnce = 10;
const latencyMs = 20;
/** Milliseconds; the server alone takes 2,000. */
const budgets = { firstLine: 150, run: 1.15 * ((cases / atOnce) * latencyMs) + 500, memory: 1.5 };
const rounds = 5;

const main = join(projectRoot, 'out', 'cli', 'prompt-workshop.js');
const folder = await mkdtemp(join(tmpdir(), 'cli-bench-'));
const wire = await WireServer.start();
try {
	await packageCli();
	const firstLines: number[] = [];
	for (let round = 0; round < 2 * rounds; round++) {
		firstLines.push((await timed([main, '--version'])).firstByte);
	}
	line('first line', Math.min(...firstLines), 'ms', budgets.firstLine);

	wire.always('chat', [{ pauseMs: latencyMs }, ...wire.script.chat({ text: 'Hello.' })]);
	await writeFile(join(folder, 'prompt.md'), 'Be brief.');
	await writeFile(join(folder, 'providers.json'), providersFile(wire.baseUrl));
	await writeFile(join(folder, 'a.prompttest.yaml'), suiteText(cases));
	const runs: number[] = [];
	for (let round = 0; round < rounds; round++) {
		const args = ['run', 'a.prompttest.yaml', '--providers', 'providers.json', '--out', 'report.json'];
		const { wall, code } = await timed([main, ...args]);
		runs.push(wall);
		if (code !== 0) {
			console.log(`✘ the run ended with ${code}`);
			process.exitCode = 1;
		}
	}
	line(`${cases} cases as a process, with a report`, Math.min(...runs), 'ms', budgets.run);
	const peaks: number[] = [];
	for (const trials of [1_000, 100_000]) {
		peaks.push(await exportPeak(trials));
	}
	const [few = 1, many = 0] = peaks;
	console.log(
		`  ${`all reports of 1,000 and of 100,000 answers`.padEnd(60)} ${few.toFixed(0)} MB, ${many.toFixed(0)} MB`,
	);
	line('ratio of their memory', many / few, 'times', budgets.memory);
	const graded: number[] = [];
	for (const recorded of [1_000, 100_000]) {
		graded.push(await gradePeak(recorded));
	}
	const megabytes = graded.map((peak) => `${peak.toFixed(0)} MB`).join(', ');
	console.log(`  ${'grading 1,000 and 100,000 recorded answers, as processes'.padEnd(60)} ${megabytes}`);
	const [fewGraded = 1, manyGraded = 0] = graded;
	line('ratio of their memory', manyGraded / fewGraded, 'times', budgets.memory);
	await promptfooFigures(wire, folder, { cases, atOnce, latencyMs });
} finally {
	await wire.stop();
	await rm(folder, { recursive: true, force: true });
}

function line(name: string, value: number, unit: string, budget: number): void {
	const within = value <= budget;
	const digits = budget < 10 ? 2 : 0;
	console.log(
		`${within ? ' ' : '✘'} ${name.padEnd(60)} ${value.toFixed(digits)} ${unit}  (within ${budget.toFixed(digits)})`,
	);
	if (!within) {
		process.exitCode = 1;
	}
}

function timed(args: string[]): Promise<{ firstByte: number; wall: number; code: number | null; out: string }> {
	return new Promise((resolve, reject) => {
		const start = performance.now();
		let firstByte = Infinity;
		let out = '';
		const child = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
		child.stdout.setEncoding('utf8').on('data', (text: string) => {
			firstByte = Math.min(firstByte, performance.now() - start);
			out += text;
		});
		child.on('error', reject);
		child.on('close', (code) => resolve({ firstByte, wall: performance.now() - start, code, out }));
	});
}

/** The peak of the resident memory of a process that grades so many recorded answers of a case file, in MB. */
async function gradePeak(recorded: number): Promise<number> {
	const rows = Array.from({ length: recorded }, (_, index) => {
		const query = `What is the state of order ${index}? It was placed last week and should be here by now.`;
		const output = `Order ${index} has left the warehouse and will be with you shortly.`;
		return `${JSON.stringify({ name: `case ${index}`, query, expected: `Order ${index}`, output })}\n`;
	});
	await writeFile(join(folder, 'cases.jsonl'), rows.join(''));
	const defaults = 'defaults: { assert: [{ type: contains, value: "{{expected}}" }] }';
	await writeFile(join(folder, 'recorded.prompttest.yaml'), `${defaults}\ncases: [{ file: cases.jsonl }]\n`);
	const tell = "process.on('exit', () => console.log('peak ' + process.resourceUsage().maxRSS))";
	const { out } = await timed([
		`--import=data:text/javascript,${encodeURIComponent(tell)}`,
		main,
		'grade',
		'recorded.prompttest.yaml',
	]);
	const [, peak = NaN] = /^peak (\d+)$/m.exec(out) ?? [];
	return Number(peak) / 1024;
}

/** The peak of the resident memory of a process that writes every report, in MB. */
async function exportPeak(trials: number): Promise<number> {
	const place = join(folder, String(trials));
	const { runId } = runFixture();
	const files = openRunFiles(place, nodeFiles, { groupMs: 0 });
	const plan = plannedRunFixture(trials);
	const log = await files.create({ format: 1, runId, suite: 'file:///a', suiteText: 'cases: []', plan });
	for (let from = 0; from < trials; from += 1_000) {
		const numbers = Array.from({ length: Math.min(1_000, trials - from) }, (_, index) => from + index);
		await Promise.all(
			numbers.map((number) =>
				log.append(
					storedTrial(number, {
						trialId: `${runId}-${number}`,
						case: { name: `case ${number}`, hash: 'c'.repeat(64), index: number },
						variant: 'claude-sonnet',
					}),
				),
			),
		);
	}
	await log.close();
	return new Promise((resolve, reject) => {
		const child = fork(join(projectRoot, 'test/support/cli/exportChild.ts'), [place], { execArgv: [] });
		child.on('message', (message) => resolve((message as { peak: number }).peak));
		child.on('error', reject);
		child.on('exit', (code) => reject(new Error(`The process ended with ${code}`)));
	});
}
