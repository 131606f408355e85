import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import type { Command } from '../kit/command.ts';
import { toFileUri } from '../kit/places.ts';
import type { ExchangeServices } from './exchangeServices.ts';
import { importWithPage } from './runImport.ts';

/** Imports what is selected in the Explorer, or the file of the active editor, which is saved first. */
export const openInWorkshop: Command<ExchangeServices> = {
	id: 'openInWorkshop',
	async run(services, place, selection) {
		const given = Array.isArray(selection) && selection.length > 0 ? selection : [place ?? (await activeFile())];
		return importWithPage(services, { places: given.map(toFileUri) });
	},
};

async function activeFile(): Promise<vscode.Uri> {
	const document = vscode.window.activeTextEditor?.document;
	if (document?.uri.scheme !== 'file') {
		throw new AppError('not-found', vscode.l10n.t('No file is open in the editor. Open the prompt file first'));
	}
	if (document.isDirty && !(await document.save())) {
		throw new AppError('storage', vscode.l10n.t('The file could not be saved. Save it, then try again'));
	}
	return document.uri;
}
