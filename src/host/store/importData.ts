import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import { maxImportBytes } from '../../storage/contract.ts';
import { showInformation } from '../kit/notify.ts';
import { readTextFile, toFileUri } from '../kit/places.ts';
import { chosen } from '../kit/arguments.ts';
import type { Command } from '../kit/command.ts';
import type { StoreServices } from './storeServices.ts';

/** Adds what an exported `workshop.json` holds. */
export const importData: Command<StoreServices> = {
	id: 'importData',
	async run(services, place) {
		const json = await readTextFile(place === undefined ? await pickFile() : toFileUri(place), maxImportBytes);
		const store = await services.openStore();
		const summary = await store.importAll(json).catch((thrown: unknown) => {
			const { mode, reason = '' } = store.status;
			throw mode === 'read-only'
				? new AppError(
						'storage',
						vscode.l10n.t(
							'Nothing was imported: the store is read-only. {0} You can also import into another workspace.',
							reason,
						),
						{ cause: thrown },
					)
				: thrown;
		});
		const message = vscode.l10n.t(
			'Imported. Drafts: {0}, prompts: {1}, test results: {2}, skipped: {3}',
			summary.drafts,
			summary.prompts,
			summary.results,
			summary.skipped.length,
		);
		services.log.info(message);
		for (const { what, reason } of summary.skipped) {
			services.log.warn(vscode.l10n.t('Left out at the import: {0}: {1}', what, reason));
		}
		void report(services, message, summary.skipped.length > 0);
		return summary;
	},
};

async function report(services: StoreServices, message: string, isIncomplete: boolean): Promise<void> {
	const details = vscode.l10n.t('Show Skipped');
	const picked = await (isIncomplete ? showInformation(message, details) : showInformation(message));
	if (picked === details) {
		services.log.show();
	}
}

async function pickFile(): Promise<vscode.Uri> {
	const [file] = chosen(
		await vscode.window.showOpenDialog({
			title: vscode.l10n.t('Import Data'),
			openLabel: vscode.l10n.t('Import'),
			filters: { JSON: ['json'] },
		}),
	);
	return chosen(file);
}
