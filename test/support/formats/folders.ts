import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { AppError } from '../../../src/common/errors.ts';
import type { Folder } from '../../../src/formats/imported.ts';

/** A folder of these files, by path. */
export function memoryFolder(files: Readonly<Record<string, string>> = {}): Folder & { asked: string[] } {
	const asked: string[] = [];
	return {
		asked,
		read: async (path) => {
			asked.push(path);
			const text = Object.hasOwn(files, path) ? files[path] : undefined;
			if (text === undefined) {
				throw new AppError('not-found', `There is no file ${path}`);
			}
			return text;
		},
		list: async (folder) => Object.keys(files).filter((path) => folder === '' || path.startsWith(`${folder}/`)),
	};
}

/** A folder on disk. */
export function diskFolder(root: string): Folder {
	return {
		read: async (path) => {
			if (!existsSync(join(root, path))) {
				throw new AppError('not-found', `There is no file ${path}`);
			}
			return readFileSync(join(root, path), 'utf8');
		},
		list: async (folder) =>
			existsSync(join(root, folder))
				? readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
						.filter((entry) => entry.isFile())
						.map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
						.sort()
				: [],
	};
}
