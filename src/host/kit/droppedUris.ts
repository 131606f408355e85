import * as vscode from 'vscode';

/** The places that were dropped: from the Explorer, and on the desktop from the file manager. */
export async function droppedUris(data: vscode.DataTransfer): Promise<vscode.Uri[]> {
	const list = (await data.get('text/uri-list')?.asString()) ?? '';
	return list
		.split(/\r?\n/)
		.filter((line) => line !== '' && !line.startsWith('#'))
		.map((line) => vscode.Uri.parse(line));
}

/** The files that came as contents only: into a browser window, from the file manager. */
export function droppedContents(data: vscode.DataTransfer): vscode.DataTransferFile[] {
	return [...data].flatMap(([, item]) => item.asFile() ?? []).filter(({ uri }) => uri === undefined);
}
