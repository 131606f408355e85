import { activePage, takeArgument } from './labArguments.ts';
import type { Command } from '../kit/command.ts';
import type { LabServices } from './labServices.ts';

/** Takes a regeneration (`{take}`) off the open Lab panel, stopping it where it runs. */
export const labDismiss: Command<LabServices> = {
	id: 'lab.dismiss',
	async run(services, argument) {
		const page = await activePage(services);
		page.dismiss(await takeArgument(page.session, argument, ({ matrix }) => !matrix));
	},
};
