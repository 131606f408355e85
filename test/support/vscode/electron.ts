// npm run test:electron: the host tests in the desktop VS Code, which @vscode/test-electron downloads.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { downloadAndUnzipVSCode, runTests, runVSCodeCommand } from '@vscode/test-electron';
import type { TestTotals } from '../runMocha.ts';
import { packageExtension } from './package.ts';
import { projectRoot } from './projectRoot.ts';
import { copyQuietWorkspace } from './sampleWorkspace.ts';

const folder = await mkdtemp(join(tmpdir(), 'prompt-workshop-electron-'));
try {
	const vscodeExecutablePath = await downloadAndUnzipVSCode().catch((cause: unknown) => {
		throw new Error(
			`The desktop VS Code could not be downloaded (${(cause as Error).message}). This run needs Microsoft's download ` +
				'site; "npm test" runs the same tests on VS Code\'s server, which npm provides.',
		);
	});
	const { vsix } = await packageExtension({ hostTests: true });
	const extensions = join(folder, 'extensions');
	const profile = [`--extensions-dir=${extensions}`, `--user-data-dir=${join(folder, 'data')}`];
	await runVSCodeCommand([...profile, '--install-extension', vsix]);
	const installed = (await readdir(extensions)).find((name) => name.startsWith('auspex.prompt-workshop-'));
	const workspace = join(folder, 'workspace');
	await copyQuietWorkspace(workspace);
	const report = join(folder, 'report.json');
	await runTests({
		vscodeExecutablePath,
		extensionDevelopmentPath: join(extensions, installed ?? ''),
		extensionTestsPath: join(projectRoot, 'out', 'test', 'host', 'index.mjs'),
		extensionTestsEnv: { PROJECT_ROOT: projectRoot, TEST_REPORT: report },
		launchArgs: [
			workspace,
			...profile,
			'--disable-workspace-trust',
			...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
		],
	});
	const { passed, failed, skipped } = JSON.parse(await readFile(report, 'utf8')) as TestTotals;
	console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
} finally {
	await rm(folder, { recursive: true, force: true });
}
