import { activePage, columnArgument, runOptionsArgument } from './labArguments.ts';
import type { Command } from '../kit/command.ts';
import type { LabServices } from './labServices.ts';

/**
 * With the API's options it returns the stream of parts. Otherwise it regenerates a conversation of the open Lab panel
 * and returns the regeneration's id.
 */
export const labRegenerate: Command<LabServices> = {
	id: 'lab.regenerate',
	async run(services, argument) {
		const options = runOptionsArgument(argument);
		if (options) {
			await services.lab.requireFacilitator({ interactive: true });
			return services.lab.regenerate(options);
		}
		const { session } = await activePage(services);
		return session.regenerate(await columnArgument(session, argument));
	},
};
