import type { OpenFile, DiskFiles } from '../../../src/disk/files.ts';

const sectorBytes = 512;

/** A file's content, and what of it a power cut may not have kept. */
interface Inode {
	bytes: Uint8Array;
	durable: Uint8Array;
}

type NameChange = { op: 'set'; path: string; inode: Inode } | { op: 'remove'; path: string };

function systemError(code: string, path: string): Error {
	return Object.assign(new Error(`${code}: ${path}`), { code });
}

function folderOf(path: string): string {
	return path.slice(0, path.lastIndexOf('/'));
}

/**
 * A file system in memory that knows what is durable. `crash` gives the one that a machine finds after a power cut:
 * of bytes that were not synced each 512-byte sector may be there or not, of changes of names that were not synced a
 * prefix is. `onOperation` is called before every operation; it may throw.
 */
export class SimulatedFiles implements DiskFiles {
	readonly #names = new Map<string, Inode>();
	readonly #durableNames = new Map<string, Inode>();
	#pendingNames: NameChange[] = [];
	readonly folders = new Set<string>();
	onOperation: (operation: string, path: string) => void = () => undefined;
	/** Operations so far. */
	operations = 0;

	#step(operation: string, path: string): void {
		this.operations++;
		this.onOperation(operation, path);
	}

	#change(change: NameChange): void {
		if (change.op === 'set') {
			this.#names.set(change.path, change.inode);
		} else {
			this.#names.delete(change.path);
		}
		this.#pendingNames.push(change);
	}

	async createFolder(path: string): Promise<void> {
		this.#step('createFolder', path);
		this.folders.add(path);
	}

	async list(folder: string): Promise<string[]> {
		this.#step('list', folder);
		return this.#inside(folder);
	}

	async read(path: string, room = 0): Promise<Uint8Array | undefined> {
		this.#step('read', path);
		const bytes = this.#names.get(path)?.bytes;
		const read = bytes && new Uint8Array(bytes.length + room);
		read?.set(bytes ?? []);
		return read;
	}

	async blob(path: string): Promise<Blob> {
		this.#step('blob', path);
		const bytes = this.#names.get(path)?.bytes;
		if (!bytes) {
			throw systemError('ENOENT', path);
		}
		return new Blob([new Uint8Array(bytes)]);
	}

	async stat(path: string): Promise<{ size: number; modified: number } | undefined> {
		this.#step('stat', path);
		const inode = this.#names.get(path);
		return inode && { size: inode.bytes.length, modified: 0 };
	}

	listNow(folder: string): string[] {
		this.#step('listNow', folder);
		return this.#inside(folder);
	}

	#inside(folder: string): string[] {
		const prefix = `${folder}/`;
		const inside = [...this.#names.keys(), ...this.folders].filter((path) => path.startsWith(prefix));
		return [...new Set(inside.map((path) => path.slice(prefix.length).split('/')[0] ?? ''))];
	}

	async open(path: string, mode: 'create' | 'update' | 'read'): Promise<OpenFile> {
		this.#step(`open ${mode}`, path);
		let inode = this.#names.get(path);
		if (mode === 'create') {
			if (inode) {
				inode.bytes = new Uint8Array();
			} else {
				inode = { bytes: new Uint8Array(), durable: new Uint8Array() };
				this.#change({ op: 'set', path, inode });
			}
		}
		if (!inode) {
			throw systemError('ENOENT', path);
		}
		return this.#openFile(inode, path);
	}

	#openFile(inode: Inode, path: string): OpenFile {
		return {
			write: async (bytes, position) => {
				this.#step('write', path);
				const grown = new Uint8Array(Math.max(inode.bytes.length, position + bytes.length));
				grown.set(inode.bytes);
				grown.set(bytes, position);
				inode.bytes = grown;
				return bytes.length;
			},
			read: async (position, length) => {
				this.#step('readAt', path);
				return inode.bytes.slice(position, position + length);
			},
			sync: async () => {
				this.#step('sync', path);
				inode.durable = inode.bytes.slice();
			},
			truncate: async (size) => {
				this.#step('truncate', path);
				inode.bytes = inode.bytes.slice(0, size);
			},
			close: async () => {
				this.#step('close', path);
			},
		};
	}

	async rename(from: string, to: string): Promise<void> {
		this.#step('rename', to);
		const inode = this.#names.get(from);
		if (!inode) {
			throw systemError('ENOENT', from);
		}
		this.#change({ op: 'set', path: to, inode });
		this.#change({ op: 'remove', path: from });
	}

	async link(from: string, to: string): Promise<void> {
		this.#step('link', to);
		const inode = this.#names.get(from);
		if (!inode) {
			throw systemError('ENOENT', from);
		}
		if (this.#names.has(to)) {
			throw systemError('EEXIST', to);
		}
		this.#change({ op: 'set', path: to, inode });
	}

	async remove(path: string): Promise<void> {
		this.#step('remove', path);
		if (this.#names.has(path)) {
			this.#change({ op: 'remove', path });
		}
	}

	async removeFolder(path: string): Promise<void> {
		this.#step('removeFolder', path);
		if (this.#inside(path).length > 0) {
			throw systemError('ENOTEMPTY', path);
		}
		this.folders.delete(path);
	}

	async syncFolder(path: string): Promise<void> {
		this.#step('syncFolder', path);
		for (const change of this.#pendingNames.filter((one) => folderOf(one.path) === path)) {
			applyName(this.#durableNames, change);
		}
		this.#pendingNames = this.#pendingNames.filter((one) => folderOf(one.path) !== path);
	}

	/** Everything as the running processes see it: what is left when only they die. */
	copy(): SimulatedFiles {
		return this.#rebuild(this.#names, (inode) => ({ bytes: inode.bytes.slice(), durable: inode.durable.slice() }));
	}

	/** What the machine finds after a power cut now. */
	crash(random: () => number): SimulatedFiles {
		const names = new Map(this.#durableNames);
		const kept = Math.floor(random() * (this.#pendingNames.length + 1));
		for (const change of this.#pendingNames.slice(0, kept)) {
			applyName(names, change);
		}
		return this.#rebuild(names, (inode) => {
			const bytes = tear(inode, random);
			return { bytes, durable: bytes.slice() };
		});
	}

	#rebuild(names: ReadonlyMap<string, Inode>, keep: (inode: Inode) => Inode): SimulatedFiles {
		const files = new SimulatedFiles();
		const kept = new Map<Inode, Inode>();
		for (const [path, inode] of names) {
			const copy = kept.get(inode) ?? keep(inode);
			kept.set(inode, copy);
			files.#names.set(path, copy);
			files.#durableNames.set(path, copy);
			files.folders.add(folderOf(path));
		}
		return files;
	}

	/** Changes a file behind everybody's back. */
	damage(path: string, change: (bytes: Uint8Array) => Uint8Array | undefined): void {
		const inode = this.#names.get(path);
		if (!inode) {
			throw systemError('ENOENT', path);
		}
		const bytes = change(inode.bytes.slice());
		if (bytes) {
			inode.bytes = bytes;
			inode.durable = bytes.slice();
		} else {
			this.#names.delete(path);
			this.#durableNames.delete(path);
		}
	}

	get paths(): string[] {
		return [...this.#names.keys()].sort();
	}
}

function applyName(names: Map<string, Inode>, change: NameChange): void {
	if (change.op === 'set') {
		names.set(change.path, change.inode);
	} else {
		names.delete(change.path);
	}
}

/** Any length between the durable and the written one, each sector old or new; a sector never written is zeros. */
function tear({ bytes, durable }: Inode, random: () => number): Uint8Array {
	const shorter = Math.min(bytes.length, durable.length);
	const length = shorter + Math.floor(random() * (Math.abs(bytes.length - durable.length) + 1));
	const torn = new Uint8Array(length);
	torn.set(durable.subarray(0, length));
	for (let start = 0; start < length; start += sectorBytes) {
		if (random() < 0.5) {
			torn.set(bytes.subarray(start, Math.min(start + sectorBytes, length)), start);
		}
	}
	return torn;
}
