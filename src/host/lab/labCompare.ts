import { activePage, columnArgument } from './labArguments.ts';
import type { Command } from '../kit/command.ts';
import type { LabServices } from './labServices.ts';

/** Shows the recorded answer and every regeneration of a conversation side by side in the open Lab panel. */
export const labCompare: Command<LabServices> = {
	id: 'lab.compare',
	async run(services, argument) {
		const page = await activePage(services);
		page.show({ view: 'conversations', comparing: await columnArgument(page.session, argument) });
	},
};
