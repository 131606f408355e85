// A suite of 1,000 cases with one assertion each against a server that takes 20 ms, 10 at once: time by the clock against
// the 2.0 s that the server alone takes, processor time and memory of a process of its own, next to the official SDK alone;
// and the time from Stop to the last closed socket with 50 requests in flight. The best of five processes, since a busy
// machine only ever adds. Then what a trial that has ended leaves in memory, from runs of 2,000 and 20,000 without a server.
// PROMPTFOO_FOLDER names a folder where `npm install promptfoo` was run, for its figures side by side.
import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { runSuite } from '../../src/suites/runSuite.ts';
import type { RunFiles, RunLog } from '../../src/suites/suiteContext.ts';
import { until } from '../support/eventually.ts';
import { AnsweringModels } from '../support/suites/answeringModels.ts';
import type { ChildFigures } from '../support/suites/benchChild.ts';
import { promptfooFigures } from '../support/suites/promptfooFigures.ts';
import { suiteContext, suiteUri } from '../support/suites/suiteContext.ts';
import { projectRoot } from '../support/vscode/projectRoot.ts';
import { WireServer } from '../support/wire/wireServer.ts';

const cases = 1000;
const atOnce = 10;
const latencyMs = 20;
const idealMs = (cases / atOnce) * latencyMs;
const budgets = { wall: 1.15 * idealMs, cpu: 2000, peak: 120, stop: 100, left: 600 };
const rounds = 5;

const folder = await mkdtemp(join(tmpdir(), 'suite-bench-'));
const wire = await WireServer.start();
try {
	const children = ['benchChild', 'sdkChild'] as const;
	const child = join(folder, 'benchChild.mjs');
	await build({
		entryPoints: children.map((name) => join(projectRoot, `test/support/suites/${name}.ts`)),
		outdir: folder,
		outExtension: { '.js': '.mjs' },
		minify: true,
		bundle: true,
		platform: 'node',
		format: 'esm',
		logLevel: 'error',
		banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
	});
	wire.always('chat', [{ pauseMs: latencyMs }, ...wire.script.chat({ text: 'Hello.' })]);
	const runs: ChildFigures[] = [];
	const bare: ChildFigures[] = [];
	for (let round = 0; round < rounds; round++) {
		runs.push(await ownRun(child, [wire.baseUrl, `${cases}`, `${atOnce}`, '0']));
		bare.push(await ownRun(join(folder, 'sdkChild.mjs'), [wire.baseUrl, `${cases}`, `${atOnce}`]));
	}
	const leastOf = (of: ChildFigures[], figure: keyof ChildFigures) => Math.min(...of.map((run) => run[figure]));
	const least = (figure: keyof ChildFigures) => leastOf(runs, figure);
	line(`${cases} cases, ${atOnce} at once`, least('wall'), 'ms', budgets.wall);
	line('processor time', least('cpu'), 'ms', budgets.cpu);
	line('peak of the heap', least('heap'), 'MB', budgets.peak);
	console.log(
		`  ${'peak of resident memory, most of it room that the engine keeps'.padEnd(60)} ${least('peak').toFixed(0)} MB`,
	);
	const [wall, cpu, peak] = (['wall', 'cpu', 'peak'] as const).map((figure) => leastOf(bare, figure).toFixed(0));
	console.log(
		`  ${'the same requests with the official SDK alone'.padEnd(60)} ${wall} ms, processor ${cpu} ms, ${peak} MB`,
	);
	if (runs.some(({ passed }) => passed !== cases)) {
		console.log('✘ not every case passed');
		process.exitCode = 1;
	}
	const stops: number[] = [];
	for (let round = 0; round < rounds; round++) {
		stops.push(await stopOnce(child));
	}
	line('Stop to closed sockets, 50 in flight', Math.min(...stops), 'ms', budgets.stop);
	const [few, many] = [await heapDuring(2_000), await heapDuring(20_000)];
	line('what each ended trial leaves in memory', Math.max(0, many - few) / 18_000, 'bytes', budgets.left);
	await promptfooFigures(wire, folder, { cases, atOnce, latencyMs });
} finally {
	await wire.stop();
	await rm(folder, { recursive: true, force: true });
}

function line(name: string, value: number, unit: string, budget: number): void {
	const within = value <= budget;
	console.log(`${within ? ' ' : '✘'} ${name.padEnd(60)} ${value.toFixed(0)} ${unit}  (within ${budget.toFixed(0)})`);
	if (!within) {
		process.exitCode = 1;
	}
}

function ownRun(child: string, args: string[], onStart?: (stop: () => void) => void): Promise<ChildFigures> {
	return new Promise((resolve, reject) => {
		// Without the options of this process: they would be measured too.
		const started = fork(child, args, { execArgv: [] });
		let figures: ChildFigures | undefined;
		started.on('message', (message) => (figures = message as ChildFigures));
		started.on('error', reject);
		started.on('exit', (code) =>
			figures ? resolve(figures) : reject(new Error(`The process ended with ${code}`)),
		);
		onStart?.(() => started.send('stop'));
	});
}

/** Milliseconds from the Stop to the last closed socket. */
async function stopOnce(child: string): Promise<number> {
	wire.reset();
	wire.always('chat', wire.script.chat({ text: 'Hello.', hold: { after: 'text', name: 'never' } }));
	let stop: () => void = () => undefined;
	const running = ownRun(child, [wire.baseUrl, '200', '50', '1'], (given) => (stop = given));
	await until(() => wire.holding === 50, '50 requests');
	stop();
	const { stoppedAt } = await running;
	await until(() => wire.requests.every(({ leftAt }) => leftAt !== undefined), 'closed sockets');
	return Math.max(...wire.requests.map(({ leftAt = 0 }) => performance.timeOrigin + leftAt)) - stoppedAt;
}

/** The live heap at the end of a run of one case, in bytes: nothing but the order of the trials may grow with their number. */
async function heapDuring(repeat: number): Promise<number> {
	const models: AnsweringModels = new AnsweringModels(async () => {
		// What the test itself remembers.
		models.requests.length = 0;
		// Weak references hold their targets until the next turn of the event loop, which a server would bring.
		await new Promise((resolve) => setImmediate(resolve));
		return 'Hello.'.repeat(100);
	});
	const context = suiteContext(models);
	const log: RunLog = { append: async () => undefined, close: async () => undefined };
	const files: RunFiles = { ...context.files, create: async () => log };
	const repeated = Math.ceil(repeat / 1000);
	const list = Array.from({ length: repeated }, (_, index) => `  - { name: c${index}, query: q, repeat: 1000 }`);
	const text = `prompt: draft:a\nmodels: own/m\ncases:\n${list.join('\n')}`;
	let heap = 0;
	for await (const event of runSuite({ ...context, files }, { uri: suiteUri, name: 'heap', text, format: 'yaml' })) {
		if (event.type === 'run') {
			globalThis.gc?.();
			heap = process.memoryUsage().heapUsed;
		}
	}
	return heap;
}
