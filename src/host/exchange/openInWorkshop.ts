import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import type { DraftSummary } from '../../common/model.ts';
import { readFileLink } from '../../prompts/linkedFile.ts';
import { showDraft } from '../drafts/draftFileSystem.ts';
import type { Command } from '../kit/command.ts';
import { toFileUri } from '../kit/places.ts';
import type { ExchangeServices } from './exchangeServices.ts';
import { linkedPlace } from './linkedFile.ts';
import { importWithPage } from './runImport.ts';

/** Opens the draft that a file is linked to, or imports what is selected in the Explorer, or the file of the active editor, which is saved first. */
export const openInWorkshop: Command<ExchangeServices> = {
	id: 'openInWorkshop',
	async run(services, place, selection) {
		const given = Array.isArray(selection) && selection.length > 0 ? selection : [place ?? (await activeFile())];
		const places = given.map(toFileUri);
		const linked = places.length === 1 ? await linkedDraft(services, places[0]) : undefined;
		if (linked) {
			await showDraft(await services.openStore(), linked);
			return { format: '', drafts: [linked.id], suites: [], fixtures: [], report: [] };
		}
		return importWithPage(services, { places }, { link: true });
	},
};

/** The newest draft that is linked to the file. */
async function linkedDraft(
	{ openStore }: ExchangeServices,
	place: vscode.Uri | undefined,
): Promise<DraftSummary | undefined> {
	const uri = place && vscode.workspace.getWorkspaceFolder(place) && (await linkedPlace(place)).toString();
	const store = await openStore();
	const drafts = await store.read((repositories) => repositories.drafts.list());
	return drafts.find(({ metadata }) => uri !== undefined && readFileLink(metadata)?.uri === uri);
}

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
