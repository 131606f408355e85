import { askGrouping } from '../kit/askGrouping.ts';
import type { Command } from '../kit/command.ts';
import type { LibraryServices } from './libraryServices.ts';
import { promptGroupings } from './libraryTree.ts';

export const groupPrompts: Command<LibraryServices> = {
	id: 'groupPrompts',
	async run({ libraryTree }, grouping) {
		await libraryTree.setGrouping(await askGrouping(promptGroupings, libraryTree.grouping, grouping));
	},
};
