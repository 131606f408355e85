import type { ReadOnlyDocuments } from '../kit/readOnlyDocuments.ts';
import type { LibraryServices } from './libraryServices.ts';

/** Shows prompts, and what prompts and drafts were before. */
export function addLibraryDocuments(documents: ReadOnlyDocuments, openStore: LibraryServices['openStore']): void {
	documents.add({
		prompt: async (name) => (await openStore()).read(({ prompts }) => prompts.get(name).content),
		version: async (id) => (await openStore()).read(({ versions }) => versions.get(Number(id)).content),
		'saved-draft': async (id) => (await openStore()).read(({ drafts }) => drafts.get(Number(id)).draftContent),
	});
}
