import * as l10n from '@vscode/l10n';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { AppError } from '../common/errors.ts';
import { isInside, realPath } from '../disk/realPath.ts';
import type { SuiteSource } from '../suites/planRun.ts';
import { usageError } from './usageError.ts';

const suiteName = /\.prompttest\.(ya?ml|json)$/i;
const skipped = new Set(['node_modules', '.git', '.prompt-workshop']);
const maxBytes = 64 * 1024 * 1024;

export function isSuiteFile(path: string): boolean {
	return suiteName.test(path);
}

/**
 * The absolute paths of the suites that operands name: files, and all suites below folders; without any, those below the
 * current folder. Throws a usage error if there is none.
 */
export async function findSuites(folder: string, operands: readonly string[]): Promise<string[]> {
	const found: string[] = [];
	for (const operand of operands.length > 0 ? operands : ['.']) {
		const path = resolve(folder, operand);
		const info = await stat(path).catch(() => undefined);
		if (!info) {
			throw usageError(l10n.t('There is no file or folder {0}', operand), 'suite');
		}
		if (!info.isDirectory() && !isSuiteFile(path)) {
			throw usageError(
				l10n.t('{0} is no suite: its name must end with .prompttest.yaml or .prompttest.json', operand),
				'suite',
			);
		}
		found.push(...(info.isDirectory() ? await suitesBelow(path) : [path]));
	}
	if (found.length === 0) {
		throw usageError(
			l10n.t(
				'There is no suite (*.prompttest.yaml) in {0}. "prompt-workshop init" writes one to begin with',
				operands.join(', ') || folder,
			),
			'suite',
		);
	}
	return [...new Set(found)];
}

async function suitesBelow(folder: string): Promise<string[]> {
	const entries = await readdir(folder, { withFileTypes: true });
	const found: string[] = [];
	for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
		const path = join(folder, entry.name);
		if (entry.isDirectory() && !skipped.has(entry.name)) {
			found.push(...(await suitesBelow(path)));
		} else if (entry.isFile() && isSuiteFile(entry.name)) {
			found.push(path);
		}
	}
	return found;
}

/** The suite in a file; reports call it by its path from `folder`. */
export async function readSource(path: string, folder: string): Promise<SuiteSource> {
	return {
		uri: pathToFileURL(path).href,
		name: shortPath(path, folder),
		text: await readText(path),
		format: path.toLowerCase().endsWith('.json') ? 'json' : 'yaml',
	};
}

export function shortPath(path: string, folder: string): string {
	return isInside(path, folder) ? relative(folder, path).split(sep).join('/') : path;
}

async function readText(path: string): Promise<string> {
	await checkSize(path);
	return (await readFile(path, 'utf8')).replace(/^\uFEFF/, '');
}

async function checkSize(path: string): Promise<void> {
	if ((await stat(path)).size > maxBytes) {
		throw new AppError('validation', l10n.t('{0} is larger than 64 MB', path));
	}
}

/**
 * The text of a file that a suite names relative to itself. It must be in the suite's repository, or below the current
 * folder, whatever links lead to: what a suite names is sent to a model.
 */
export async function readBeside(file: string, suiteUri: string, folder: string): Promise<string> {
	const path = await pathBeside(file, suiteUri, folder);
	try {
		return await readText(path);
	} catch (cause) {
		throw unreadable(file, cause);
	}
}

/** The same text in pieces, of which one is in memory at a time. They reject like `readBeside`. */
export async function piecesBeside(file: string, suiteUri: string, folder: string): Promise<AsyncIterable<string>> {
	const path = await pathBeside(file, suiteUri, folder);
	try {
		await checkSize(path);
	} catch (cause) {
		throw unreadable(file, cause);
	}
	return (async function* () {
		try {
			let isFirst = true;
			for await (const piece of createReadStream(path, { encoding: 'utf8' }) as AsyncIterable<string>) {
				yield isFirst ? piece.replace(/^\uFEFF/, '') : piece;
				isFirst = false;
			}
		} catch (cause) {
			throw unreadable(file, cause);
		}
	})();
}

async function pathBeside(file: string, suiteUri: string, folder: string): Promise<string> {
	const suite = fileURLToPath(suiteUri);
	const path = await realPath(resolve(dirname(suite), file.replaceAll('\\', '/')));
	const allowed = await Promise.all([rootOf(suite), realPath(folder)]);
	if (!allowed.some((root) => isInside(path, root))) {
		throw new AppError('access-denied', l10n.t('{0} is outside the folder of the suite, so it is not read', file), {
			info: { field: 'suite' },
		});
	}
	return path;
}

function unreadable(file: string, cause: unknown): AppError {
	return cause instanceof AppError
		? cause
		: new AppError('not-found', l10n.t('The file {0}, which the suite names, cannot be read', file), {
				cause,
				info: { field: 'suite' },
			});
}

/** The nearest folder above with a repository, else that of the file. */
async function rootOf(file: string): Promise<string> {
	const own = dirname(await realPath(file));
	for (let at = own; ; at = dirname(at)) {
		if (await stat(join(at, '.git')).catch(() => undefined)) {
			return at;
		}
		if (dirname(at) === at) {
			return own;
		}
	}
}
