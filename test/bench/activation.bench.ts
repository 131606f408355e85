// How much longer the extension takes to be activated than one that does nothing, in the same extension host: the
// medians of 20 windows, each with a host of its own, in alternating order. Options: --starts N.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { until } from '../support/eventually.ts';
import { launchBrowser } from '../support/vscode/browser.ts';
import { packageExtension } from '../support/vscode/package.ts';
import { projectRoot } from '../support/vscode/projectRoot.ts';
import { startServer } from '../support/vscode/server.ts';

const budgetMs = 60;
const { values } = parseArgs({ options: { starts: { type: 'string', default: '20' } } });
const starts = Number(values.starts);

type Taken = Record<'auspex.prompt-workshop' | 'auspex.empty-extension', number | null>;

const folder = await mkdtemp(join(tmpdir(), 'prompt-workshop-activation-'));
const file = join(folder, 'times');
const readTimes = async (): Promise<Taken[]> =>
	(await readFile(file, 'utf8').catch(() => ''))
		.split('\n')
		.filter(Boolean)
		.map((line) => JSON.parse(line) as Taken);
const { vsix } = await packageExtension();
const support = (name: string) => join(projectRoot, 'test', 'support', name);
const server = await startServer({
	dataDir: join(folder, 'data'),
	extensionVsix: vsix,
	extensionFolders: [support('emptyExtension'), support('activationProbe')],
	env: { ACTIVATION_FILE: file },
});
const browser = await launchBrowser();
try {
	for (let start = 1; start <= starts; start++) {
		const context = await browser.newContext();
		await (await context.newPage()).goto(server.url);
		await until(async () => (await readTimes()).length >= start, `the activation of window ${start}`, 60_000);
		await context.close();
	}
	const times = await readTimes();
	const own = median(times, 'auspex.prompt-workshop');
	const empty = median(times, 'auspex.empty-extension');
	const within = own - empty <= budgetMs;
	line('an extension that does nothing, median', `${empty.toFixed(1)} ms`);
	line('this extension, median', `${own.toFixed(1)} ms`);
	line('more than one that does nothing', `${(own - empty).toFixed(1)} ms  (within ${budgetMs} ms)`, within);
	process.exitCode = within ? 0 : 1;
} finally {
	await browser.close();
	await server.stop();
	await rm(folder, { recursive: true, force: true });
}

function line(name: string, value: string, within = true): void {
	console.log(`${within ? ' ' : '✘'} ${`activation: ${name}`.padEnd(60)} ${value}`);
}

function median(times: readonly Taken[], id: keyof Taken): number {
	const sorted = times
		.map((taken) => taken[id])
		.filter((taken) => taken !== null)
		.sort((a, b) => a - b);
	if (sorted.length < starts) {
		throw new Error(`${id} was active before it was measured in ${starts - sorted.length} windows.`);
	}
	return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
