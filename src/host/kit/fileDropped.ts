import * as vscode from 'vscode';
import { toAppError } from '../../common/errors.ts';
import type { FilingChange } from '../../workshop/fileRecords.ts';
import type { Workshop } from '../../workshop/workshop.ts';
import { showError } from './command.ts';
import type { GroupRow, Grouping, RecordRow } from './filedRows.ts';
import { droppedFolder } from './filingDrop.ts';
import { offerUndo } from './offerUndo.ts';
import { plural } from './plural.ts';

/**
 * Files what was dropped on a row, and moves folders that were dropped there. One record is moved back as easily, several
 * with Undo.
 */
export async function fileDropped<T>(
	workshop: Pick<Workshop, 'file' | 'moveFolder'>,
	of: GroupRow['of'],
	changes: readonly FilingChange[],
	drop: { target: GroupRow | RecordRow<T> | undefined; grouping: Grouping; folders: readonly unknown[] },
): Promise<void> {
	const undo: FilingChange[] = [];
	try {
		if (changes.length > 0) {
			undo.push(...(await workshop.file(changes)));
		}
		for (const from of drop.folders) {
			const to = typeof from === 'string' ? droppedFolder(drop.target, drop.grouping, from) : undefined;
			if (typeof from === 'string' && to !== undefined) {
				undo.push(...(await workshop.moveFolder({ of, from, to })));
			}
		}
	} catch (thrown) {
		void showError(toAppError(thrown));
	}
	// Also for what was filed before an error.
	if (undo.length > 1) {
		offerFilingUndo(workshop, undo);
	}
}

/** Says how many drafts or prompts were filed, and offers to undo it. */
export function offerFilingUndo(workshop: Pick<Workshop, 'file'>, undo: readonly FilingChange[]): void {
	offerUndo(
		plural(
			undo.length,
			vscode.l10n.t('{0} item filed', undo.length),
			vscode.l10n.t('{0} items filed', undo.length),
		),
		() => workshop.file(undo),
	);
}

/** What a tree's `handleDrag` gave. Under the type of the tree itself, VS Code's own entry comes first. */
export async function draggedList(data: vscode.DataTransfer, mime: string): Promise<readonly unknown[]> {
	const items = [...data].filter(([type]) => type === mime);
	const values = await Promise.all(items.map(async ([, item]) => JSON.parse(await item.asString()) as unknown));
	const list: unknown[] = values.find(Array.isArray) ?? [];
	return list;
}
