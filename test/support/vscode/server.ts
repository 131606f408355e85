import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { until } from '../eventually.ts';
import { installServer, newestServer, type InstalledServer, type ServerVersion } from './installServer.ts';
import { leanArguments, leanSettings } from './leanServer.ts';
import { runProgram } from './processes.ts';

export interface ServerOptions {
	/** Default: the newest known. */
	version?: ServerVersion;
	/** Default: any free one. VS Code keys a workspace's storage by address, so a restart that shall find it again needs the same port. */
	port?: number;
	/** Holds user settings, installed extensions, storage and logs of this server. Made when missing. */
	dataDir: string;
	/** A packaged extension to install first. */
	extensionVsix?: string;
	/** Folders of further extensions that need no build. */
	extensionFolders?: string[];
	/** User settings written before the start when this data folder has none yet. */
	settings?: Record<string, unknown>;
	/** Added to the environment that the extension host sees. */
	env?: Record<string, string>;
	/** Whether folders start restricted until they are trusted. Default false: every folder is trusted. */
	workspaceTrust?: boolean;
	/** Lets the page's `payload` name an extension in development and its tests. Default false. */
	testDriver?: boolean;
	/** Leaves out what VS Code brings and most tests do not need. Default false. */
	lean?: boolean;
	/** A file with the secret that the address must carry. Default: none is asked for. */
	tokenFile?: string;
}

export interface RunningServer {
	/** `http://127.0.0.1:<port>`, without a trailing slash. */
	url: string;
	port: number;
	dataDir: string;
	/** Resolves when the server is gone, asked to or not. */
	ended: Promise<void>;
	/** Process ids of the extension hosts, oldest first. Linux only. */
	hostPids(): number[];
	/** Ends the server and everything it started; resolves when they are gone. */
	stop(): Promise<void>;
}

/** Keeps VS Code's own first-run pages and panels away from what is looked at, and has it ask whether to trust a folder. */
const quietSettings = {
	'workbench.startupEditor': 'none',
	'workbench.secondarySideBar.defaultVisibility': 'hidden',
	'workbench.editor.empty.hint': 'hidden',
	'security.workspace.trust.startupPrompt': 'once',
	'telemetry.telemetryLevel': 'off',
	'extensions.autoUpdate': 'off',
	'extensions.autoCheckUpdates': false,
};

/**
 * Starts VS Code's server on the loopback interface and resolves when it listens.
 * Rejects with the server's output when it ends before that, for instance because the port is taken.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
	const installed = await installServer(options.version ?? newestServer);
	const { dataDir, lean = false } = options;
	await writeUserSettings(dataDir, { ...quietSettings, ...(lean ? leanSettings : {}), ...options.settings });
	for (const folder of options.extensionFolders ?? []) {
		await cp(folder, join(dataDir, 'extensions', basename(folder)), { recursive: true });
	}
	if (options.extensionVsix !== undefined) {
		await installExtension(installed, dataDir, options.extensionVsix);
	}
	const token =
		options.tokenFile === undefined
			? ['--without-connection-token']
			: ['--connection-token-file', options.tokenFile];
	const child = spawn(
		installed.node,
		[
			installed.main,
			...['--host', '127.0.0.1', '--port', String(options.port ?? 0)],
			...['--server-data-dir', dataDir, '--accept-server-license-terms', '--telemetry-level', 'off'],
			...token,
			...(lean ? await leanArguments(installed, join(dataDir, 'built-in')) : []),
			...(options.testDriver ? ['--enable-smoke-test-driver'] : []),
			...(options.workspaceTrust ? [] : ['--disable-workspace-trust']),
		],
		// A process group of its own: stopping it reaches the extension hosts too.
		{ detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: { ...serverEnvironment(), ...options.env } },
	);
	const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
	const killOnExit = () => signalGroup(child, 'SIGKILL');
	process.once('exit', killOnExit);
	const port = await listeningPort(child);
	return {
		url: `http://127.0.0.1:${port}`,
		port,
		dataDir,
		ended,
		hostPids: () => (child.pid === undefined ? [] : extensionHosts(child.pid)),
		stop: async () => {
			await stopGroup(child);
			process.off('exit', killOnExit);
		},
	};
}

/** Our environment without what belongs to another VS Code, to this Node process, or to the developer's provider accounts. */
function serverEnvironment(): NodeJS.ProcessEnv {
	const foreign = /^(VSCODE_|ELECTRON_|NODE_OPTIONS$|ANTHROPIC_API_KEY$|OPENAI_API_KEY$)/;
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

async function writeUserSettings(dataDir: string, settings: Record<string, unknown>): Promise<void> {
	const file = join(dataDir, 'data', 'User', 'settings.json');
	if (!existsSync(file)) {
		await mkdir(join(file, '..'), { recursive: true });
		await writeFile(file, JSON.stringify(settings, undefined, '\t'));
	}
}

async function installExtension(installed: InstalledServer, dataDir: string, vsix: string): Promise<void> {
	await runProgram(installed.node, [
		installed.main,
		...['--server-data-dir', dataDir, '--accept-server-license-terms', '--install-extension', vsix, '--force'],
	]);
}

function listeningPort(child: ChildProcess): Promise<number> {
	return new Promise((resolve, reject) => {
		let output = '';
		const read = (chunk: Buffer) => {
			output += chunk.toString();
			const port = /Extension host agent listening on (\d+)/.exec(output)?.[1];
			if (port !== undefined) {
				// What follows is read and dropped, or the pipe would fill up.
				child.stdout?.off('data', read).resume();
				child.stderr?.off('data', read).resume();
				resolve(Number(port));
			}
		};
		child.stdout?.on('data', read);
		child.stderr?.on('data', read);
		child.on('error', reject);
		child.on('exit', (code) =>
			reject(new Error(`VS Code's server ended with ${code} before it listened:\n${output}`)),
		);
	});
}

function extensionHosts(serverPid: number): number[] {
	return readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name))
		.map(Number)
		.filter((pid) => {
			const command = readProcess(pid, 'cmdline');
			return command.includes('--type=extensionHost') && parentOf(pid) === serverPid;
		})
		.sort((a, b) => a - b);
}

function parentOf(pid: number): number {
	return Number(/^PPid:\s+(\d+)/m.exec(readProcess(pid, 'status'))?.[1]);
}

/** A process may end between listing and reading; it then reads as empty. */
function readProcess(pid: number, file: 'cmdline' | 'status'): string {
	try {
		return readFileSync(`/proc/${pid}/${file}`, 'utf8');
	} catch {
		return '';
	}
}

/** Asks the group to end, and after 5 s makes it. */
async function stopGroup(child: ChildProcess): Promise<void> {
	signalGroup(child, 'SIGTERM');
	const kill = setTimeout(() => signalGroup(child, 'SIGKILL'), 5000);
	await until(() => !signalGroup(child, 0), "VS Code's server to end");
	clearTimeout(kill);
}

/** Sends a signal to every process of the group; false when none is left. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals | 0): boolean {
	if (child.pid === undefined) {
		return false;
	}
	try {
		return process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ESRCH') {
			return false;
		}
		throw error;
	}
}
