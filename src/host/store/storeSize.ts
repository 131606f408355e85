import * as vscode from 'vscode';
import type { Store, StoreStatus } from '../../storage/contract.ts';
import { showWarning } from '../kit/notify.ts';

/**
 * sql.js holds the database in the memory of a process that all extensions share: one of 256 MB takes 839 MB. Beyond
 * this the store still works, and says so.
 */
export const recommendedStoreBytes = 200 * 1024 * 1024;

/** What the next opening reads: the snapshot and the transactions since. */
export function storeBytes({ snapshotBytes, logBytes }: StoreStatus): number {
	return snapshotBytes + logBytes;
}

/** `12.5 MB`, in the form that the reader's language has for numbers. */
export function megabytes(bytes: number): string {
	return vscode.l10n.t('{0} MB', (bytes / 1024 / 1024).toLocaleString(undefined, { maximumFractionDigits: 1 }));
}

/** Warns once, as soon as the store is larger than recommended. */
export function watchStoreSize(store: Store): void {
	const check = () => {
		if (storeBytes(store.status) > recommendedStoreBytes) {
			listener.dispose();
			void warn(storeBytes(store.status));
		}
	};
	const listener = store.onDidChange(check);
	check();
}

async function warn(bytes: number): Promise<void> {
	const exportAll = vscode.l10n.t('Export All Data');
	const chosen = await showWarning(
		vscode.l10n.t(
			'The Prompt Workshop store has grown to {0}. It is held in memory, so keep it below {1}: delete old test results, or export all data and start over in another workspace',
			megabytes(bytes),
			megabytes(recommendedStoreBytes),
		),
		exportAll,
	);
	if (chosen === exportAll) {
		await vscode.commands.executeCommand('promptWorkshop.exportAllData');
	}
}
