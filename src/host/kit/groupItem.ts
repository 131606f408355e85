import * as vscode from 'vscode';
import type { GroupRow } from './filedRows.ts';
import { plural } from './plural.ts';

const icons = { folder: 'folder', tag: 'tag', group: undefined };

/** Fewer records are all shown at once. */
const expandedUpTo = 100;

/** How a folder, tag or other group is shown. */
export function groupItem({ kind, id, label, value, count }: GroupRow, total: number): vscode.TreeItem {
	const item = new vscode.TreeItem(
		label,
		total > expandedUpTo ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.Expanded,
	);
	const counted = plural(
		count,
		vscode.l10n.t('{0} item', count.toLocaleString()),
		vscode.l10n.t('{0} items', count.toLocaleString()),
	);
	const icon = icons[kind];
	item.id = id;
	item.description = count.toLocaleString();
	item.contextValue = kind;
	item.tooltip = `${kind === 'folder' ? value : label}\n${counted}`;
	item.accessibilityInformation = { label: `${label}, ${counted}` };
	if (icon) {
		item.iconPath = new vscode.ThemeIcon(icon);
	}
	return item;
}
