import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import type { OrphanedStore } from '../../storage/contract.ts';
import { showInformation } from '../kit/notify.ts';
import { readTextFile, toFileUri } from '../kit/places.ts';
import { showPick } from '../kit/pick.ts';
import { chosen } from './arguments.ts';
import type { Command } from './command.ts';
import { plural } from '../plural.ts';

/** Adds what an exported `workshop.json` holds, or a store that a renamed or moved workspace left behind. */
export const importData: Command = {
	id: 'importData',
	async run(services, place) {
		const json = place === undefined ? await pickData(services) : await readTextFile(toFileUri(place));
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

async function pickData(services: Parameters<Command['run']>[0]): Promise<string> {
	const orphans = await services.findOrphanedStores();
	const items: (vscode.QuickPickItem & { orphan?: OrphanedStore })[] = [
		{ label: vscode.l10n.t('$(file) A file…'), detail: vscode.l10n.t('workshop.json of an export') },
		...orphans.map((orphan) => ({
			label: orphan.workspace ?? orphan.folder,
			description: plural(
				orphan.drafts,
				vscode.l10n.t('{0} draft', orphan.drafts),
				vscode.l10n.t('{0} drafts', orphan.drafts),
			),
			detail: vscode.l10n.t('Store of another workspace folder, last changed {0}', orphan.updatedAt ?? '?'),
			orphan,
		})),
	];
	const picked = items.length === 1 ? items[0] : await showPick(items, { placeHolder: vscode.l10n.t('Import from') });
	const { orphan } = chosen(picked);
	if (orphan) {
		return services.readOrphanedStore(orphan);
	}
	const [file] = chosen(
		await vscode.window.showOpenDialog({
			title: vscode.l10n.t('Import Data'),
			openLabel: vscode.l10n.t('Import'),
			filters: { JSON: ['json'] },
		}),
	);
	return readTextFile(chosen(file));
}
