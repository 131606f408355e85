import { activePage } from './labArguments.ts';
import type { Command } from '../kit/command.ts';
import type { LabServices } from './labServices.ts';

/** Stops the matrix of the open Lab panel and drops its results, so that a new one can be chosen. */
export const labCloseMatrix: Command<LabServices> = {
	id: 'lab.closeMatrix',
	async run(services) {
		const page = await activePage(services);
		page.session.closeMatrix();
		page.show({ view: 'matrix', comparing: null });
	},
};
