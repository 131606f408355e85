import { activePage, takeArgument } from './labArguments.ts';
import type { Command } from '../kit/command.ts';
import type { LabServices } from './labServices.ts';

/** Removes a regeneration (`{take}`) from the open Lab panel, stopping it if it is running. */
export const labDismiss: Command<LabServices> = {
	id: 'lab.dismiss',
	async run(services, argument) {
		const page = await activePage(services);
		page.dismiss(await takeArgument(page.session, argument, ({ matrix }) => !matrix));
	},
};
