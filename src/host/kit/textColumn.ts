import * as vscode from 'vscode';

/**
 * The column to show a text in: the active one, unless a panel is active there. Always a number, because a click in a
 * panel can arrive before VS Code reports the panel's column as active, and `Active` would then be wrong.
 */
export function textColumn(): vscode.ViewColumn {
	const { activeTab, viewColumn } = vscode.window.tabGroups.activeTabGroup;
	return activeTab?.input instanceof vscode.TabInputWebview ? vscode.ViewColumn.One : viewColumn;
}
