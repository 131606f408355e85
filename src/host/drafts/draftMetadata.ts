import type * as vscode from 'vscode';
import { isAppError } from '../../common/errors.ts';
import { readPromptMetadata, type PromptMetadata } from '../../prompts/promptMetadata.ts';
import type { Store } from '../../storage/contract.ts';
import { draftIdOf } from './draftUri.ts';

/** The stored metadata of the draft that a document shows; undefined for other documents and deleted drafts. */
export async function draftMetadata(
	openStore: () => Promise<Store>,
	{ uri }: Pick<vscode.TextDocument, 'uri'>,
): Promise<PromptMetadata | undefined> {
	const draftId = draftIdOf(uri);
	if (draftId === undefined) {
		return undefined;
	}
	const store = await openStore();
	try {
		return readPromptMetadata(await store.read(({ drafts }) => drafts.get(draftId).metadata));
	} catch (thrown) {
		if (isAppError(thrown, 'not-found')) {
			return undefined;
		}
		throw thrown;
	}
}
