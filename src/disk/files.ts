/**
 * The part of the file system that the product's own files need: small enough that tests can inject faults and simulate crashes.
 * Every method rejects with the system's own error (`code` = 'ENOSPC', 'EIO', ..) unless stated.
 */
export interface DiskFiles {
	/**
	 * Creates a folder and its parents, accessible to this user only; an existing one becomes private. Their names are
	 * durable when it resolves.
	 */
	createFolder(path: string): Promise<void>;
	/** Names in a folder; none when the folder is missing. */
	list(folder: string): Promise<string[]>;
	/** The complete file in a buffer of its own, followed by `room` zero bytes; `undefined` if it is missing. */
	read(path: string, room?: number): Promise<Uint8Array | undefined>;
	/** Bytes and time of the last change (ms since 1970); `undefined` when it is missing. */
	stat(path: string): Promise<{ size: number; modified: number } | undefined>;
	/** Like `list`, but synchronous: nothing can happen between the answer and its use. Throws. */
	listNow(folder: string): string[];
	/**
	 * `create` truncates an existing file and gives a new one `rights`: this user only, or the system's default. `update`
	 * and `read` reject with ENOENT when it is missing.
	 */
	open(path: string, mode: 'create' | 'update' | 'read', rights?: Rights): Promise<OpenFile>;
	/** The content of a file, read only as it is used; it fails if the file has changed by then. */
	blob(path: string): Promise<Blob>;
	/** Replaces the target atomically. */
	rename(from: string, to: string): Promise<void>;
	/** A second name for a file; rejects with EEXIST when `to` exists. */
	link(from: string, to: string): Promise<void>;
	/** Does nothing when the file is missing. */
	remove(path: string): Promise<void>;
	/** Removes an empty folder; does nothing when it is missing. Its name is gone for certain once its parent is synced. */
	removeFolder(path: string): Promise<void>;
	/** Makes names created, renamed or removed in the folder durable. */
	syncFolder(path: string): Promise<void>;
}

export type Rights = 'private' | 'shared';

export interface OpenFile {
	/** Writes `bytes` at `position`; resolves with the number of bytes written, which may be fewer, as in the system call. */
	write(bytes: Uint8Array, position: number): Promise<number>;
	/** Up to `length` bytes from `position`; fewer at the end of the file. */
	read(position: number, length: number): Promise<Uint8Array>;
	/** Content and size are durable when it resolves (fdatasync). */
	sync(): Promise<void>;
	/** Cuts the file off at `size` bytes. */
	truncate(size: number): Promise<void>;
	close(): Promise<void>;
}

/** Writes everything, continuing after short writes. */
export async function writeAll(file: OpenFile, bytes: Uint8Array, position: number): Promise<void> {
	let done = 0;
	while (done < bytes.length) {
		const written = await file.write(bytes.subarray(done), position + done);
		if (written <= 0) {
			throw Object.assign(new Error(`Nothing written at ${position + done}`), { code: 'EIO' });
		}
		done += written;
	}
}

export function errorCode(error: unknown): string | undefined {
	return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
