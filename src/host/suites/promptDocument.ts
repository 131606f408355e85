import * as vscode from 'vscode';
import { draftTitle } from '../../common/draftTitle.ts';
import type { PromptReference } from '../../common/suiteModel.ts';
import type { Store } from '../../storage/contract.ts';
import { draftIdOf, splitReference } from '../../suites/storedPrompt.ts';
import { draftUri } from '../drafts/draftUri.ts';
import { readOnlyUri, versionUri } from '../kit/readOnlyDocuments.ts';
import { fileBeside } from './suiteFiles.ts';

/** The document that shows a prompt as a suite names it. Rejects with `not-found` as `resolvePrompt` does. */
export async function promptDocument(
	openStore: () => Promise<Store>,
	reference: PromptReference,
	suite: string,
): Promise<vscode.Uri> {
	const { kind, name } = splitReference(reference);
	if (kind === 'file') {
		return fileBeside(name, vscode.Uri.parse(suite));
	}
	const store = await openStore();
	return store.read(({ drafts, prompts, versions }) => {
		if (kind === 'draft') {
			return draftUri(store.status.storeId, drafts.get(draftIdOf(drafts, name)));
		}
		if (kind === 'library') {
			return readOnlyUri({ kind: 'prompt', key: name, title: prompts.get(name).name });
		}
		const { ownerKind, ownerId, number } = versions.listed(Number(name));
		const title = ownerKind === 'draft' ? draftTitle(drafts.get(ownerId)) : prompts.getById(ownerId).title;
		return versionUri(title, Number(name), number);
	});
}
