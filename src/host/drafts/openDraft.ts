import { showDraft } from './draftFileSystem.ts';
import { draftArgument } from './draftArguments.ts';
import type { Command } from '../kit/command.ts';
import type { DraftServices } from './draftServices.ts';

export const openDraft: Command<DraftServices> = {
	id: 'openDraft',
	async run(services, argument) {
		const draftId = await draftArgument(services, argument);
		const store = await services.openStore();
		const draft = await store.read(({ drafts }) => drafts.get(draftId));
		await showDraft(store, draft);
		return draft;
	},
};
