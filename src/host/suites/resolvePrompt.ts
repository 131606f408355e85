import * as vscode from 'vscode';
import type { PromptReference } from '../../common/suiteModel.ts';
import type { Store } from '../../storage/contract.ts';
import { draftIdOf, promptOfText, splitReference, storedPrompt } from '../../suites/storedPrompt.ts';
import type { ResolvedPrompt } from '../../suites/suiteContext.ts';
import type { DraftDocuments } from '../../workshop/context.ts';
import type { Workshop } from '../../workshop/workshop.ts';
import { readBeside } from './suiteFiles.ts';

export interface PromptPlaces {
	openStore: () => Promise<Store>;
	documents: Pick<DraftDocuments, 'save'>;
	workshop: Pick<Workshop, 'modelsOf'>;
}

/** Finds a prompt as a suite names it. The open document of a draft is saved first. */
export async function resolvePrompt(
	{ openStore, documents, workshop }: PromptPlaces,
	reference: PromptReference,
	suiteUri: string,
): Promise<ResolvedPrompt> {
	const { kind, name } = splitReference(reference);
	if (kind === 'file') {
		return promptOfText(
			reference,
			name.split('/').at(-1) ?? name,
			await readBeside(name, vscode.Uri.parse(suiteUri)),
		);
	}
	const store = await openStore();
	if (kind !== 'draft') {
		return store.read((repositories) => storedPrompt(repositories, reference));
	}
	const id = await store.read(({ drafts }) => draftIdOf(drafts, name));
	await documents.save(id);
	const { test: model } = await workshop.modelsOf(id);
	const found = await store.read((repositories) => storedPrompt(repositories, `draft:${id}`));
	return { ...found, ...(model !== undefined && { model }) };
}
