import * as vscode from 'vscode';
import { draftTitle } from '../../common/draftTitle.ts';
import { AppError } from '../../common/errors.ts';
import { readFileLink } from '../../prompts/linkedFile.ts';
import { isMissing } from '../kit/folderReader.ts';
import type { ExchangeServices } from './exchangeServices.ts';
import { readLinkedFile } from './linkedFile.ts';

/** How a draft and its file stand to the text in which they agreed last. */
export interface LinkedChange {
	kind: 'none' | 'draft' | 'file' | 'both' | 'missing';
	draftId: number;
	title: string;
	uri: vscode.Uri;
	/** The prompt in the file; empty if it is missing. */
	fileText: string;
	versionId: number;
}

/**
 * Compares a draft with its file. If both have the same text, that is noted as the one in which they agree. Rejects with
 * `not-found` if the draft is not linked.
 */
export async function linkedChange(
	{ openStore, workshop }: Pick<ExchangeServices, 'openStore' | 'workshop'>,
	draftId: number,
): Promise<LinkedChange> {
	const store = await openStore();
	const { draft, link, base } = await store.read(({ drafts, versions }) => {
		const found = drafts.get(draftId);
		const stored = readFileLink(found.metadata);
		return { draft: found, link: stored, base: stored ? versions.get(stored.versionId).content.trim() : '' };
	});
	if (!link) {
		throw new AppError('not-found', vscode.l10n.t('This draft is linked to no file. Use "Link to File" first'));
	}
	const uri = vscode.Uri.parse(link.uri);
	const known = { draftId, title: draftTitle(draft), uri, versionId: link.versionId };
	const file = await readLinkedFile(uri).catch((thrown: unknown) => {
		if (isMissing(thrown)) {
			return undefined;
		}
		throw thrown;
	});
	if (!file) {
		return { ...known, kind: 'missing', fileText: '' };
	}
	const fileText = file.part.text;
	const text = draft.draftContent.trim();
	if (fileText === text) {
		if (fileText !== base) {
			await workshop.agreeWithFile(draftId, fileText);
		}
		return { ...known, kind: 'none', fileText };
	}
	const kind = fileText === base ? 'draft' : text === base ? 'file' : 'both';
	return { ...known, kind, fileText };
}
