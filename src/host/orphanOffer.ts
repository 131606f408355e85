import * as vscode from 'vscode';
import { showInformation } from './kit/notify.ts';
import { fileExists } from './fileExists.ts';
import type { OrphanedStore, Store } from '../storage/contract.ts';
import { plural } from './plural.ts';

const askedKey = 'orphans.asked';

/**
 * Once for a workspace whose store is empty: where a store with drafts belongs to a folder that is gone (it was renamed
 * or moved), its data is offered for import. Nothing is deleted there.
 */
export async function offerOrphans(
	store: Store,
	findOrphans: () => Promise<OrphanedStore[]>,
	memory: vscode.Memento,
): Promise<void> {
	const drafts = await store.read((repositories) => repositories.drafts.list().length);
	if (drafts > 0 || memory.get(askedKey)) {
		return;
	}
	await memory.update(askedKey, true);
	const left: OrphanedStore[] = [];
	for (const orphan of await findOrphans()) {
		if (orphan.workspace !== null && !(await fileExists(folderOf(orphan.workspace)))) {
			left.push(orphan);
		}
	}
	if (left.length === 0) {
		return;
	}
	const count = left.reduce((sum, orphan) => sum + orphan.drafts, 0);
	const importData = vscode.l10n.t('Import Data');
	const answer = await showInformation(
		plural(
			count,
			vscode.l10n.t('{0} draft belongs to a workspace folder that is gone. Was this folder renamed?', count),
			vscode.l10n.t('{0} drafts belong to a workspace folder that is gone. Was this folder renamed?', count),
		),
		importData,
	);
	if (answer === importData) {
		await vscode.commands.executeCommand('promptWorkshop.importData');
	}
}

/** The folder of a workspace address; remote addresses name a path of this machine. */
function folderOf(workspace: string): vscode.Uri {
	return vscode.Uri.file(vscode.Uri.parse(workspace).path);
}
