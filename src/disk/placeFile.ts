import { randomUUID } from 'node:crypto';
import { type DiskFiles, type Rights, writeAll } from './files.ts';

/** Of a long name the beginning: with all that is added, no system refuses the temporary one. */
const shownName = 60;

export interface Placing {
	/** Stands in the temporary name: of whom it is, for those who clear away what others left. */
	unique?: string;
	/**
	 * `rename` replaces an existing file; with `link` there must be none, otherwise EEXIST is thrown: of two writers
	 * exactly one succeeds.
	 */
	way?: 'rename' | 'link';
	/** Called when the content is on the disk and only its name is missing; what it throws prevents the name. */
	before?: () => Promise<void>;
	/** `private` by default; `shared` for what users place somewhere themselves. */
	rights?: Rights;
}

/** What cannot be removed now is cleared away by the next owner; the error that led here matters more. */
export async function removeTemporary(files: DiskFiles, path: string): Promise<void> {
	await files.remove(path).catch(() => undefined);
}

async function writeSynced(files: DiskFiles, path: string, bytes: Uint8Array, rights: Rights): Promise<void> {
	const file = await files.open(path, 'create', rights);
	try {
		await writeAll(file, bytes, 0);
		await file.sync();
	} finally {
		await file.close();
	}
}

/**
 * A complete file appears under its name, durably, or what was there stays. Each call has a temporary file of its own,
 * so that any number of them may place the same name at the same moment.
 */
export async function placeFile(
	files: DiskFiles,
	folder: string,
	name: string,
	bytes: Uint8Array,
	{ unique = 'placing', way = 'rename', before, rights = 'private' }: Placing = {},
): Promise<void> {
	const temporary = `${folder}/${name.slice(0, shownName)}.${unique}.${randomUUID().slice(0, 8)}.tmp`;
	try {
		await writeSynced(files, temporary, bytes, rights);
		await before?.();
		await files[way](temporary, `${folder}/${name}`);
	} finally {
		await removeTemporary(files, temporary);
	}
	await files.syncFolder(folder);
}
