import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** promptfoo's own program, in the folder that PROMPTFOO_FOLDER names; undefined if it is not installed there. */
export function promptfooProgram(): string | undefined {
	const installed = process.env['PROMPTFOO_FOLDER'];
	const main = installed && join(installed, 'node_modules/promptfoo/dist/src/entrypoint.js');
	return main !== undefined && main !== '' && existsSync(main) ? main : undefined;
}

/** Runs `promptfoo eval` in a folder, without its cache and reports; resolves with its exit code. */
export function runPromptfoo(program: string, folder: string, args: string[]): Promise<number | null> {
	const quiet = ['--no-cache', '--no-write', '--no-progress-bar', '--no-table'];
	const env = {
		...process.env,
		PROMPTFOO_DISABLE_TELEMETRY: '1',
		PROMPTFOO_DISABLE_UPDATE: '1',
		PROMPTFOO_CONFIG_DIR: folder,
	};
	return new Promise((resolve, reject) => {
		const started = spawn(process.execPath, [program, 'eval', ...quiet, ...args], {
			cwd: folder,
			env,
			stdio: 'ignore',
		});
		started.on('error', reject);
		started.on('exit', resolve);
	});
}
