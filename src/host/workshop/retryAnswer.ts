import { draftArgument } from '../kit/arguments.ts';
import { chatAnswer } from './chatAnswer.ts';
import type { Command } from '../kit/command.ts';

export const retryAnswer: Command = {
	id: 'retryAnswer',
	async run(services, argument) {
		const draftId = await draftArgument(services, argument);
		return chatAnswer(services, draftId, await services.workshop.retry(draftId));
	},
};
