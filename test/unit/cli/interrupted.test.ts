import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeFiles } from '../../../src/disk/nodeFiles.ts';
import { openRunFiles } from '../../../src/suites/runFiles.ts';
import { packageCli } from '../../support/cli/package.ts';
import { CliFolder, providersFile, suiteText } from '../../support/cli/testTerminal.ts';
import { until } from '../../support/eventually.ts';
import { announcedRandom } from '../../support/random.ts';
import { sleep } from '../../support/sleep.ts';
import { projectRoot } from '../../support/vscode/projectRoot.ts';
import { WireServer } from '../../support/wire/wireServer.ts';

const cases = 60;
const atOnce = 4;
const rounds = 2;
const interruptions = 6;
/** Of the run itself, which takes about as long. */
const longestMs = 600;

interface Report {
	run: {
		status: string;
		done: number;
		calls: number;
		variants: { passed: number; failed: number; errors: number }[];
	};
	trials: { case: { name: string }; verdict: string }[];
}

describe('a command line that is interrupted at random moments', function () {
	this.timeout(300_000);
	let wire: WireServer;
	let folder: CliFolder;

	before(async () => void (await packageCli()));
	beforeEach(async () => {
		wire = await WireServer.start();
		wire.always('chat', [{ pauseMs: 40 }, ...wire.script.chat({ text: 'Hello.' })]);
		folder = await CliFolder.make({
			'prompt.md': 'Be brief.',
			'providers.json': providersFile(wire.baseUrl),
			'a.prompttest.yaml': suiteText(cases),
		});
	});
	afterEach(async () => {
		await wire.stop();
		await folder.remove();
	});

	const start = (...more: string[]): ChildProcess =>
		spawn(
			process.execPath,
			[
				...[join(projectRoot, 'out', 'cli', 'prompt-workshop.js'), 'run', 'a.prompttest.yaml'],
				...['--providers', 'providers.json', '--concurrency', String(atOnce), '--out', 'r.json', ...more],
			],
			{ cwd: folder.path, stdio: 'ignore' },
		);
	/** A signal that comes before the program can handle it ends the process, which a shell calls 130 too. */
	const codeOf = async (child: ChildProcess) => {
		const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
		return code ?? (signal === 'SIGINT' ? 130 : signal);
	};
	const askedFrom = (first: number) =>
		wire.requests.slice(first).map(({ text }) => /Question (\d+)/.exec(text)?.[1] ?? '');
	/** Numbers of the cases whose answers are durable. */
	const stored = async () => {
		const files = openRunFiles(join(folder.path, '.prompt-workshop'), nodeFiles);
		const found: string[] = [];
		for (const runId of await files.list()) {
			found.push(...(await files.trials(runId)).map(({ case: { name } }) => name.slice(1)));
		}
		return found;
	};

	for (let round = 1; round <= rounds; round++) {
		it(`asks for nothing twice that was answered, and counts right (round ${round})`, async () => {
			const random = announcedRandom();
			// Each round has a sequence of its own.
			Array.from({ length: 100 * round }, random);
			let times = 0;
			for (; times < interruptions; times++) {
				const signal = random() < 0.6 ? 'SIGINT' : 'SIGKILL';
				const before = await stored();
				const first = wire.requests.length;
				const child = start(...(times === 0 ? [] : ['--resume']));
				const code = codeOf(child);
				// A process that has just begun, or one that asks: some machines take a second to start one.
				const isEarly = random() < 0.3;
				const hasAsked = () => isEarly || wire.requests.length > first || child.exitCode !== null;
				await Promise.race([code, until(hasAsked, 'the first request')]);
				await Promise.race([code, sleep(random() * longestMs, 'a moment by chance')]);
				const isRunning = child.exitCode === null;
				child.kill(signal);
				const ended = await code;
				assert.ok(ended === 0 || ended === (signal === 'SIGINT' ? 130 : signal), `${signal}: ${ended}`);
				const again = askedFrom(first).filter((number) => before.includes(number));
				assert.deepEqual(again, [], `asked again after ${signal}`);
				if (!isRunning) {
					break;
				}
			}
			const before = await stored();
			assert.ok(before.length > 0, 'no interruption came in the middle of the run');
			const first = wire.requests.length;
			assert.equal(await codeOf(start('--resume')), 0);
			assert.deepEqual(
				askedFrom(first).filter((number) => before.includes(number)),
				[],
			);
			const { run, trials } = JSON.parse(readFileSync(join(folder.path, 'r.json'), 'utf8')) as Report;
			assert.deepEqual([run.status, run.done], ['complete', cases]);
			assert.deepEqual(
				run.variants.map(({ passed, failed, errors }) => [passed, failed, errors]),
				[[cases, 0, 0]],
			);
			assert.equal(new Set(trials.map((one) => one.case.name)).size, cases);
			assert.equal(trials.length, cases);
			// What was in flight at an interruption, or answered in the last half second before a kill, may be asked again.
			assert.ok(wire.requests.length <= cases * (times + 1));
			assert.equal(new Set(askedFrom(0)).size, cases);
		});
	}
});
