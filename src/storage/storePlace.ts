import type { DiskFiles } from '../disk/files.ts';
import { placeFile } from '../disk/placeFile.ts';

/** Next to the store, so that other windows know which folders it belongs to: VS Code's server records only their name. */
const ownNote = 'place.json';

/** The workspace that a store belongs to. */
export interface Place {
	/** For people; undefined if unknown. */
	name?: string;
	/** Absolute paths; empty if unknown. */
	folders: string[];
}

/** Records in `base`, next to a store, which folders the workspace has. */
export async function notePlace(files: DiskFiles, base: string, place: Place): Promise<void> {
	const bytes = new TextEncoder().encode(`${JSON.stringify(place)}\n`);
	const before = await files.read(`${base}/${ownNote}`);
	if (before === undefined || new TextDecoder().decode(before) !== new TextDecoder().decode(bytes)) {
		await files.createFolder(base);
		await placeFile(files, base, ownNote, bytes);
	}
}

/** Reads our own note in `base`, or else what VS Code has recorded in the workspace's storage folder. */
export async function placeOf(files: DiskFiles, storage: string, base: string): Promise<Place> {
	const own = await readNote(files, `${base}/${ownNote}`);
	if (own && Array.isArray(own['folders']) && own['folders'].every((folder) => typeof folder === 'string')) {
		return { ...nameOf(own), folders: own['folders'] };
	}
	const desktop = await readNote(files, `${storage}/workspace.json`);
	const uri = desktop?.['folder'] ?? desktop?.['workspace'];
	if (typeof uri === 'string') {
		const path = pathOf(uri);
		return { name: path ?? uri, folders: path === undefined ? [] : [path] };
	}
	const server = await readNote(files, `${storage}/meta.json`);
	return { ...(server && nameOf(server)), folders: [] };
}

function nameOf({ name }: Record<string, unknown>): { name?: string } {
	return typeof name === 'string' && name !== '' ? { name } : {};
}

/** The path of a folder on this machine; on a remote machine, where the extension runs there, its remote paths are local. */
function pathOf(uri: string): string | undefined {
	const [, path] = /^(?:file|vscode-remote):\/\/[^/]*(\/.*)$/.exec(uri) ?? [];
	try {
		return path === undefined ? undefined : decodeURIComponent(path).replace(/^\/([A-Za-z]:)/, '$1');
	} catch {
		return undefined;
	}
}

async function readNote(files: DiskFiles, path: string): Promise<Record<string, unknown> | undefined> {
	try {
		const note: unknown = JSON.parse(new TextDecoder().decode(await files.read(path)));
		return typeof note === 'object' && note !== null ? (note as Record<string, unknown>) : undefined;
	} catch {
		// Missing, or half-written by a window that is just starting.
		return undefined;
	}
}
