import { readFiling } from '../../prompts/promptMetadata.ts';
import { recordOf } from '../../workshop/recordOf.ts';
import type { Command } from '../kit/command.ts';
import type { LibraryServices } from './libraryServices.ts';
import { recordOwners } from './recordOwners.ts';

/** Makes drafts or prompts favourites; if all of them are, they are favourites no longer. */
export const toggleFavourite: Command<LibraryServices> = {
	id: 'toggleFavourite',
	async run(services, argument, selection) {
		const owners = await recordOwners(services, argument, selection);
		const store = await services.openStore();
		const favourite = await store.read(
			(repositories) => !owners.every((owner) => readFiling(recordOf(repositories, owner).metadata).favourite),
		);
		await services.workshop.file(owners.map((owner) => ({ owner, filing: { favourite } })));
		return favourite;
	},
};
