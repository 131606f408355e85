import * as l10n from '@vscode/l10n';
import { execFile } from 'node:child_process';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { realPath } from '../disk/realPath.ts';
import { graders } from '../suites/graders/all.ts';
import { readSuite } from '../suites/readSuite.ts';
import { fixtureFiles } from './fixtures.ts';
import { readBeside, readSource } from './suiteFiles.ts';
import { usageError } from './usageError.ts';

const execute = promisify(execFile);

/**
 * The suites that differ from a commit, or whose prompt, case or conversation files do; `shared` files belong to all of them.
 * Files that Git does not know yet count as changed. Throws a usage error if there is no repository or no such commit.
 */
export async function changedSuites(
	suites: readonly string[],
	since: string,
	folder: string,
	shared: readonly string[] = [],
): Promise<string[]> {
	const changed = await changedFiles(since, folder);
	if ((await Promise.all(shared.map((file) => realPath(file)))).some((file) => changed.has(file))) {
		return [...suites];
	}
	const affected: string[] = [];
	for (const path of suites) {
		const files = await Promise.all((await filesOf(path, folder)).map((file) => realPath(file)));
		if (files.some((file) => changed.has(file))) {
			affected.push(path);
		}
	}
	return affected;
}

async function changedFiles(since: string, folder: string): Promise<Set<string>> {
	const git = async (...args: string[]) => {
		const { stdout } = await execute('git', args, { cwd: folder, maxBuffer: 256 * 1024 * 1024 });
		return stdout;
	};
	try {
		const root = (await git('rev-parse', '--show-toplevel')).trim();
		// What begins with a dash would be an option of Git.
		const commit = (await git('rev-parse', '--verify', '--quiet', '--end-of-options', `${since}^{commit}`)).trim();
		const [changed, added] = [
			await git('diff', '--name-only', '-z', '--no-renames', '--no-ext-diff', commit, '--', root),
			await git('ls-files', '--others', '--exclude-standard', '-z', '--full-name', '--', root),
		];
		const names = `${changed}${added}`.split('\0').filter((name) => name !== '');
		return new Set(await Promise.all(names.map((name) => realPath(resolve(root, name)))));
	} catch {
		throw usageError(
			l10n.t('Git knows no commit "{0}" in {1}. A shallow clone may not have it', since, folder),
			'changed-since',
		);
	}
}

/** A suite, its prompt files, the case files that it reads, and where its recorded conversations may be. */
async function filesOf(path: string, folder: string): Promise<string[]> {
	const source = await readSource(path, folder);
	const files = [path];
	const beside = (file: string) => resolve(dirname(fileURLToPath(source.uri)), file);
	const { suite } = await readSuite(source.text, {
		format: source.format,
		graders,
		readFile: async (file) => {
			files.push(beside(file));
			return readBeside(file, source.uri, folder);
		},
	});
	const prompts = suite?.prompts.filter((prompt) => prompt.startsWith('file:')) ?? [];
	const recorded = suite?.cases.some(({ conversation }) => conversation) ? await fixtureFiles(folder) : [];
	return [...files, ...recorded, ...prompts.map((prompt) => beside(prompt.slice('file:'.length)))];
}
