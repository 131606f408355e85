import * as vscode from 'vscode';

/** The paths of the folders that this window has open, without those that are on no disk. */
export function openFolders(): string[] {
	return (vscode.workspace.workspaceFolders ?? [])
		.filter(({ uri }) => uri.scheme === 'file')
		.map(({ uri }) => uri.fsPath);
}
