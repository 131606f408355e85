import type { ReadOnlyDocuments } from '../kit/readOnlyDocuments.ts';
import type { LibraryServices } from './libraryServices.ts';

/** Shows prompts, and what prompts and drafts were before. */
export function addLibraryDocuments(
	documents: Pick<ReadOnlyDocuments, 'add'>,
	openStore: LibraryServices['openStore'],
): void {
	documents.add({
		prompt: async (name) => ({
			text: await (await openStore()).read(({ prompts }) => prompts.get(name).content),
			origin: { prompts: [name] },
		}),
		// A version never changes.
		version: async (id) => ({
			text: await (await openStore()).read(({ versions }) => versions.get(Number(id)).content),
			origin: {},
		}),
		'saved-draft': async (id) => ({
			text: await (await openStore()).read(({ drafts }) => drafts.get(Number(id)).draftContent),
			origin: { drafts: [Number(id)] },
		}),
	});
}
