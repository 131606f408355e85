import { optionsArgument } from '../kit/arguments.ts';
import { activePage } from './labArguments.ts';
import type { Command } from '../kit/command.ts';
import type { LabServices } from './labServices.ts';

/**
 * Scores an assessment: every item of the fixture with the given id or name, or the given (`{items: [{section,
 * item}]}`) or all items of the open Lab panel. Returns the scores.
 */
export const labScore: Command<LabServices> = {
	id: 'lab.score',
	async run(services, argument) {
		const session =
			typeof argument === 'string'
				? await services.labPanels.open(argument)
				: (await activePage(services)).session;
		const { labParsers } = await import('./labMessages.ts');
		await session.score(labParsers.score(optionsArgument(argument)).items);
		return session.state.scores;
	},
};
