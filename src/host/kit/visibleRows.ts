import * as vscode from 'vscode';
import { visibleText } from '../../common/visibleText.ts';

/** Makes hidden characters in the rows of a tree visible, because their texts come from files and servers. */
export function visibleRows<T>(provider: vscode.TreeDataProvider<T>): vscode.TreeDataProvider<T> {
	return {
		...(provider.onDidChangeTreeData && { onDidChangeTreeData: provider.onDidChangeTreeData }),
		getTreeItem: (node) => {
			const item = provider.getTreeItem(node);
			return item instanceof vscode.TreeItem ? visible(item) : item.then(visible);
		},
		getChildren: (node) => provider.getChildren(node),
		...(provider.getParent && { getParent: (node) => provider.getParent?.(node) }),
	};
}

function visible(item: vscode.TreeItem): vscode.TreeItem {
	const { label, description, tooltip } = item;
	if (typeof label === 'string') {
		item.label = visibleText(label);
	}
	if (typeof description === 'string') {
		item.description = visibleText(description);
	}
	if (typeof tooltip === 'string') {
		item.tooltip = visibleText(tooltip);
	}
	return item;
}
