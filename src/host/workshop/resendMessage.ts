import * as l10n from '@vscode/l10n';
import { AppError } from '../../common/errors.ts';
import { draftArgument } from '../drafts/draftArguments.ts';
import { chatAnswer } from './chatAnswer.ts';
import type { Command } from '../kit/command.ts';
import type { WorkshopServices } from './workshopServices.ts';

/** `resendMessage(draftId, messageId, text)` replaces a user message and removes what followed it. */
export const resendMessage: Command<WorkshopServices> = {
	id: 'resendMessage',
	async run(services, argument, messageId, text) {
		const draftId = await draftArgument(services, argument);
		if (typeof messageId !== 'number' || typeof text !== 'string') {
			throw new AppError('validation', l10n.t('resendMessage takes a draft id, a message id and the new text'));
		}
		return chatAnswer(services, draftId, await services.workshop.resend(draftId, messageId, text));
	},
};
