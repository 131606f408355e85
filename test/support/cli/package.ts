import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram, runVisibly } from '../vscode/processes.ts';
import { projectRoot } from '../vscode/projectRoot.ts';

/** Bytes of the packed command line. */
const tarballBudget = 2 * 1024 * 1024;

/** The exit code of esbuild.mjs when it built something too large. */
const overBudget = 2;

export interface CliPackage {
	/** Absolute path. */
	tarball: string;
	bytes: number;
	withinBudget: boolean;
}

/** Builds the command line for production and packs it as `npm install` takes it. Rejects if it cannot be built. */
export async function packageCli(): Promise<CliPackage> {
	const code = await runVisibly(process.execPath, ['esbuild.mjs', '--cli', '--production'], { cwd: projectRoot });
	if (code !== 0 && code !== overBudget) {
		throw new Error('The build failed; its messages are above.');
	}
	const folder = join(projectRoot, 'out', 'package');
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	await runProgram('npm', ['pack', join(projectRoot, 'out', 'cli'), '--pack-destination', folder, '--silent'], {
		cwd: projectRoot,
	});
	const [name = ''] = await readdir(folder);
	const tarball = join(folder, name);
	const { size } = await stat(tarball);
	return { tarball, bytes: size, withinBudget: code === 0 && size <= tarballBudget };
}

if (import.meta.main) {
	try {
		const { tarball, bytes, withinBudget } = await packageCli();
		console.log(`${'packed command line'.padEnd(40)} ${(bytes / 1024).toFixed(1).padStart(8)} KB`);
		console.log(tarball);
		process.exitCode = withinBudget ? 0 : overBudget;
	} catch (error) {
		console.error(error instanceof Error ? error.message : error);
		process.exitCode = 1;
	}
}
