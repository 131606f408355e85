import { askGrouping } from '../kit/askGrouping.ts';
import type { Command } from '../kit/command.ts';
import type { DraftServices } from './draftServices.ts';
import { draftGroupings } from './draftsTree.ts';

export const groupDrafts: Command<DraftServices> = {
	id: 'groupDrafts',
	async run({ draftsTree }, grouping) {
		await draftsTree.setGrouping(await askGrouping(draftGroupings, draftsTree.grouping, grouping));
	},
};
