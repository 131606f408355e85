import { randomUUID } from 'node:crypto';
import { type DiskFiles, type Rights, writeAll } from './files.ts';

/** How much of a long name the temporary name repeats, so that it is short enough for every system. */
const namePartLength = 60;

export interface Placing {
	/** Part of the temporary name: identifies its writer, so that others can clean up what was left behind. */
	unique?: string;
	/**
	 * `rename` replaces an existing file; `link` throws EEXIST if there is one, so that exactly one of two writers
	 * succeeds.
	 */
	way?: 'rename' | 'link';
	/** Called when the content is on the disk and only its name is missing; if it throws, the file is not named. */
	before?: () => Promise<void>;
	/** `private` by default; `shared` for files whose location the user chose. */
	rights?: Rights;
}

/** Of a large file, pieces that are made while it is written. */
type Content = Uint8Array | Iterable<Uint8Array>;

/** Ignores failures: the next owner cleans up, and the error that led here matters more. */
export async function removeTemporary(files: DiskFiles, path: string): Promise<void> {
	await files.remove(path).catch(() => undefined);
}

async function writeSynced(files: DiskFiles, path: string, content: Content, rights: Rights): Promise<void> {
	const file = await files.open(path, 'create', rights);
	try {
		let position = 0;
		for (const bytes of content instanceof Uint8Array ? [content] : content) {
			await writeAll(file, bytes, position);
			position += bytes.length;
		}
		await file.sync();
	} finally {
		await file.close();
	}
}

/**
 * Places a complete, durable file under its name, or leaves what was there. Each call has its own temporary file, so any
 * number of calls can place the same name at the same time.
 */
export async function placeFile(
	files: DiskFiles,
	folder: string,
	name: string,
	content: Content,
	{ unique = 'placing', way = 'rename', before, rights = 'private' }: Placing = {},
): Promise<void> {
	const temporary = `${folder}/${name.slice(0, namePartLength)}.${unique}.${randomUUID().slice(0, 8)}.tmp`;
	try {
		await writeSynced(files, temporary, content, rights);
		await before?.();
		await files[way](temporary, `${folder}/${name}`);
	} finally {
		await removeTemporary(files, temporary);
	}
	await files.syncFolder(folder);
}
