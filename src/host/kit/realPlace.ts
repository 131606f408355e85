import { lstat, readlink, realpath } from 'node:fs/promises';
import * as path from 'node:path';

/**
 * Where a path really leads: without `..` and links. A file that is not there yet lies in the real folder of its nearest
 * parent that is; a link that leads to nothing is followed too, as a file written to it would be made where it leads.
 *
 * @throws Node's error where the path cannot be followed
 */
export async function realPlace(place: string): Promise<string> {
	return follow(path.resolve(place));
}

async function follow(place: string): Promise<string> {
	try {
		return await realpath(place);
	} catch (error) {
		const parent = path.dirname(place);
		if (!isMissing(error) || parent === place) {
			throw error;
		}
		const real = path.join(await follow(parent), path.basename(place));
		return (await isLink(real)) ? follow(path.resolve(path.dirname(real), await readlink(real))) : real;
	}
}

async function isLink(place: string): Promise<boolean> {
	try {
		return (await lstat(place)).isSymbolicLink();
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

/** Whether a path is a folder or lies in it; both are compared as they stand. */
export function liesIn(place: string, folder: string): boolean {
	const below = path.relative(folder, place);
	return below !== '..' && !below.startsWith(`..${path.sep}`) && !path.isAbsolute(below);
}
