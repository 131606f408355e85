import * as vscode from 'vscode';
import { showInformation } from '../kit/notify.ts';
import type { Command } from '../kit/command.ts';
import { exportWithTrials } from './exportWithTrials.ts';
import type { StoreServices } from './storeServices.ts';
import { exportTarget } from '../kit/exportTarget.ts';

export const exportDatabase: Command<StoreServices> = {
	id: 'exportDatabase',
	async run(services, place) {
		const uri = await exportTarget(place, 'prompt-workshop.db', {
			title: vscode.l10n.t('Export Database'),
			saveLabel: vscode.l10n.t('Export'),
			filters: { SQLite: ['db', 'sqlite'] },
		});
		const store = await services.openStore();
		await exportWithTrials(store, uri.fsPath, services.log);
		void showInformation(vscode.l10n.t('Database exported to {0}', uri.fsPath));
	},
};
