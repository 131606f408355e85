import { constants, openAsBlob, readdirSync, writeSync } from 'node:fs';
import {
	type FileHandle,
	chmod,
	copyFile,
	link,
	mkdir,
	open,
	readdir,
	rename,
	rm,
	rmdir,
	stat,
} from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type OpenFile, type DiskFiles, errorCode } from './files.ts';

/** Windows returns these briefly while a virus scanner or an indexer has the file open. */
const busyCodes = new Set(['EPERM', 'EBUSY', 'EACCES']);
const noHardLinkCodes = new Set(['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EISDIR']);
/** Writing this much to the system's cache is faster than waking another thread; only `sync` waits for the disk. */
const synchronousBytes = 16 * 1024;
const privateFolder = 0o700;
const privateFile = 0o600;
const retryDelays = [10, 30, 100, 300, 1000];

async function whileBusy<T>(work: () => Promise<T>): Promise<T> {
	for (const delay of process.platform === 'win32' ? retryDelays : []) {
		try {
			return await work();
		} catch (error) {
			if (!busyCodes.has(errorCode(error) ?? '')) {
				throw error;
			}
			await setTimeout(delay);
		}
	}
	return work();
}

async function unlessMissing<T>(work: Promise<T>): Promise<T | undefined> {
	try {
		return await work;
	} catch (error) {
		if (errorCode(error) === 'ENOENT') {
			return undefined;
		}
		throw error;
	}
}

/** Fills `bytes` from `position` on; resolves with the number of bytes read. */
async function readInto(handle: FileHandle, bytes: Uint8Array, position: number): Promise<number> {
	let done = 0;
	while (done < bytes.length) {
		const { bytesRead } = await handle.read(bytes, done, bytes.length - done, position + done);
		if (bytesRead === 0) {
			break;
		}
		done += bytesRead;
	}
	return done;
}

/** Takes access away from other users, in case an older version or another program made the folder. */
async function makePrivate(folder: string): Promise<void> {
	if (process.platform !== 'win32' && ((await stat(folder)).mode & 0o077) !== 0) {
		// Fails if the file system has no permissions or the folder belongs to another user; then it stays as it is.
		await chmod(folder, privateFolder).catch(() => undefined);
	}
}

class NodeFile implements OpenFile {
	readonly #handle: FileHandle;

	constructor(handle: FileHandle) {
		this.#handle = handle;
	}

	async write(bytes: Uint8Array, position: number): Promise<number> {
		if (bytes.length <= synchronousBytes) {
			return writeSync(this.#handle.fd, bytes, 0, bytes.length, position);
		}
		const { bytesWritten } = await this.#handle.write(bytes, 0, bytes.length, position);
		return bytesWritten;
	}

	async read(position: number, length: number): Promise<Uint8Array> {
		const bytes = new Uint8Array(length);
		return bytes.subarray(0, await readInto(this.#handle, bytes, position));
	}

	async sync(): Promise<void> {
		await this.#handle.datasync();
	}

	async truncate(size: number): Promise<void> {
		await this.#handle.truncate(size);
	}

	async close(): Promise<void> {
		await this.#handle.close();
	}
}

/** The real file system. */
export const nodeFiles: DiskFiles = {
	async createFolder(path) {
		const first = await mkdir(path, { recursive: true, mode: privateFolder });
		if (first === undefined) {
			await makePrivate(path);
		}
		// An existing folder too: the process that made it may have been killed before its name was durable.
		const last = resolve(first ?? path);
		for (let made = resolve(path); ; made = dirname(made)) {
			await nodeFiles.syncFolder(dirname(made));
			if (made === last || made === dirname(made)) {
				return;
			}
		}
	},
	async list(folder) {
		return (await unlessMissing(readdir(folder))) ?? [];
	},
	async read(path, room = 0) {
		const handle = await unlessMissing(open(path, constants.O_RDONLY));
		if (!handle) {
			return undefined;
		}
		try {
			const { size } = await handle.stat();
			const bytes = Buffer.alloc(size + room);
			const done = await readInto(handle, bytes.subarray(0, size), 0);
			return bytes.subarray(0, done + room);
		} finally {
			await handle.close();
		}
	},
	async stat(path) {
		const found = await unlessMissing(stat(path));
		return found && { size: found.size, modified: found.mtimeMs };
	},
	listNow(folder) {
		try {
			return readdirSync(folder);
		} catch (error) {
			if (errorCode(error) === 'ENOENT') {
				return [];
			}
			throw error;
		}
	},
	async open(path, mode, rights = 'private') {
		const flags = {
			create: constants.O_RDWR | constants.O_CREAT | constants.O_TRUNC,
			update: constants.O_RDWR,
			read: constants.O_RDONLY,
		}[mode];
		return new NodeFile(await open(path, flags, rights === 'private' ? privateFile : undefined));
	},
	blob(path) {
		return openAsBlob(path);
	},
	rename(from, to) {
		return whileBusy(() => rename(from, to));
	},
	async link(from, to) {
		try {
			await link(from, to);
		} catch (error) {
			if (!noHardLinkCodes.has(errorCode(error) ?? '') || (await unlessMissing(stat(to)))) {
				throw error;
			}
			// No hard links (exFAT, some network folders): make a copy, which refuses to overwrite.
			await copyFile(from, to, constants.COPYFILE_EXCL);
		}
	},
	remove(path) {
		return whileBusy(() => rm(path, { force: true }));
	},
	async removeFolder(path) {
		await whileBusy(() => unlessMissing(rmdir(path)));
	},
	async syncFolder(path) {
		if (process.platform === 'win32') {
			// Windows cannot sync a folder; NTFS journals names itself.
			return;
		}
		const handle = await open(path, constants.O_RDONLY);
		try {
			await handle.sync();
		} finally {
			await handle.close();
		}
	},
};
