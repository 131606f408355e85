import type { CloneOptions } from '../../common/api.ts';
import { promptArgument } from './promptArguments.ts';
import type { Command } from '../kit/command.ts';
import type { LibraryServices } from './libraryServices.ts';
import { showStarted } from '../drafts/newDraft.ts';

export const cloneToDraft: Command<LibraryServices> = {
	id: 'cloneToDraft',
	async run(services, argument, options) {
		const parentPrompt = await promptArgument(services, argument);
		const { draftId, chatId } = await showStarted(
			services,
			await services.workshop.clone(parentPrompt, options as CloneOptions | undefined),
		);
		return { draftId, chatId, parentPrompt };
	},
};
