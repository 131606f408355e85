import * as vscode from 'vscode';

/** The file of a report that was read from one; undefined for the id of a stored run. */
export function fileOfReport(id: string): vscode.Uri | undefined {
	return id.startsWith('file:') ? vscode.Uri.parse(id, true) : undefined;
}
