import * as vscode from 'vscode';
import { fileExists } from './fileExists.ts';
import { uriWithin } from './uriWithin.ts';

/** A file that does not exist, in a folder below `root`, whose links do not lead out of it: `slug.ending`, `slug-2.ending` and so on. */
export async function freeFile(
	root: vscode.Uri,
	folder: readonly string[],
	slug: string,
	ending: string,
): Promise<vscode.Uri> {
	for (let number = 1; ; number++) {
		const name = `${slug}${number === 1 ? '' : `-${number}`}${ending}`;
		const place = await uriWithin(vscode.Uri.joinPath(root, ...folder, name), root);
		if (!(await fileExists(place))) {
			return place;
		}
	}
}
