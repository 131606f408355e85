import * as vscode from 'vscode';
import { chosen } from '../kit/arguments.ts';
import type { Command } from '../kit/command.ts';
import { showPick } from '../kit/pick.ts';
import { toFileUri } from '../kit/places.ts';
import type { ExchangeServices } from './exchangeServices.ts';
import { importWithPage } from './runImport.ts';

/** Imports a file or folder that is given, selected in the Explorer, or picked, after a page that says what becomes of it. */
export const importPromptFile: Command<ExchangeServices> = {
	id: 'importPromptFile',
	async run(services, place, selection) {
		const given = Array.isArray(selection) && selection.length > 0 ? selection : place === undefined ? [] : [place];
		const places = given.length > 0 ? given.map(toFileUri) : await pickPlaces();
		return importWithPage(services, { places });
	},
};

async function pickPlaces(): Promise<vscode.Uri[]> {
	const items = [
		{
			label: vscode.l10n.t('Files'),
			detail: vscode.l10n.t('Prompts, tests and conversations of other tools, such as SKILL.md or promptfoo'),
			isFolder: false,
		},
		{ label: vscode.l10n.t('Folder'), detail: vscode.l10n.t('All such files in it'), isFolder: true },
	];
	const { isFolder } = chosen(await showPick(items, { placeHolder: vscode.l10n.t('Choose what to import') }));
	return chosen(
		await vscode.window.showOpenDialog({
			canSelectFiles: !isFolder,
			canSelectFolders: isFolder,
			canSelectMany: !isFolder,
			title: vscode.l10n.t('Import prompts'),
			openLabel: vscode.l10n.t('Import'),
		}),
	);
}
