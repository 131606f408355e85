import * as vscode from 'vscode';

/** Where a text is shown: in the column in use, but not over a panel that stands beside the texts. */
export function textColumn(): vscode.ViewColumn {
	const { activeTab, viewColumn } = vscode.window.tabGroups.activeTabGroup;
	const isPanel = activeTab?.input instanceof vscode.TabInputWebview;
	return isPanel && viewColumn !== vscode.ViewColumn.One ? vscode.ViewColumn.One : vscode.ViewColumn.Active;
}
