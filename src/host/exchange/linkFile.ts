import * as vscode from 'vscode';
import type { FileLinkResult } from '../../common/api.ts';
import { draftArgument } from '../drafts/draftArguments.ts';
import { chosen } from '../kit/arguments.ts';
import type { Command } from '../kit/command.ts';
import { showInformation } from '../kit/notify.ts';
import { toFileUri } from '../kit/places.ts';
import type { ExchangeServices } from './exchangeServices.ts';
import { readLinkedFile } from './linkedFile.ts';

/** Links a draft to a file of the workspace, which commits write the draft's text into. */
export const linkFile: Command<ExchangeServices> = {
	id: 'linkFile',
	async run(services, argument, place) {
		const draftId = await draftArgument(services, argument);
		const linked = await linkDraftFile(
			services,
			draftId,
			place === undefined ? await pickFile() : toFileUri(place),
		);
		void showInformation(
			vscode.l10n.t(
				'Linked to {0}. Committing the draft writes its text there, and changes of the file are offered here',
				vscode.workspace.asRelativePath(vscode.Uri.parse(linked.uri)),
			),
		);
		return linked;
	},
};

/** A draft without a text takes that of the file. */
export async function linkDraftFile(
	{ workshop, openStore }: ExchangeServices,
	draftId: number,
	place: vscode.Uri,
): Promise<FileLinkResult> {
	const store = await openStore();
	const { draftContent } = await store.read(({ drafts }) => drafts.get(draftId));
	const { uri, part } = await readLinkedFile(place);
	if (draftContent.trim() === '') {
		await workshop.update(draftId, { draftContent: part.text });
	}
	await workshop.linkFile(draftId, { uri: uri.toString(), text: part.text });
	return { draftId, uri: uri.toString() };
}

async function pickFile(): Promise<vscode.Uri> {
	const [folder] = vscode.workspace.workspaceFolders ?? [];
	const files = await vscode.window.showOpenDialog({
		title: vscode.l10n.t('File to link the draft to'),
		openLabel: vscode.l10n.t('Link'),
		...(folder && { defaultUri: folder.uri }),
	});
	return chosen(files?.[0]);
}
