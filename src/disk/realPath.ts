import { lstat, readlink, realpath } from 'node:fs/promises';
import * as path from 'node:path';

/**
 * The real path of a location, without `..` and links. A missing file is resolved in the real folder of its nearest
 * existing parent; a dangling link is followed too, because a file written to it would be created at its target.
 *
 * @throws Node's error if the path cannot be resolved
 */
export async function realPath(location: string): Promise<string> {
	return follow(path.resolve(location));
}

async function follow(location: string): Promise<string> {
	try {
		return await realpath(location);
	} catch (error) {
		const parent = path.dirname(location);
		if (!isMissing(error) || parent === location) {
			throw error;
		}
		const real = path.join(await follow(parent), path.basename(location));
		return (await isLink(real)) ? follow(path.resolve(path.dirname(real), await readlink(real))) : real;
	}
}

async function isLink(location: string): Promise<boolean> {
	try {
		return (await lstat(location)).isSymbolicLink();
	} catch (error) {
		if (isMissing(error)) {
			return false;
		}
		throw error;
	}
}

function isMissing(error: unknown): boolean {
	const code = error instanceof Error && 'code' in error ? error.code : undefined;
	return code === 'ENOENT' || code === 'ENOTDIR';
}

/** Whether a path is the folder or inside it. Both are compared as given. */
export function isInside(location: string, folder: string): boolean {
	const below = path.relative(folder, location);
	return below !== '..' && !below.startsWith(`..${path.sep}`) && !path.isAbsolute(below);
}
