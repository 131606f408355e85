import * as l10n from '@vscode/l10n';
import type { TopicFiles } from '../files.ts';
import type { ImportReport } from '../../common/topicModel.ts';
import { throwIfAborted } from '../../common/errors.ts';
import { fileKind } from './fileKind.ts';

const maxDepth = 40;

export interface FoundFiles {
	/** Paths below the folder, separated by `/`. */
	files: string[];
	skipped: ImportReport['skipped'];
}

/**
 * The Markdown, CSV, JSON and JSONL files below a folder. Symbolic links are not followed (a link in a shared folder could
 * point to private files, or back to a parent), hidden folders and `node_modules` are ignored; other files are reported by
 * kind.
 */
export async function findArticleFiles(files: TopicFiles, root: string, signal?: AbortSignal): Promise<FoundFiles> {
	const found: FoundFiles = { files: [], skipped: [] };
	const others = new Map<string, number>();
	const visit = async (folder: string, prefix: string, depth: number): Promise<void> => {
		throwIfAborted(signal);
		for (const entry of await files.list(folder)) {
			const path = `${prefix}${entry.name}`;
			if (entry.kind === 'link') {
				found.skipped.push({ file: path, reason: l10n.t('It is a symbolic link, which is not followed') });
			} else if (entry.name.startsWith('.') || entry.name === 'node_modules') {
				continue;
			} else if (entry.kind === 'folder') {
				await visitBelow(entry.name, path, folder, depth);
			} else if (entry.kind === 'file' && fileKind(entry.name)) {
				found.files.push(path);
			} else {
				const kind = /\.[^.]+$/u.exec(entry.name)?.[0].toLowerCase() ?? l10n.t('no extension');
				others.set(kind, (others.get(kind) ?? 0) + 1);
			}
		}
	};
	const visitBelow = async (name: string, path: string, folder: string, depth: number): Promise<void> => {
		if (depth === maxDepth) {
			found.skipped.push({ file: path, reason: l10n.t('Folders are read to a depth of {0}', maxDepth) });
			return;
		}
		try {
			await visit(files.join(folder, name), `${path}/`, depth + 1);
		} catch (error) {
			if (!(error instanceof Error && 'code' in error)) {
				throw error;
			}
			found.skipped.push({ file: path, reason: reasonOf(error) });
		}
	};
	await visit(root, '', 0);
	for (const [kind, number] of others) {
		found.skipped.push({
			file: kind,
			reason:
				number === 1
					? l10n.t('1 file is not Markdown, CSV, JSON or JSONL')
					: l10n.t('{0} files are not Markdown, CSV, JSON or JSONL', number),
		});
	}
	return found;
}

/** The reason of a failed file operation, for people. */
export function reasonOf(error: unknown): string {
	const code = error instanceof Error && 'code' in error ? error.code : undefined;
	switch (code) {
		case 'ENOENT':
		case 'ENOTDIR':
			return l10n.t('It disappeared during the import');
		case 'EACCES':
		case 'EPERM':
			return l10n.t('It cannot be read: permission denied');
		default:
			return error instanceof Error ? error.message : String(error);
	}
}
