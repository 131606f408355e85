import * as l10n from '@vscode/l10n';
import { readdir } from 'node:fs/promises';
import * as path from 'node:path';
import { AppError } from '../../common/errors.ts';
import { isInside } from '../../disk/realPath.ts';

const maxFiles = 5_000;
const maxDepth = 16;
const extensions = /\.(?:md|markdown|txt|ya?ml|json|jsonl|ndjson|csv|prompt|prompty|eval)$/i;
/** Files of most repositories that are no prompts. */
const known =
	/^(?:readme|changelog|contributing|code_of_conduct|security|licen[cs]e|notice|authors)(?:\.\w+)?$|^(?:package|package-lock|tsconfig|composer|angular|\.eslintrc)(?:\..*)?\.json$/i;
const passedOver = new Set(['node_modules', '.git', '.hg', '.svn', '.venv', 'venv', '__pycache__', 'dist', 'out']);

/**
 * The files of a folder and its folders that may hold prompts, in order of their paths; with `all`, every file. Links
 * are not followed.
 *
 * @throws AppError `validation` if there are too many
 */
export async function findPromptFiles(
	folder: string,
	forbidden: readonly string[],
	{ all = false }: { all?: boolean } = {},
): Promise<string[]> {
	const files: string[] = [];
	const walk = async (at: string, depth: number): Promise<void> => {
		if (forbidden.some((one) => isInside(at, one))) {
			return;
		}
		const entries = await readdir(at, { withFileTypes: true });
		for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
			const place = path.join(at, entry.name);
			if (entry.isDirectory() && depth < maxDepth && !passedOver.has(entry.name)) {
				await walk(place, depth + 1);
			} else if (entry.isFile() && (all || (extensions.test(entry.name) && !known.test(entry.name)))) {
				files.push(place);
			}
			if (files.length > maxFiles) {
				throw new AppError(
					'validation',
					l10n.t('The folder has more than {0} files. Choose a folder in it', maxFiles.toLocaleString('en')),
				);
			}
		}
	};
	await walk(folder, 0);
	return files;
}
