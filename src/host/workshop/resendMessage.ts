import { AppError } from '../../common/errors.ts';
import { draftArgument } from '../kit/arguments.ts';
import { chatAnswer } from './chatAnswer.ts';
import type { Command } from '../kit/command.ts';

/** `resendMessage(draftId, messageId, text)` replaces a message of the user and what followed it. */
export const resendMessage: Command = {
	id: 'resendMessage',
	async run(services, argument, messageId, text) {
		const draftId = await draftArgument(services, argument);
		if (typeof messageId !== 'number' || typeof text !== 'string') {
			throw new AppError('validation', 'resendMessage takes a draft id, a message id and the new text');
		}
		return chatAnswer(services, draftId, await services.workshop.resend(draftId, messageId, text));
	},
};
