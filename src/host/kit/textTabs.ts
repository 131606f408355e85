import * as vscode from 'vscode';

/** The documents that have a text editor, also those that were not loaded yet since the window was opened. */
export function textTabs(): vscode.Uri[] {
	return vscode.window.tabGroups.all
		.flatMap(({ tabs }) => tabs)
		.flatMap(({ input }) => (input instanceof vscode.TabInputText ? [input.uri] : []));
}
