import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { freeUri, toFileUri, trustedUri } from './places.ts';
import { chosen } from './arguments.ts';

/**
 * The file to export to: a new file that a caller names, or one that the user picks. VS Code's dialog proposes `name`
 * and asks before it replaces a file. Refused inside an untrusted workspace.
 */
export async function exportTarget(
	place: unknown,
	name: string,
	options: vscode.SaveDialogOptions,
): Promise<vscode.Uri> {
	if (place !== undefined) {
		return freeUri(toFileUri(place));
	}
	const [workspace] = vscode.workspace.isTrusted ? (vscode.workspace.workspaceFolders ?? []) : [];
	const folder = workspace?.uri ?? vscode.Uri.file(homedir());
	const defaultUri = vscode.Uri.joinPath(folder, name);
	return trustedUri(chosen(await vscode.window.showSaveDialog({ ...options, defaultUri })));
}
