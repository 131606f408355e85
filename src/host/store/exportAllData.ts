import * as vscode from 'vscode';
import { showInformation } from '../kit/notify.ts';
import { freeUri, toFileUri } from '../kit/places.ts';
import { writeNewFolder } from '../kit/writeAtomically.ts';
import { chosen } from '../kit/arguments.ts';
import type { Command } from '../kit/command.ts';
import type { StoreServices } from './storeServices.ts';

/** Readable files plus one JSON, in a new folder, so that nothing is overwritten. Works when the store is read-only. */
export const exportAllData: Command<StoreServices> = {
	id: 'exportAllData',
	async run(services, place) {
		const parent =
			place === undefined
				? chosen(
						await vscode.window.showOpenDialog({
							title: vscode.l10n.t('Export All Data'),
							openLabel: vscode.l10n.t('Export Here'),
							canSelectFolders: true,
							canSelectFiles: false,
						}),
					)[0]
				: toFileUri(place);
		const folder = await freeUri(vscode.Uri.joinPath(chosen(parent), `prompt-workshop-${stamp(new Date())}`));
		const store = await services.openStore();
		const files = await store.exportAll();
		await writeNewFolder(folder, files);
		void showInformation(vscode.l10n.t('{0} files exported to {1}', files.length, folder.fsPath));
		return folder.fsPath;
	},
};

/** `2026-11-21-153000`, local time. */
function stamp(date: Date): string {
	const two = (value: number) => String(value).padStart(2, '0');
	const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
	return `${day}-${two(date.getHours())}${two(date.getMinutes())}${two(date.getSeconds())}`;
}
