import { textHash } from '../disk/textHash.ts';

/** The stable id of the store in a folder. */
export function storeIdOf(folder: string): string {
	return textHash(folder).slice(0, 12);
}

/**
 * The folder for this workspace's data, given the one that VS Code gives this window (`context.storageUri`):
 * `<root>/<id>/<extension>`. VS Code's server locks workspace storage and gives a second window of the same workspace
 * `<root>/<id>-1/<extension>`, a third `<id>-2`; all of them belong to one workspace and share one store, the one with
 * the plain id. Only the plain folder has a `meta.json` whose id is the folder's own name.
 * `readMeta` resolves with the text of that file, or undefined if there is none.
 */
export async function storeFolder(
	storagePath: string,
	readMeta: (path: string) => Promise<string | undefined>,
): Promise<string> {
	const parts = /^(.*[\\/])([^\\/]+)([\\/][^\\/]+)[\\/]?$/.exec(storagePath);
	const [, root, name, extension] = parts ?? [];
	const plain = name && /^(.+)-\d+$/.exec(name)?.[1];
	if (root === undefined || name === undefined || extension === undefined || plain === undefined) {
		return storagePath;
	}
	const isPlain = async (candidate: string) =>
		workspaceId(await readMeta(`${root}${candidate}/meta.json`)) === candidate;
	// An id may itself end in a number; then its own meta.json confirms it.
	return !(await isPlain(name)) && (await isPlain(plain)) ? `${root}${plain}${extension}` : storagePath;
}

function workspaceId(meta: string | undefined): string | undefined {
	if (meta === undefined) {
		return undefined;
	}
	try {
		const parsed: unknown = JSON.parse(meta);
		return typeof parsed === 'object' && parsed !== null && 'id' in parsed ? String(parsed.id) : undefined;
	} catch {
		// Half-written by a window that is just starting.
		return undefined;
	}
}
