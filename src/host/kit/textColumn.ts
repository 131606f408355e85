import * as vscode from 'vscode';

/**
 * Where a text is shown: in the column in use, but not over a panel that stands beside the texts. Always by number: a click
 * in a panel may reach us before VS Code's word that the panel's column is the one in use, which `Active` would mean then.
 */
export function textColumn(): vscode.ViewColumn {
	const { activeTab, viewColumn } = vscode.window.tabGroups.activeTabGroup;
	return activeTab?.input instanceof vscode.TabInputWebview ? vscode.ViewColumn.One : viewColumn;
}
