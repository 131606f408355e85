import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** The calls of the system that a scratch file needs; each throws the system's own error. */
export interface ScratchCalls {
	/** Creates a file that only this user may read or write. */
	open(path: string): number;
	/** How many bytes were written, which may be fewer. */
	write(file: number, bytes: Uint8Array, position: number): number;
	/** How many bytes were read, which may be fewer. */
	read(file: number, into: Uint8Array, position: number): number;
	remove(path: string): void;
	close(file: number): void;
}

const systemCalls: ScratchCalls = {
	open: (path) => openSync(path, 'wx+', 0o600),
	write: (file, bytes, position) => writeSync(file, bytes, 0, bytes.length, position),
	read: (file, into, position) => readSync(file, into, 0, into.length, position),
	remove: (path) => unlinkSync(path),
	close: (file) => closeSync(file),
};

/**
 * A file for what does not fit into memory. It loses its name as soon as it is open, so it is gone when the process is, however
 * that ends. Synchronous: a piece of a few hundred bytes is in the system's cache and takes 5 µs. Every method throws the system's own
 * error (`code` = 'ENOSPC', 'EIO', ..).
 */
export class ScratchFile {
	readonly #calls: ScratchCalls;
	readonly #file: number;
	/** Its path, where a file cannot lose its name while it is open. */
	#path: string | undefined;
	#size = 0;
	#isClosed = false;

	constructor(folder: string, calls: ScratchCalls = systemCalls) {
		this.#calls = calls;
		const path = join(folder, `${randomUUID()}.tmp`);
		this.#file = calls.open(path);
		try {
			calls.remove(path);
		} catch {
			this.#path = path;
		}
	}

	append(bytes: Uint8Array): void {
		for (let done = 0; done < bytes.length;) {
			const written = this.#calls.write(this.#file, bytes.subarray(done), this.#size);
			if (written <= 0) {
				throw Object.assign(new Error(`Nothing written at ${this.#size}`), { code: 'EIO' });
			}
			done += written;
			this.#size += written;
		}
	}

	/** Fills `into` with the bytes from `position` on. */
	read(into: Uint8Array, position: number): void {
		for (let done = 0; done < into.length;) {
			const count = this.#calls.read(this.#file, into.subarray(done), position + done);
			if (count <= 0) {
				throw Object.assign(new Error(`The file ends at ${position + done}`), { code: 'EIO' });
			}
			done += count;
		}
	}

	/** Does nothing the second time. */
	close(): void {
		if (this.#isClosed) {
			return;
		}
		this.#isClosed = true;
		try {
			this.#calls.close(this.#file);
		} finally {
			if (this.#path !== undefined) {
				this.#calls.remove(this.#path);
			}
		}
	}
}
