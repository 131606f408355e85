import type { Command } from '../kit/command.ts';
import type { LabServices } from './labServices.ts';

/** Writes a fixture file from a test, a chat, or a conversation of another program. */
export const captureFixture: Command<LabServices> = {
	id: 'captureFixture',
	async run(services, argument) {
		// The readers of other programs' formats are loaded on first use.
		const { captureConversation } = await import('./captureConversation.ts');
		return captureConversation(services, argument);
	},
};
