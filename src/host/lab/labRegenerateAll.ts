import { activePage } from './labArguments.ts';
import type { Command } from '../kit/command.ts';
import type { LabServices } from './labServices.ts';

/** Regenerates the chosen turn of every conversation in the open Lab panel and returns the regenerations' ids. */
export const labRegenerateAll: Command<LabServices> = {
	id: 'lab.regenerateAll',
	async run(services) {
		return (await activePage(services)).session.regenerateAll();
	},
};
