import { isRunning } from '../../common/labState.ts';
import { activePage, takeArgument } from './labArguments.ts';
import type { Command } from '../kit/command.ts';
import type { LabServices } from './labServices.ts';

/**
 * Stops one regeneration (`{take}`) of the open Lab panel; what has arrived is kept. The command `stop` stops
 * everything.
 */
export const labStop: Command<LabServices> = {
	id: 'lab.stop',
	async run(services, argument) {
		const { session } = await activePage(services);
		session.stop(await takeArgument(session, argument, isRunning));
	},
};
