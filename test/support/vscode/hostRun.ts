import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestTotals } from '../runMocha.ts';
import { testOutput } from '../testOutput.ts';
import { launchBrowser } from './browser.ts';
import type { ServerVersion } from './installServer.ts';
import { projectRoot } from './projectRoot.ts';
import { copyQuietWorkspace } from './sampleWorkspace.ts';
import { startServer, type RunningServer } from './server.ts';

export interface HostRunOptions {
	/** The packaged extension: the tests run on what ships. */
	vsix: string;
	version?: ServerVersion | undefined;
	grep?: string | undefined;
	/** How long the soak test is to work; without it, it is left out. */
	soakMinutes?: number;
}

const longestRun = 20 * 60_000;

/**
 * Runs out/test/host inside a real extension host with the packaged extension and a copy of the sample workspace, and
 * prints what the tests print. The tests find the repository in the environment variable PROJECT_ROOT.
 */
export async function runHostTests({ vsix, version, grep, soakMinutes = 0 }: HostRunOptions): Promise<TestTotals> {
	const folder = await mkdtemp(join(tmpdir(), 'prompt-workshop-host-'));
	const report = join(folder, 'report.json');
	const workspace = join(folder, 'workspace');
	await copyQuietWorkspace(workspace);
	const server = await startServer({
		...(version ? { version } : {}),
		dataDir: join(folder, 'data'),
		extensionVsix: vsix,
		testDriver: true,
		env: {
			PROJECT_ROOT: projectRoot,
			TEST_REPORT: report,
			...(grep ? { MOCHA_GREP: grep } : {}),
			...(soakMinutes > 0 ? { SOAK_MINUTES: String(soakMinutes) } : {}),
		},
	});
	try {
		const longest = longestRun + soakMinutes * 60_000;
		const otherOutput = await runInBrowser(server, workspace, await installedExtension(server.dataDir), longest);
		if (!existsSync(report)) {
			throw new Error(
				`The host tests ended without a report. VS Code said last:\n${otherOutput.slice(-60).join('\n')}`,
			);
		}
		return JSON.parse(await readFile(report, 'utf8')) as TestTotals;
	} finally {
		await server.stop();
		await rm(folder, { recursive: true, force: true });
	}
}

/** Opens the workbench, which runs the tests, until it reports that they ended. Gives the lines that no test printed. */
async function runInBrowser(
	server: RunningServer,
	workspace: string,
	extension: string,
	longest: number,
): Promise<string[]> {
	const otherOutput: string[] = [];
	const browser = await launchBrowser();
	try {
		const page = await browser.newPage();
		const ended = new Promise<void>((resolve, reject) => {
			const timer = setTimeout(
				() => reject(new Error(`The host tests did not end within ${longest / 60_000} minutes.`)),
				longest,
			);
			void page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => {
				const text = args.map(String).join(' ');
				if (text.startsWith(testOutput)) {
					console.log(text.slice(testOutput.length));
				} else {
					otherOutput.push(text);
				}
			});
			void page.exposeFunction('codeAutomationExit', () => {
				clearTimeout(timer);
				resolve();
			});
		});
		const remote = (path: string) => `vscode-remote://127.0.0.1:${server.port}${path}`;
		const payload = [
			['extensionDevelopmentPath', remote(extension)],
			['extensionDevelopmentPath', remote(join(projectRoot, 'test', 'support', 'chatModels'))],
			['extensionTestsPath', remote(join(projectRoot, 'out', 'test', 'host', 'index.mjs'))],
			['skipWelcome', 'true'],
		];
		const query = new URLSearchParams({ folder: workspace, payload: JSON.stringify(payload) });
		await page.goto(`${server.url}/?${query}`);
		await ended;
		return otherOutput;
	} finally {
		await browser.close();
	}
}

/** The folder that the server unpacked the VSIX into. */
async function installedExtension(dataDir: string): Promise<string> {
	const folder = join(dataDir, 'extensions');
	const name = (await readdir(folder)).find((entry) => entry.startsWith('auspex.prompt-workshop-'));
	if (name === undefined) {
		throw new Error(`The extension is not in ${folder}.`);
	}
	return join(folder, name);
}
