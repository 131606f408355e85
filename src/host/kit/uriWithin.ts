import * as path from 'node:path';
import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import { isInside, realPath } from '../../disk/realPath.ts';

/**
 * The URI of something inside a folder, with its links resolved, to be used instead of the given one. Throws
 * `access-denied` if links lead out of the folder: the content of a workspace must not give access to files outside it. A
 * URI that is outside by name, or not on disk, is returned unchanged.
 */
export async function uriWithin(uri: vscode.Uri, folder: vscode.Uri): Promise<vscode.Uri> {
	if (uri.scheme !== 'file' || folder.scheme !== 'file' || !isInside(uri.fsPath, folder.fsPath)) {
		return uri;
	}
	const [real, root] = await Promise.all([realPath(uri.fsPath), realPath(folder.fsPath)]);
	if (!isInside(real, root)) {
		throw new AppError(
			'access-denied',
			vscode.l10n.t('{0} is a link to {1}, outside its folder, so it is not followed', uri.fsPath, real),
		);
	}
	return vscode.Uri.file(real);
}

/**
 * The file as VS Code names it, where it is named by its real path and its folder was opened through a link; else the given
 * URI.
 */
export async function uriInWorkspace(uri: vscode.Uri): Promise<vscode.Uri> {
	if (uri.scheme !== 'file' || vscode.workspace.getWorkspaceFolder(uri)) {
		return uri;
	}
	for (const folder of vscode.workspace.workspaceFolders ?? []) {
		const root = folder.uri.scheme === 'file' ? await realPath(folder.uri.fsPath) : undefined;
		if (root !== undefined && isInside(uri.fsPath, root)) {
			return vscode.Uri.joinPath(folder.uri, ...path.relative(root, uri.fsPath).split(path.sep));
		}
	}
	return uri;
}
