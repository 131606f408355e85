import { resetDraft as reset } from './resetText.ts';
import { draftArgument } from './draftArguments.ts';
import type { Command } from '../kit/command.ts';
import type { DraftServices } from './draftServices.ts';

export const resetDraft: Command<DraftServices> = {
	id: 'resetDraft',
	async run(services, argument) {
		const draftId = await draftArgument(services, argument);
		await reset(await services.openStore(), services.workshop, draftId);
	},
};
