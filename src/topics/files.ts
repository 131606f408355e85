/** The part of a file system that the topics room needs; `nodeFiles.ts` is the real one. Errors have Node's `code` (`ENOENT` ..). */
export interface TopicFiles {
	/** `link`: a symbolic link, never followed. `undefined` when there is nothing at the path. */
	stat(
		path: string,
	): Promise<{ kind: 'file' | 'folder' | 'link' | 'other'; size: number; changed: number } | undefined>;
	/** Entries of a folder, sorted by name. */
	list(folder: string): Promise<{ name: string; kind: 'file' | 'folder' | 'link' | 'other' }[]>;
	read(path: string): Promise<Uint8Array>;
	/** Replaces the file atomically and durably. Creates missing folders, accessible to this user only. */
	replace(path: string, bytes: Uint8Array): Promise<void>;
	/**
	 * Waits until no other living process holds the lock at this path, then takes it; resolves with a function that releases
	 * it. Rejects when the holder lives but does not answer.
	 */
	lock(path: string): Promise<() => Promise<void>>;
	move(from: string, to: string): Promise<void>;
	/** The real absolute path, with links resolved. */
	resolve(path: string): Promise<string>;
	join(...parts: string[]): string;
	/** Lower-case hex SHA-256. */
	hash(bytes: Uint8Array | string): string;
}
