import { draftArgument } from '../drafts/draftArguments.ts';
import { chatAnswer } from './chatAnswer.ts';
import type { Command } from '../kit/command.ts';
import type { WorkshopServices } from './workshopServices.ts';

export const retryAnswer: Command<WorkshopServices> = {
	id: 'retryAnswer',
	async run(services, argument) {
		const draftId = await draftArgument(services, argument);
		return chatAnswer(services, draftId, await services.workshop.retry(draftId));
	},
};
