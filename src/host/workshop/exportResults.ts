import { exportResults as write } from './workshopExport.ts';
import { draftArgument } from '../drafts/draftArguments.ts';
import type { Command } from '../kit/command.ts';
import type { WorkshopServices } from './workshopServices.ts';

/** Exports the results of a draft as JSON to `place` or a file that the user picks. Returns its path. */
export const exportResults: Command<WorkshopServices> = {
	id: 'exportResults',
	async run(services, argument, place) {
		const draftId = await draftArgument(services, argument);
		return write(await services.openStore(), draftId, place);
	},
};
