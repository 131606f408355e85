import { useBlock as use } from './workshopBlocks.ts';
import { blockArguments } from './blockArguments.ts';
import type { Command } from '../kit/command.ts';
import type { WorkshopServices } from './workshopServices.ts';

/**
 * `useBlock(draftId, messageId, text)` makes a fenced block of a chat message the draft's text. Asks first if the draft
 * has text.
 */
export const useBlock: Command<WorkshopServices> = {
	id: 'useBlock',
	async run(services, ...parameters) {
		const { draftId, messageId, text } = await blockArguments(services, parameters);
		await use({ store: await services.openStore(), workshop: services.workshop }, draftId, messageId, text);
	},
};
