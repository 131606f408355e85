import { activePage, columnArgument, runOptionsArgument } from './labArguments.ts';
import type { Command } from '../kit/command.ts';
import type { LabServices } from './labServices.ts';

/** With the API's options: the stream of parts. Else a conversation of the open Lab panel: the regeneration's id. */
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
