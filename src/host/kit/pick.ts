import * as vscode from 'vscode';
import { visibleText } from '../../common/visibleText.ts';

/** A quick pick whose possibly untrusted texts are set only by this module. */
export interface Pick<T extends vscode.QuickPickItem> {
	pick: Omit<vscode.QuickPick<T>, 'items' | 'title' | 'placeholder'>;
	/** Sets texts and rows. Returns the rows as shown, in the same order. */
	present: (texts: { title?: string; placeholder?: string; items?: readonly T[] }) => readonly T[];
}

/** Lets the user choose one row; hidden characters are made visible. */
export async function showPick<T extends vscode.QuickPickItem>(
	items: readonly T[],
	options: vscode.QuickPickOptions & { canPickMany?: false },
	token?: vscode.CancellationToken,
): Promise<T | undefined> {
	const rows = items.map(visibleRow);
	const picked = await vscode.window.showQuickPick(rows, options, token);
	return picked && items[rows.indexOf(picked)];
}

/** Like `showPick`, for any number of rows. */
export async function showPicks<T extends vscode.QuickPickItem>(
	items: readonly T[],
	options: vscode.QuickPickOptions,
): Promise<T[] | undefined> {
	const rows = items.map(visibleRow);
	const picked = await vscode.window.showQuickPick(rows, { ...options, canPickMany: true });
	return picked && items.filter((_item, index) => picked.some((row) => row === rows[index]));
}

export function createPick<T extends vscode.QuickPickItem>(): Pick<T> {
	const pick = vscode.window.createQuickPick<T>();
	return {
		pick,
		present: ({ title, placeholder, items }) => {
			if (title !== undefined) {
				pick.title = visibleText(title);
			}
			if (placeholder !== undefined) {
				pick.placeholder = visibleText(placeholder);
			}
			if (items) {
				pick.items = items.map(visibleRow);
			}
			return pick.items;
		},
	};
}

function visibleRow<T extends vscode.QuickPickItem>(item: T): T {
	const { label, description, detail } = item;
	return {
		...item,
		label: visibleText(label),
		...(description !== undefined && { description: visibleText(description) }),
		...(detail !== undefined && { detail: visibleText(detail) }),
	};
}
