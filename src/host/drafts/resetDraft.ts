import { resetDraft as reset } from '../workshop/workshopReset.ts';
import { draftArgument } from '../kit/arguments.ts';
import type { Command } from '../kit/command.ts';

export const resetDraft: Command = {
	id: 'resetDraft',
	async run(services, argument) {
		const draftId = await draftArgument(services, argument);
		await reset(await services.openStore(), services.workshop, draftId);
	},
};
