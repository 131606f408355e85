import * as vscode from 'vscode';
import { askText } from '../kit/arguments.ts';
import { draftArgument } from '../drafts/draftArguments.ts';
import { chatAnswer } from './chatAnswer.ts';
import type { Command } from '../kit/command.ts';
import type { WorkshopServices } from './workshopServices.ts';

/** Sends a message in a draft's chat. Returns the assistant's message when it is complete. */
export const sendMessage: Command<WorkshopServices> = {
	id: 'sendMessage',
	async run(services, argument, text) {
		const draftId = await draftArgument(services, argument);
		const given =
			typeof text === 'string'
				? text
				: await askText({ title: vscode.l10n.t('Message to the design assistant') }, () => undefined);
		return chatAnswer(services, draftId, await services.workshop.send(draftId, given));
	},
};
