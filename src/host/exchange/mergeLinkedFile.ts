import * as vscode from 'vscode';
import { draftArgument } from '../drafts/draftArguments.ts';
import { draftUri } from '../drafts/draftUri.ts';
import type { Command } from '../kit/command.ts';
import { showInformation, showWarning } from '../kit/notify.ts';
import { readOnlyUri, versionUri } from '../kit/readOnlyDocuments.ts';
import { showDiff } from '../kit/showDiff.ts';
import type { ExchangeServices } from './exchangeServices.ts';
import { linkedChange, type LinkedChange } from './linkedChange.ts';

/** Offers what is new in the file of a draft: to take it over, or to merge it if the draft was changed too. */
export const mergeLinkedFile: Command<ExchangeServices> = {
	id: 'mergeLinkedFile',
	async run(services, argument) {
		const change = await linkedChange(services, await draftArgument(services, argument));
		const name = vscode.workspace.asRelativePath(change.uri);
		switch (change.kind) {
			case 'none':
				void showInformation(vscode.l10n.t('{0} and the draft have the same text', name));
				break;
			case 'draft':
				void showInformation(
					vscode.l10n.t('{0} has nothing new. Commit the draft to write its text there', name),
				);
				break;
			default:
				await offerChange(services, change);
		}
		return { kind: change.kind };
	},
};

/** Tells the user what changed and does what is chosen. */
export async function offerChange(services: ExchangeServices, change: LinkedChange): Promise<void> {
	const { kind, title, uri } = change;
	const name = vscode.workspace.asRelativePath(uri);
	const compare = vscode.l10n.t('Compare');
	const take = vscode.l10n.t('Take Over');
	const merge = vscode.l10n.t('Merge');
	const unlink = vscode.l10n.t('Unlink');
	const another = vscode.l10n.t('Link to Another File…');
	const answer =
		kind === 'missing'
			? await showWarning(
					vscode.l10n.t('{0}, which the draft "{1}" is linked to, is gone. The draft is kept', name, title),
					another,
					unlink,
				)
			: kind === 'file'
				? await showInformation(
						vscode.l10n.t(
							'{0} was changed. Take its text into the draft "{1}" as a new version?',
							name,
							title,
						),
						{},
						compare,
						take,
					)
				: await showWarning(
						vscode.l10n.t('{0} and the draft "{1}" were both changed. Merge them?', name, title),
						{},
						compare,
						merge,
					);
	if (answer === compare) {
		await showDiff(savedDraft(change), fileDocument(change), vscode.l10n.t('{0}: draft and file', title));
		// The diff is read first; then the same question comes with what remains to be done.
		await offerChange(services, change);
	} else if (answer === take) {
		await takeOver(services, change.draftId);
	} else if (answer === merge) {
		await openMerge(services, change);
	} else if (answer === another) {
		await vscode.commands.executeCommand('promptWorkshop.linkFile', change.draftId);
	} else if (answer === unlink) {
		await services.workshop.unlinkFile(change.draftId);
	}
}

/** The file and the draft may have changed since the question was asked; if so, it is asked again. */
async function takeOver(services: ExchangeServices, draftId: number): Promise<void> {
	await services.documents.save(draftId);
	const change = await linkedChange(services, draftId);
	const { kind, fileText } = change;
	if (kind === 'file') {
		await services.workshop.update(draftId, { draftContent: fileText });
		await services.workshop.agreeWithFile(draftId, fileText);
	} else if (kind === 'both' || kind === 'missing') {
		await offerChange(services, change);
	}
}

/** Once the merge is saved into the draft, the file's text is the one that both come from. */
async function openMerge(services: ExchangeServices, change: LinkedChange): Promise<void> {
	const { draftId, title, versionId, fileText } = change;
	const store = await services.openStore();
	const draft = await store.read(({ drafts }) => drafts.get(draftId));
	const output = draftUri(store.status.storeId, draft);
	await services.documents.save(draftId);
	(await services.linkedFiles()).awaitMerge(output, () => services.workshop.agreeWithFile(draftId, fileText));
	await vscode.commands.executeCommand('_open.mergeEditor', {
		base: versionUri(title, versionId, 1),
		input1: { uri: fileDocument(change), title: vscode.l10n.t('File') },
		input2: { uri: savedDraft(change), title: vscode.l10n.t('Draft') },
		output,
	});
}

function savedDraft({ draftId, title }: LinkedChange): vscode.Uri {
	return readOnlyUri({ kind: 'saved-draft', key: String(draftId), title });
}

function fileDocument({ draftId, title }: LinkedChange): vscode.Uri {
	return readOnlyUri({ kind: 'linked-file', key: String(draftId), title });
}
