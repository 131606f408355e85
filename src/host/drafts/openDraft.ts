import { showDraft } from './draftFileSystem.ts';
import { draftArgument } from '../kit/arguments.ts';
import type { Command } from '../kit/command.ts';

export const openDraft: Command = {
	id: 'openDraft',
	async run(services, argument) {
		const draftId = await draftArgument(services, argument);
		const store = await services.openStore();
		const draft = await store.read(({ drafts }) => drafts.get(draftId));
		await showDraft(store, draft);
		return draft;
	},
};
