import { compareBlock as compare } from './workshopBlocks.ts';
import { blockArguments } from './blockArguments.ts';
import type { Command } from '../kit/command.ts';
import type { WorkshopServices } from './workshopServices.ts';

/** `compareBlock(draftId, messageId, text)` shows the draft beside a fenced block of a chat message. */
export const compareBlock: Command<WorkshopServices> = {
	id: 'compareBlock',
	async run(services, ...parameters) {
		const { draftId, messageId, text } = await blockArguments(services, parameters);
		await compare(await services.openStore(), draftId, messageId, text);
	},
};
