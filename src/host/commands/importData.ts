import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import { showInformation } from '../kit/notify.ts';
import { readTextFile, toFileUri } from '../kit/places.ts';
import { chosen } from './arguments.ts';
import type { Command } from './command.ts';

/** Adds what an exported `workshop.json` holds. */
export const importData: Command = {
	id: 'importData',
	async run(services, place) {
		const json = await readTextFile(place === undefined ? await pickFile() : toFileUri(place));
		const store = await services.openStore();
		const summary = await store.importAll(json).catch((thrown: unknown) => {
			const { mode, reason = '' } = store.status;
			throw mode === 'read-only'
				? new AppError(
						'storage',
						vscode.l10n.t(
							'Nothing was imported: the store is read-only. {0} Or import into another workspace.',
							reason,
						),
						{ cause: thrown },
					)
				: thrown;
		});
		const message = vscode.l10n.t(
			'Imported. Drafts: {0}, prompts: {1}, test results: {2}, left out: {3}',
			summary.drafts,
			summary.prompts,
			summary.results,
			summary.skipped.length,
		);
		services.log.info(message, ...summary.skipped.map(({ what, reason }) => `${what}: ${reason}`));
		void showInformation(message);
		return summary;
	},
};

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
