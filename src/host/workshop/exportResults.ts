import { exportResults as write } from './workshopExport.ts';
import { draftArgument } from '../kit/arguments.ts';
import type { Command } from '../kit/command.ts';

/** The results of a draft as JSON, in a file that the user names or that `place` names. Answers with its path. */
export const exportResults: Command = {
	id: 'exportResults',
	async run(services, argument, place) {
		const draftId = await draftArgument(services, argument);
		return write(await services.openStore(), draftId, place);
	},
};
