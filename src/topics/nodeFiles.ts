import { createHash } from 'node:crypto';
import { lstat, readdir, readFile, realpath, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Dirent, Stats } from 'node:fs';
import { takeLock } from '../disk/lock.ts';
import { nodeFiles as diskFiles } from '../disk/nodeFiles.ts';
import { ownerEndpoint } from '../disk/ownerEndpoint.ts';
import { placeFile } from '../disk/placeFile.ts';
import type { TopicFiles } from './files.ts';

/** The only file of this room that touches the disk. */
export const nodeFiles: TopicFiles = {
	async stat(path) {
		try {
			const found = await lstat(path);
			return { kind: kindOf(found), size: found.size, changed: found.mtimeMs };
		} catch (error) {
			if (hasCode(error, 'ENOENT', 'ENOTDIR')) {
				return undefined;
			}
			throw error;
		}
	},
	async list(folder) {
		const entries = await readdir(folder, { withFileTypes: true });
		return entries
			.map((entry) => ({ name: entry.name, kind: kindOf(entry) }))
			.sort((one, other) => (one.name < other.name ? -1 : 1));
	},
	read: (path) => readFile(path),
	async replace(path, bytes) {
		const folder = dirname(path);
		await diskFiles.createFolder(folder);
		await placeFile(diskFiles, folder, basename(path), bytes);
	},
	async lock(path) {
		await diskFiles.createFolder(dirname(path));
		return takeLock({ files: diskFiles, folder: dirname(path), name: basename(path) }, ownerEndpoint);
	},
	move: (from, to) => rename(from, to),
	resolve: (path) => realpath(path),
	join,
	hash: (bytes) => createHash('sha256').update(bytes).digest('hex'),
};

function hasCode(error: unknown, ...codes: string[]): boolean {
	return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

function kindOf(entry: Dirent | Stats): 'file' | 'folder' | 'link' | 'other' {
	if (entry.isSymbolicLink()) {
		return 'link';
	}
	return entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : 'other';
}
