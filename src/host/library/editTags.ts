import type { FilingPatch } from '../../common/api.ts';
import { tagKey } from '../../prompts/filing.ts';
import { readFiling } from '../../prompts/promptMetadata.ts';
import { recordOf } from '../../workshop/recordOf.ts';
import type { Command } from '../kit/command.ts';
import { offerFilingUndo } from '../kit/fileDropped.ts';
import type { LibraryServices } from './libraryServices.ts';
import { recordOwners, recordTitle } from './recordOwners.ts';

/** Changes tags, folder and favourite of drafts and prompts. Without a patch, tags and folder are asked for. */
export const editTags: Command<LibraryServices> = {
	id: 'editTags',
	async run(services, argument, patch, selection) {
		const owners = await recordOwners(services, argument, selection);
		const { workshop } = services;
		const [first] = owners;
		if (first && owners.length === 1 && patch !== undefined) {
			return workshop.setTags(first, patch as FilingPatch);
		}
		const store = await services.openStore();
		const { records, known } = await store.read((repositories) => ({
			records: owners.map((owner) => recordOf(repositories, owner)),
			known: [...repositories.drafts.list(), ...repositories.prompts.list()].map(({ metadata }) =>
				readFiling(metadata),
			),
		}));
		const filings = records.map(({ metadata }) => readFiling(metadata));
		if (patch !== undefined) {
			await workshop.file(owners.map((owner) => ({ owner, filing: patch as FilingPatch })));
			return undefined;
		}
		const title = records[0] && records.length === 1 ? recordTitle(records[0]) : undefined;
		// Loaded on first use.
		const { askFiling } = await import('./askFiling.ts');
		const answer = await askFiling(title, filings, known);
		// Other tags may have been added while the user was asked.
		const current = await store.read((repositories) =>
			owners.map((owner) => readFiling(recordOf(repositories, owner).metadata)),
		);
		const undo = await workshop.file(
			owners.map((owner, index) => ({
				owner,
				filing: {
					tags: changedTags(current[index]?.tags ?? [], answer),
					...(answer.folder !== undefined && { folder: answer.folder }),
				},
			})),
		);
		if (owners.length > 1) {
			offerFilingUndo(workshop, undo);
		}
		return undefined;
	},
};

function changedTags(own: readonly string[], { added, removed }: { added: string[]; removed: string[] }): string[] {
	const gone = new Set(removed.map(tagKey));
	return [...own.filter((tag) => !gone.has(tagKey(tag))), ...added];
}
