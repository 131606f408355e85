import * as vscode from 'vscode';
import { toAppError } from '../../common/errors.ts';
import { damageText } from './damageText.ts';
import { plural } from '../kit/plural.ts';
import { storeModeLabel } from './storeModeLabel.ts';
import { megabytes, recommendedStoreBytes, storeBytes } from './storeSize.ts';
import { showInformation } from '../kit/notify.ts';
import type { Command } from '../kit/command.ts';
import type { StoreServices } from './storeServices.ts';

/** Where the store is, how it is, and what was found damaged; with the actions that help. */
export const showStorageStatus: Command<StoreServices> = {
	id: 'showStorageStatus',
	async run(services) {
		const { lines, answer } = await describe(services);
		const exportAll = vscode.l10n.t('Export All Data');
		const open = vscode.l10n.t('Open Folder');
		void showInformation(
			vscode.l10n.t('Prompt Workshop storage'),
			{ modal: true, detail: lines.join('\n') },
			exportAll,
			...(answer ? [open] : []),
		).then((chosen) => {
			if (chosen === exportAll) {
				return vscode.commands.executeCommand('promptWorkshop.exportAllData');
			}
			return chosen === open && answer ? vscode.env.openExternal(vscode.Uri.file(answer.folder)) : undefined;
		});
		return answer;
	},
};

async function describe(services: StoreServices) {
	try {
		const { status } = await services.openStore();
		const kib = (bytes: number) => vscode.l10n.t('{0} KB', Math.ceil(bytes / 1024).toLocaleString());
		const log = [kib(status.logBytes), status.logTransactions.toLocaleString()];
		const lines = [
			vscode.l10n.t('Folder: {0}', status.folder),
			vscode.l10n.t('State: {0}', storeModeLabel(status.mode)),
			...(status.reason === undefined ? [] : [status.reason]),
			vscode.l10n.t('Snapshot {0}: {1}', status.generation, kib(status.snapshotBytes)),
			plural(
				status.logTransactions,
				vscode.l10n.t('Log: {0}, {1} transaction', ...log),
				vscode.l10n.t('Log: {0}, {1} transactions', ...log),
			),
			vscode.l10n.t('Transactions since the store was created: {0}', status.sequence.toLocaleString()),
			vscode.l10n.t(
				'Size: {0}; keep it below {1}',
				megabytes(storeBytes(status)),
				megabytes(recommendedStoreBytes),
			),
			...status.damage.map(damageText),
		];
		return { lines, answer: status };
	} catch (thrown) {
		return { lines: [toAppError(thrown).message], answer: undefined };
	}
}
