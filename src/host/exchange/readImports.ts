import * as l10n from '@vscode/l10n';
import { readFile, stat } from 'node:fs/promises';
import * as path from 'node:path';
import { AppError, toAppError } from '../../common/errors.ts';
import type { ImportedFile } from '../../common/importPlan.ts';
import { isInside, realPath } from '../../disk/realPath.ts';
import { formats } from '../../formats/all.ts';
import { importFile } from '../../formats/importFile.ts';
import { importItems } from '../../formats/importing/importItems.ts';
import type { Folder, Imported } from '../../formats/imported.ts';
import { fileText } from '../../formats/reading/fileText.ts';
import { maxSelectedLength } from '../../formats/reading/lineSelection.ts';
import { findPromptFiles } from './findPromptFiles.ts';
import { maxLinesBytes, readLongLines } from './readLongLines.ts';
import { unpackZstdFrame } from './unpackZstdFrame.ts';

/** Of one file; a longer one is refused before it is read. */
export const maxImportBytes = 20 * 1024 * 1024;
/** Of one log that is packed; what it holds has limits of its own. */
export const maxPackedBytes = 100 * 1024 * 1024;
/** Of all files together: what they become is held in memory until the user has chosen. */
const maxTotalBytes = 200 * 1024 * 1024;

/** What is imported: real paths of files and folders, or texts that were pasted, or dropped as bytes. */
export interface ImportSource {
	places: readonly string[];
	texts: readonly { name: string; text: string | Uint8Array }[];
	/** Real paths of folders that nothing is read from. */
	forbidden: readonly string[];
}

/** A file that was read, with everything that it would become. */
export interface ReadImport extends ImportedFile {
	/** Absolute; undefined for a text. */
	file?: string;
	/** Id of the format. */
	formatId: string;
	imported?: Imported;
}

export interface ReadProgress {
	done: number;
	total: number;
	path: string;
}

interface Found {
	/** Absolute real path. */
	file: string;
	/** The folder that nothing may lead out of, and its name in the paths that formats see. */
	root: string;
	shown: string;
}

/**
 * Reads what the source names. Nothing is stored and nothing of a file is run. References between files stay in the
 * folder that was chosen, or in that of the file. A file that cannot be read gives its reason. Runs in a thread of its
 * own, since a file may take long to parse.
 */
export async function readImports(
	source: ImportSource,
	onProgress: (progress: ReadProgress) => void,
): Promise<ReadImport[]> {
	const found = (await Promise.all(source.places.map((place) => findFiles(place, source.forbidden)))).flat();
	const reads: ReadImport[] = [];
	/** Files that belong to another one: the prompts and tests of a config. */
	const referenced = new Set<string>();
	let total = 0;
	for (const [index, one] of found.entries()) {
		onProgress({ done: index, total: found.length, path: one.shown });
		const size = await sizeOf(one.file);
		total += size > maxBytesOf(one.file) ? maxSelectedLength : size;
		if (total > maxTotalBytes) {
			throw new AppError(
				'validation',
				l10n.t(
					'The files have more than {0} MB. Choose a smaller folder',
					(maxTotalBytes / 1024 / 1024).toLocaleString('en'),
				),
			);
		}
		reads.push(await readOne(one, size, reads.length, source.forbidden, referenced));
	}
	for (const { name, text } of source.texts) {
		reads.push(await readGiven(name, text, reads.length));
	}
	return reads.filter(({ file }) => file === undefined || found.length === 1 || !referenced.has(file));
}

async function findFiles(place: string, forbidden: readonly string[]): Promise<Found[]> {
	if (!(await stat(place)).isDirectory()) {
		return [{ file: place, root: path.dirname(place), shown: path.basename(place) }];
	}
	const files = await findPromptFiles(place, forbidden);
	return files.map((file) => ({ file, root: place, shown: path.relative(place, file).replaceAll(path.sep, '/') }));
}

async function readOne(
	{ file, root, shown }: Found,
	size: number,
	index: number,
	forbidden: readonly string[],
	referenced: Set<string>,
): Promise<ReadImport> {
	try {
		const prefix = namesOf(root);
		const name = prefix + path.relative(root, file).replaceAll(path.sep, '/');
		const long = isLong(file, size) ? await readLongLines(file, name) : undefined;
		const text = long ? long.text : await readText(file, shown, size);
		const folder = folderBelow(root, prefix, forbidden, referenced);
		const read = await importText({ path: name, text, folder, shown }, index);
		return { ...read, report: [...(long?.report() ?? []), ...read.report], file };
	} catch (thrown) {
		return { path: shown, file, format: '', formatId: '', items: [], report: [], problem: problemOf(thrown) };
	}
}

async function readGiven(name: string, given: string | Uint8Array, index: number): Promise<ReadImport> {
	try {
		const text = typeof given === 'string' ? given : await fileText(name, given, unpackZstdFrame);
		return await importText({ path: name, text, folder: noFolder }, index);
	} catch (thrown) {
		return { path: name, format: '', formatId: '', items: [], report: [], problem: problemOf(thrown) };
	}
}

async function importText(
	{ path: name, text, folder, shown = name }: { path: string; text: string; folder: Folder; shown?: string },
	index: number,
): Promise<ReadImport> {
	try {
		const imported = await importFile(name, text, folder);
		const { format: formatId, report } = imported;
		const format = formats.find(({ id }) => id === formatId)?.label ?? formatId;
		return { path: shown, format, formatId, items: importItems(index, imported), report, imported };
	} catch (thrown) {
		return { path: shown, format: '', formatId: '', items: [], report: [], problem: problemOf(thrown) };
	}
}

function problemOf(thrown: unknown): string {
	const error = toAppError(thrown);
	if (error.code === 'cancelled') {
		throw error;
	}
	return error.message;
}

/** The last two names of a folder, which formats are also recognised by: `.claude/rules/`, the folder of a skill. */
function namesOf(root: string): string {
	const names = root.split(/[\\/]/).filter((name) => name !== '' && !name.endsWith(':'));
	return names
		.slice(-2)
		.map((name) => `${name}/`)
		.join('');
}

/** The files in a folder. What links lead out of it, or into a folder that is forbidden, is refused. */
function folderBelow(root: string, prefix: string, forbidden: readonly string[], referenced: Set<string>): Folder {
	const below = (given: string): string => {
		if (given !== '' && !`${given}/`.startsWith(prefix)) {
			throw outside(given);
		}
		return given.slice(prefix.length);
	};
	return {
		async read(given) {
			const real = await realPath(path.join(root, below(given)));
			if (!isInside(real, root) || forbidden.some((folder) => isInside(real, folder))) {
				throw outside(given);
			}
			const text = await readText(real, given, await sizeOf(real)).catch((cause: unknown) => {
				throw cause instanceof AppError
					? cause
					: new AppError('not-found', l10n.t('There is no file {0}', given), { cause });
			});
			referenced.add(real);
			return text;
		},
		async list(given) {
			const folder = path.join(root, below(given === '' ? prefix : given));
			const files = await findPromptFiles(folder, forbidden, { all: true });
			return files.map((file) => prefix + path.relative(root, file).replaceAll(path.sep, '/'));
		},
	};
}

/** A text has no files beside it. */
const noFolder: Folder = {
	read: (name) =>
		Promise.reject(new AppError('not-found', l10n.t('A text has no files beside it: import the file {0}', name))),
	list: () => Promise.resolve([]),
};

function outside(given: string): AppError {
	return new AppError('access-denied', l10n.t('{0} is outside the folder of the file, so it is not read', given));
}

async function sizeOf(file: string): Promise<number> {
	try {
		return (await stat(file)).size;
	} catch {
		// Reading it says why.
		return 0;
	}
}

/** Whether a file is too long to be held, and short enough to be read line by line. */
function isLong(file: string, size: number): boolean {
	return maxBytesOf(file) === maxImportBytes && size > maxImportBytes && size <= maxLinesBytes;
}

/** A log that is packed may be longer than what is read of it. */
export function maxBytesOf(name: string): number {
	return /\.eval$/i.test(name) ? maxPackedBytes : maxImportBytes;
}

async function readText(file: string, shown: string, size: number): Promise<string> {
	const maximum = maxBytesOf(file);
	if (size > maximum) {
		const megabytes = (bytes: number) => Math.ceil(bytes / 1024 / 1024).toLocaleString('en');
		throw new AppError(
			'validation',
			l10n.t(
				'{0} has {1} MB. An import may have at most {2} MB: split it, or export a part of it. JSON Lines of OpenTelemetry, conversations and Inspect may have {3} MB',
				shown,
				megabytes(size),
				megabytes(maximum),
				megabytes(maxLinesBytes),
			),
		);
	}
	return fileText(shown, await readFile(file), unpackZstdFrame);
}
