import { type DiskFiles, errorCode, writeAll } from '../disk/files.ts';
import { removeTemporary } from '../disk/placeFile.ts';

const newline = 10;

/**
 * Makes durable what another process may have written without a sync: the line that ends at `end`; earlier lines were
 * synced before it was begun. The line is written again, because after a failed sync the system considers the bytes
 * written and another sync does nothing. A missing file is ignored.
 */
export async function rewriteLastLine(files: DiskFiles, path: string, end: number): Promise<void> {
	const bytes = (await files.read(path))?.subarray(0, end);
	if (!bytes) {
		return;
	}
	const start = bytes.lastIndexOf(newline, -2) + 1;
	const file = await files.open(path, 'update');
	try {
		await writeAll(file, bytes.subarray(start), start);
		await file.sync();
	} finally {
		await file.close();
	}
}

/** Removes the temporary files of windows that were killed; those of this window, which contain `unique`, stay. */
export async function removeLeftovers(files: DiskFiles, folder: string, unique: string): Promise<void> {
	for (const name of await files.list(folder)) {
		if (name.endsWith('.tmp') && !name.includes(unique)) {
			await removeTemporary(files, `${folder}/${name}`);
		}
	}
}

/** Links `file` to an unused name that ends in `.damaged`, so that its content is kept; returns that name. */
export async function setAside(files: DiskFiles, folder: string, file: string): Promise<string> {
	for (let count = 1; ; count++) {
		const name = count === 1 ? `${file}.damaged` : `${file}.${count}.damaged`;
		try {
			await files.link(`${folder}/${file}`, `${folder}/${name}`);
			return name;
		} catch (error) {
			if (errorCode(error) !== 'EEXIST') {
				throw error;
			}
		}
	}
}
