import { activePage, columnArgument, turnArgument } from './labArguments.ts';
import type { Command } from '../kit/command.ts';
import type { LabServices } from './labServices.ts';

/** Chooses the turn of a conversation (`{column, turn}`) that Regenerate replaces. */
export const labChooseTurn: Command<LabServices> = {
	id: 'lab.chooseTurn',
	async run(services, argument) {
		const { session } = await activePage(services);
		const column = await columnArgument(session, argument);
		const turn = await turnArgument(session, column, argument);
		session.choose(column, turn);
		return { column, turn };
	},
};
