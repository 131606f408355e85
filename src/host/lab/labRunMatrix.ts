import { optionsArgument } from '../kit/arguments.ts';
import { activePage } from './labArguments.ts';
import type { Command } from '../kit/command.ts';
import type { LabServices } from './labServices.ts';

/**
 * Shows the matrix of the open Lab panel and starts the given one (`{prompts, columns, turns, thinking}`, with prompts
 * as `edited`, `recorded`, `draft:<id>`, `prompt:<name>` or `version:<id>`). Returns the matrix; its cells continue to
 * stream.
 */
export const labRunMatrix: Command<LabServices> = {
	id: 'lab.runMatrix',
	async run(services, argument) {
		const page = await activePage(services);
		if ('prompts' in optionsArgument(argument)) {
			const { labParsers } = await import('./labMessages.ts');
			await page.startMatrix(labParsers.startMatrix(argument));
		}
		page.show({ view: 'matrix', comparing: null });
		return page.session.state.matrix;
	},
};
